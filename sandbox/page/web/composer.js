// The composer: the text, what it is a reply to, and sending both with what lies in the tray.

import { addressed, amend, say } from "./acts.js";
import { hint, toggleMenu } from "./hints.js";
import { askInline, forgetInline, queryIn } from "./inline.js";
import { close, takeKey } from "./offers.js";
import { commands, openChat, state, summary } from "./state.js";
import { attachments, choose } from "./tray.js";

const form = document.getElementById("composer");
const text = document.getElementById("text");
const menu = document.getElementById("menu");
const bar = document.getElementById("answering");
const drafts = new Map();
let place = "";
let answered = null;
let edited = null;

/** Reply to this message with the next one; null for no reply. */
export function answer(message, placeholder = "") {
  stopEditing();
  answered = message;
  text.placeholder = placeholder || "Message";
  tell(message && `Reply to ${message.name}`, message);
}

/** Change the words of this message. */
export function edit(message) {
  answer(null);
  edited = message;
  fill(message.text, attachments());
  tell("Edit your message", message);
}

function stopEditing() {
  if (edited) fill("", attachments());
  edited = null;
}

function tell(words, message) {
  bar.hidden = !message;
  if (!message) return;
  bar.querySelector("b").textContent = words;
  bar.querySelector(".bar span").textContent = summary(message);
  text.focus();
}

/** Go into reply mode if the bot asks the one who writes for it (Bot API: ForceReply). */
export function answerIfAsked(message) {
  if (message.asks?.people.includes(state.me)) answer(message, message.asks.placeholder);
}

/** Leave reply mode if it was about this message. */
export function forget(message) {
  if (answered?.id === message.id || edited?.id === message.id) answer(null);
}

/** Take up what whom one is has begun to write here. */
export function takeUp() {
  answer(null);
  drafts.set(place, text.value);
  place = [state.me, state.open, state.thread].join();
  text.value = drafts.get(place) ?? "";
  grow();
  resetComposer();
}

function resetComposer() {
  answer(null);
  closeOffers();
}

/** The menu's button is there where the bot is. */
export function drawMenu() {
  menu.hidden = commands().length === 0;
}

function closeOffers() {
  forgetInline();
  close();
}

/** Put a text into the composer, as if it had been typed. */
export function type(words) {
  text.value = words;
  text.focus();
  typed();
}

/** The composer is free at once, since the bot may ask for a reply before the sandbox has confirmed the message. */
async function send() {
  if (edited) return (await amend(edited, text.value)) && answer(null);
  const written = { text: text.value, answered, attached: attachments() };
  if (!written.text.trim() && !written.attached.length) return;
  fill("", []);
  resetComposer();
  if (await say(written.text, written.answered?.id, written.attached)) return;
  fill(written.text, written.attached);
  answer(written.answered);
}

function fill(words, attached) {
  text.value = words;
  grow();
  choose(attached);
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
}

/** Take what was picked: a command is the whole text and goes at once, a name takes the place of its beginning. */
function put(words, whole) {
  closeOffers();
  if (!whole) return type(text.value.slice(0, text.selectionStart).replace(/@\w*$/, words) + text.value.slice(text.selectionStart));
  text.value = addressed(words);
  grow();
  text.focus();
  if (!attachments().length) send();
}

function typed() {
  grow();
  forgetInline();
  const query = attachments().length ? null : queryIn(text.value);
  if (query === null) hint(text.value.slice(0, text.selectionStart), put);
  else askInline(query, () => (fill("", attachments()), resetComposer()));
}

form.onsubmit = (event) => {
  event.preventDefault();
  send();
};
text.oninput = typed;
text.onkeydown = (event) => {
  if (event.isComposing) return;
  if (takeKey(event)) event.preventDefault();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") answer(null);
};
text.onblur = () => setTimeout(() => document.activeElement !== text && closeOffers(), 150);
text.onfocus = () => queryIn(text.value, openChat()?.bot ?? "") !== null && typed();
document.addEventListener("pointerdown", (event) => form.contains(event.target) || closeOffers());
menu.onclick = () => toggleMenu(put);
bar.querySelector("button").onclick = () => answer(null);
