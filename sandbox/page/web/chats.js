// The list of the chats of whom one is, the head of the open one, and its topics.

import { chatFace, clock, make, me, myChats, openChat, state, summary, unread } from "./state.js";

const nav = document.getElementById("chats");
const topics = document.getElementById("topics");
const head = Object.fromEntries(["face", "title", "members"].map((id) => [id, document.getElementById(id)]));

/** Draw the list; `choose` is called with the id of the chat that is clicked. */
export function drawChats(choose) {
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  nav.replaceChildren(...myChats().map((chat) => entry(chat, choose)));
  nav.querySelector(`[data-id="${focused}"]`)?.focus();
}

function entry(chat, choose) {
  const last = [...chat.messages.values()].at(-1);
  const says = last && (isPlain(chat, last) ? "" : `${last.name}: `) + summary(last);
  const count = unread(chat, state.me);
  const button = make(
    "button",
    { type: "button", onclick: () => choose(chat.id) },
    chatFace(chat),
    make("span", { className: "lines" }, make("b", {}, chat.title), make("span", { className: "last" }, says ?? about(chat))),
    make(
      "span",
      { className: "side" },
      make("time", {}, last ? clock(last.date) : ""),
      make("span", { className: "badge", hidden: !count }, String(count)),
    ),
  );
  button.dataset.id = String(chat.id);
  button.setAttribute("aria-label", count ? `${chat.title}, ${count} unread` : chat.title);
  button.setAttribute("aria-current", String(chat.id === state.open));
  return button;
}

const isPlain = (chat, message) => message.from === null || message.event || chat.kind === "private";

function about(chat) {
  if (chat.kind === "private") return "Your chat with the bot";
  const names = chat.people.map((person) => person.name);
  return chat.bot_inside ? `${names.join(", ")} and the bot` : `${names.join(" and ")}, without the bot`;
}

/** Draw the head; `open` is called with the id of the topic that is clicked, null for General. */
export function drawHead(open) {
  const chat = openChat();
  head.face.replaceChildren(chatFace(chat));
  head.title.textContent = chat.title;
  head.members.textContent = chat.kind === "private" ? `@${chat.bot} · you are ${me().name}` : about(chat);
  topics.hidden = chat.topics.length === 0;
  topics.replaceChildren(...chat.topics.map((topic) => tab(topic, open)));
}

function tab(topic, open) {
  const button = make("button", { type: "button", onclick: () => open(topic.id) }, topic.name);
  button.setAttribute("aria-current", String(topic.id === state.thread));
  return button;
}
