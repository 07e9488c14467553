// The page: takes what the sandbox tells (server-sent events), and shows it.

import * as acts from "./acts.js";
import { draw, drawAll, erase, whenReplying } from "./bubbles.js";
import { drawChats, drawHead } from "./chats.js";
import { answer, answerIfAsked, forget, resetComposer } from "./composer.js";
import { chats, describe, make, openChat, state } from "./state.js";

const lost = document.getElementById("lost");

let wanted = null;

/** Open a chat; one that the sandbox has yet to tell of is opened when it has. */
function show(id) {
  wanted = chats.has(id) ? null : id;
  if (wanted) return;
  state.open = id;
  openChat().unread = 0;
  resetComposer();
  redraw();
  const last = [...openChat().messages.values()].at(-1);
  if (last) answerIfAsked(last);
}

function redraw() {
  drawChats(show);
  drawHead((person) => {
    openChat().speaker = person;
    resetComposer();
    redraw();
  });
  drawAll(empty(openChat()));
}

/** What an empty chat shows, as in Telegram: what the bot says about itself, and the Start button. */
function empty(chat) {
  if (chat.kind !== "private") {
    const rule = "In a group the bot sees commands and replies to its messages, nothing else (privacy mode).";
    return make("div", { className: "empty" }, make("p", {}, rule));
  }
  const start = make("button", { type: "button", onclick: () => acts.command("/start") }, "Start");
  return make("div", { className: "empty" }, make("h2", {}, "What can this bot do?"), make("p", {}, chat.about), start);
}

function take(news) {
  if (news.fresh) for (const chat of chats.values()) chat.messages.clear();
  if (news.chats) describe(news.chats);
  for (const { chat, id } of news.gone) vanish(chats.get(chat), id);
  for (const message of news.messages) arrive(message, news.fresh);
  if (news.fresh || chats.has(wanted)) show(wanted ?? state.open);
  else if (news.chats) redraw();
  else drawChats(show);
}

function vanish(chat, id) {
  const message = chat.messages.get(id);
  chat.messages.delete(id);
  if (chat.id !== state.open || !message) return;
  erase(message);
  forget(message);
}

function arrive(message, fresh) {
  const chat = chats.get(message.chat);
  const isNew = !chat.messages.has(message.id);
  chat.messages.set(message.id, message);
  if (fresh) return;
  if (chat.id !== state.open) {
    chat.unread += isNew && message.from === null ? 1 : 0;
    return;
  }
  draw(message);
  if (isNew) answerIfAsked(message);
}

whenReplying((message) => answer(message));
document.addEventListener("show-chat", (event) => show(event.detail));
const events = new EventSource("/events");
events.onmessage = (event) => {
  lost.hidden = true;
  take(JSON.parse(event.data));
};
events.onerror = () => (lost.hidden = false);
