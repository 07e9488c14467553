// The list of chats, and the head of the open one with the choice of who speaks.

import { chats, clock, face, make, openChat, state, summary } from "./state.js";

const nav = document.getElementById("chats");
const head = Object.fromEntries(["face", "title", "members", "speakers"].map((id) => [id, document.getElementById(id)]));

/** Draw the list; `choose` is called with the id of the chat that is clicked. */
export function drawChats(choose) {
  nav.replaceChildren(...[...chats.values()].map((chat) => entry(chat, choose)));
}

function entry(chat, choose) {
  const last = [...chat.messages.values()].at(-1);
  const says = last && (isOurs(chat, last) ? "" : `${last.name}: `) + summary(last);
  const title = make("b", {}, name(chat));
  const button = make(
    "button",
    { type: "button", onclick: () => choose(chat.id) },
    chat.kind === "private" ? make("img", { className: "face", src: "icon.svg", alt: "" }) : face(chat.title),
    make("span", { className: "lines" }, title, make("span", { className: "last" }, says ?? about(chat))),
    make("span", { className: "side" }, make("time", {}, last ? clock(last.date) : ""), badge(chat)),
  );
  button.setAttribute("aria-current", String(chat.id === state.open));
  return button;
}

const isOurs = (chat, message) => message.from === null || chat.kind === "private";

function badge(chat) {
  return make("span", { className: "badge", hidden: !chat.unread }, String(chat.unread));
}

/** A private chat is called after the bot; where several people have one, also after the person. */
function name(chat) {
  const several = [...chats.values()].filter((one) => one.kind === "private").length > 1;
  return chat.kind === "private" && several ? `${chat.title} (${chat.people[0].name})` : chat.title;
}

function about(chat) {
  const people = chat.people.map((person) => person.name).join(", ");
  return chat.kind === "private" ? `${people}’s private chat with the bot` : `${people} and the bot`;
}

/** Draw the head; `speak` is called with the id of the person who shall speak. */
export function drawHead(speak) {
  const chat = openChat();
  const group = chat.kind !== "private";
  head.face.replaceChildren(group ? face(chat.title) : make("img", { className: "face", src: "icon.svg", alt: "" }));
  head.title.textContent = name(chat);
  head.members.textContent = group ? about(chat) : `@${chat.bot} · you are ${chat.people[0].name}`;
  head.speakers.hidden = !group;
  head.speakers.replaceChildren(...chat.people.map((person) => choice(chat, person, speak)));
}

function choice(chat, person, speak) {
  const button = make("button", { type: "button", role: "radio" }, face(person.name, person.face), person.name);
  button.setAttribute("aria-checked", String(person.id === chat.speaker));
  button.onclick = () => speak(person.id);
  return button;
}
