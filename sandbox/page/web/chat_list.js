// The list of the current person's chats, the header of the open chat, and its topics.

import { chatAvatar, formatTime, make, me, myChats, openChat, state, summary, unreadCount } from "./state.js";

const list = document.getElementById("chats");
const topics = document.getElementById("topics");
const header = Object.fromEntries(["avatar", "title", "members"].map((id) => [id, document.getElementById(id)]));

/** Draw the list; `choose` is called with the id of the clicked chat. */
export function drawChats(choose) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...myChats().map((chat) => entry(chat, choose)));
  list.querySelector(`[data-id="${focused}"]`)?.focus();
}

function entry(chat, choose) {
  const last = [...chat.messages.values()].at(-1);
  const lastText = last && (needsNoName(chat, last) ? "" : `${last.name}: `) + summary(last);
  const count = unreadCount(chat, state.me);
  const button = make(
    "button",
    { type: "button", onclick: () => choose(chat.id) },
    chatAvatar(chat),
    make(
      "span",
      { className: "lines" },
      make("b", {}, chat.title),
      make("span", { className: "last" }, lastText ?? description(chat)),
    ),
    make(
      "span",
      { className: "side" },
      make("time", {}, last ? formatTime(last.date) : ""),
      make("span", { className: "badge", hidden: !count }, String(count)),
    ),
  );
  button.dataset.id = String(chat.id);
  button.setAttribute("aria-label", count ? `${chat.title}, ${count} unread` : chat.title);
  button.setAttribute("aria-current", String(chat.id === state.open));
  return button;
}

const needsNoName = (chat, message) => message.from === null || message.event || chat.kind === "private";

function description(chat) {
  if (chat.kind === "private") return "Your chat with the bot";
  const names = chat.people.map((person) => person.name);
  return chat.bot_inside ? `${names.join(", ")} and the bot` : `${names.join(" and ")}, without the bot`;
}

/** Draw the header; `openTopic` is called with the id of the clicked topic, null for General. */
export function drawHeader(openTopic) {
  const chat = openChat();
  header.avatar.replaceChildren(chatAvatar(chat));
  header.title.textContent = chat.title;
  header.members.textContent = chat.kind === "private" ? `@${chat.bot} · you are ${me().name}` : description(chat);
  topics.hidden = chat.topics.length === 0;
  topics.replaceChildren(...chat.topics.map((topic) => tab(topic, openTopic)));
}

function tab(topic, openTopic) {
  const button = make("button", { type: "button", onclick: () => openTopic(topic.id) }, topic.name);
  button.setAttribute("aria-current", String(topic.id === state.thread));
  return button;
}
