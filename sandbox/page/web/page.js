// The page: receives the sandbox's server-sent events, and draws what has changed.

import { sendCommand } from "./actions.js";
import { readAddress, writeAddress } from "./address.js";
import { drawChats, drawHeader } from "./chat_list.js";
import { replyIfAsked, startEditing, startReply, stopComposingFor, setDraft, switchDraft, typeText, updateMenuButton } from "./composer.js";
import { updateGuide } from "./guide.js";
import { drawMessage, drawMessages, eraseMessage, setEditHandler, setReplyHandler } from "./messages.js";
import { drawPeople } from "./people.js";
import { updateProof } from "./proof.js";
import { updatePanel } from "./sandbox_panel.js";
import { chats, inView, isMember, make, myChats, openChat, people, state, updateChats, updatePeople } from "./state.js";

const field = document.getElementById("text");
let proof = {};
let isLoaded = false;
const disconnected = document.getElementById("disconnected");

function showChat(id) {
  if (state.open !== id) state.thread = null;
  state.open = id;
  reopen();
}

function showTopic(thread) {
  state.thread = thread;
  reopen();
}

/** Switch to another person. The open chat stays open if that person is in it; else one of the same kind opens. */
function switchPerson(person) {
  const before = openChat();
  state.me = person;
  if (isMember(before, person)) return reopen();
  showChat(myChats().find((chat) => chat.kind === before.kind)?.id ?? myChats()[0].id);
}

function reopen() {
  openChat().unread.delete(state.me);
  switchDraft();
  redraw();
  const last = [...openChat().messages.values()].filter(inView).at(-1);
  if (last) replyIfAsked(last);
}

function redraw() {
  drawLists();
  drawHeader(showTopic);
  updateMenuButton();
  updatePanel({ chats: true });
  drawMessages(placeholder(openChat()));
}

function drawLists() {
  drawPeople(switchPerson);
  drawChats(showChat);
}

/** Make what an empty chat shows: with the bot, its description and the Start button, as in Telegram. */
function placeholder(chat) {
  if (chat.kind === "private") {
    const start = make("button", { type: "button", onclick: () => sendCommand("/start") }, "Start");
    return make("div", { className: "empty" }, make("h2", {}, "What can this bot do?"), make("p", {}, chat.about), start);
  }
  const text = chat.bot_inside
    ? "Here the bot sees commands and replies to its messages, nothing else (privacy mode)."
    : `The bot is not in this group. Type @${chat.bot} and a blank to use it here, or mention it in reply to a photo.`;
  return make("div", { className: "empty" }, make("p", {}, text));
}

function applyChanges(changes) {
  if (changes.fresh) for (const chat of chats.values()) chat.messages.clear();
  if (changes.people) updatePeople(changes.people);
  if (changes.chats) updateChats(changes.chats);
  updatePanel({ services: changes.services, switches: changes.switches });
  if (changes.proof) updateProof(changes.proof);
  for (const { chat, id } of changes.gone) removeMessage(chats.get(chat), id);
  for (const message of changes.messages) addMessage(message, changes.fresh);
  if (changes.fresh) showFirst();
  else if (changes.chats || changes.people) redraw();
  else drawLists();
  proof = changes.proof ?? proof;
  updateGuide(proof);
}

/** Open the chat of the address on the first news, and again what is open on later ones. */
function showFirst() {
  if (isLoaded) return reopen();
  isLoaded = true;
  const draft = readAddress();
  reopen();
  if (draft) setDraft(draft);
  if (matchMedia("(hover: hover)").matches) field.focus();
}

function removeMessage(chat, id) {
  const message = chat.messages.get(id);
  chat.messages.delete(id);
  if (!message || !inView(message)) return;
  eraseMessage(message);
  stopComposingFor(message);
}

function addMessage(message, fresh) {
  const chat = chats.get(message.chat);
  const isNew = !chat.messages.has(message.id);
  chat.messages.set(message.id, message);
  if (fresh) return;
  if (isNew && !message.event) countUnread(chat, message);
  if (!inView(message)) return;
  drawMessage(message);
  if (isNew) replyIfAsked(message);
}

/** Count a new message as unread for everyone in the chat but its author and whoever is looking at it. */
function countUnread(chat, message) {
  for (const { id } of chat.people) {
    const sees = id === message.from || (id === state.me && inView(message));
    if (!sees && people.has(id)) chat.unread.set(id, (chat.unread.get(id) ?? 0) + 1);
  }
}

setReplyHandler((message) => startReply(message));
setEditHandler(startEditing);
document.addEventListener("show-chat", (event) => showChat(event.detail));
document.addEventListener("compose", (event) => {
  showChat(event.detail.chat);
  typeText(event.detail.text);
});
document.addEventListener("draft", (event) => isLoaded && writeAddress(event.detail));
addEventListener("popstate", () => {
  readAddress();
  reopen();
});
// Whoever types without having chosen anything writes a message, as in Telegram's apps.
document.addEventListener("keydown", (event) => {
  const isText = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isFree = document.activeElement === document.body || document.activeElement.id === "log";
  if (isText && isFree && !document.querySelector("dialog[open]")) field.focus();
});
const events = new EventSource("/events");
events.onmessage = (event) => {
  disconnected.hidden = true;
  applyChanges(JSON.parse(event.data));
};
events.onerror = () => (disconnected.hidden = false);
