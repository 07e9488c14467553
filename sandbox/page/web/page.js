// The page: takes what the sandbox tells (server-sent events), and shows it.

import * as acts from "./acts.js";
import { draw, drawAll, erase, whenEditing, whenReplying } from "./bubbles.js";
import { drawChats, drawHead } from "./chats.js";
import { answer, answerIfAsked, drawMenu, edit, forget, takeUp, type } from "./composer.js";
import { tellCorner } from "./corner.js";
import { drawPeople } from "./people.js";
import { chats, describe, inView, isIn, make, meet, myChats, openChat, people, state } from "./state.js";

const lost = document.getElementById("lost");

/** Open a chat. */
function show(id) {
  if (state.open !== id) state.thread = null;
  state.open = id;
  reopen();
}

/** Open a topic of the chat. */
function turn(thread) {
  state.thread = thread;
  reopen();
}

/** Be somebody else: the same chat stays open if that person is in it, or has one of the kind. */
function be(person) {
  const before = openChat();
  state.me = person;
  if (isIn(before, person)) return reopen();
  show(myChats().find((chat) => chat.kind === before.kind)?.id ?? myChats()[0].id);
}

function reopen() {
  openChat().unread.delete(state.me);
  takeUp();
  redraw();
  const last = [...openChat().messages.values()].filter(inView).at(-1);
  if (last) answerIfAsked(last);
}

function redraw() {
  drawLists();
  drawHead(turn);
  drawMenu();
  tellCorner({ chats: true });
  drawAll(empty(openChat()));
}

function drawLists() {
  drawPeople(be);
  drawChats(show);
}

/** What an empty chat shows: with the bot, what it says about itself and the Start button, as in Telegram. */
function empty(chat) {
  if (chat.kind === "private") {
    const start = make("button", { type: "button", onclick: () => acts.command("/start") }, "Start");
    return make("div", { className: "empty" }, make("h2", {}, "What can this bot do?"), make("p", {}, chat.about), start);
  }
  const rule = chat.bot_inside
    ? "Here the bot sees commands and replies to its messages, nothing else (privacy mode)."
    : `The bot is not in this group. Type @${chat.bot} and a blank to use it here, or mention it in reply to a photo.`;
  return make("div", { className: "empty" }, make("p", {}, rule));
}

function take(news) {
  if (news.fresh) for (const chat of chats.values()) chat.messages.clear();
  if (news.people) meet(news.people);
  if (news.chats) describe(news.chats);
  tellCorner({ services: news.services, switches: news.switches });
  for (const { chat, id } of news.gone) vanish(chats.get(chat), id);
  for (const message of news.messages) arrive(message, news.fresh);
  if (news.fresh) show(state.open);
  else if (news.chats || news.people) redraw();
  else drawLists();
}

function vanish(chat, id) {
  const message = chat.messages.get(id);
  chat.messages.delete(id);
  if (!message || !inView(message)) return;
  erase(message);
  forget(message);
}

function arrive(message, fresh) {
  const chat = chats.get(message.chat);
  const isNew = !chat.messages.has(message.id);
  chat.messages.set(message.id, message);
  if (fresh) return;
  if (isNew && !message.event) count(chat, message);
  if (!inView(message)) return;
  draw(message);
  if (isNew) answerIfAsked(message);
}

/** A new message is unread for everybody in the chat but its author, and whoever looks at it. */
function count(chat, message) {
  for (const { id } of chat.people) {
    const sees = id === message.from || (id === state.me && inView(message));
    if (!sees && people.has(id)) chat.unread.set(id, (chat.unread.get(id) ?? 0) + 1);
  }
}

whenReplying((message) => answer(message));
whenEditing(edit);
document.addEventListener("show-chat", (event) => show(event.detail));
document.addEventListener("compose", (event) => {
  show(event.detail.chat);
  type(event.detail.text);
});
const events = new EventSource("/events");
events.onmessage = (event) => {
  lost.hidden = true;
  take(JSON.parse(event.data));
};
events.onerror = () => (lost.hidden = false);
