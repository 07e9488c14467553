// The composer: the text, the message that it replies to or edits, and sending it with the attachments.

import { editMessage, sendMessage, withBotName } from "./actions.js";
import { attachments, setAttachments } from "./attachments.js";
import { suggest, toggleMenu } from "./completions.js";
import { cancelRequest, inlineQueryIn, requestResults } from "./inline.js";
import { commands, openChat, state, summary } from "./state.js";
import { close, handleKey } from "./suggestions.js";

const form = document.getElementById("composer");
const field = document.getElementById("text");
const menuButton = document.getElementById("menu");
const bar = document.getElementById("reply-bar");
const MAX_HEIGHT = 140; // pixels
const drafts = new Map();
let draftKey = "";
let replied = null; // the message that the next one replies to
let edited = null; // the message that is being edited

/** Let the next message reply to this one; null for no reply. */
export function startReply(message, placeholder = "") {
  stopEditing();
  replied = message;
  field.placeholder = placeholder || "Message";
  showBar(message && `Reply to ${message.name}`, message);
}

/** Edit the text of this message. */
export function startEditing(message) {
  startReply(null);
  edited = message;
  fill(message.text, attachments());
  showBar("Edit your message", message);
}

function stopEditing() {
  if (edited) fill("", attachments());
  edited = null;
}

function showBar(title, message) {
  bar.hidden = !message;
  if (!message) return;
  bar.querySelector("b").textContent = title;
  bar.querySelector(".bar span").textContent = summary(message);
  field.focus();
}

/** Start a reply if the bot asks the current person for one (Bot API: ForceReply). */
export function replyIfAsked(message) {
  if (message.asks?.people.includes(state.me)) startReply(message, message.asks.placeholder);
}

/** Stop replying to this message or editing it. */
export function stopComposingFor(message) {
  if (replied?.id === message.id || edited?.id === message.id) startReply(null);
}

/** Save the draft, and show that of the current person in the open chat. */
export function switchDraft() {
  startReply(null);
  drafts.set(draftKey, field.value);
  draftKey = [state.me, state.open, state.thread].join();
  field.value = drafts.get(draftKey) ?? "";
  resize();
  reset();
}

function reset() {
  startReply(null);
  closeSuggestions();
}

/** Show the menu button if there are commands. */
export function updateMenuButton() {
  menuButton.hidden = commands().length === 0;
}

function closeSuggestions() {
  cancelRequest();
  close();
}

/** Put a text into the composer as if it had been typed. */
export function typeText(text) {
  field.value = text;
  field.focus();
  onInput();
}

/** Send the message. The composer is cleared at once, since the bot may ask for a reply before the request is done. */
async function send() {
  if (edited) return (await editMessage(edited, field.value)) && startReply(null);
  const written = { text: field.value, replied, attached: attachments() };
  if (!written.text.trim() && !written.attached.length) return;
  fill("", []);
  reset();
  if (await sendMessage(written.text, written.replied?.id, written.attached)) return;
  fill(written.text, written.attached);
  startReply(written.replied);
}

function fill(text, attached) {
  field.value = text;
  resize();
  setAttachments(attached);
}

/** Put back a draft, without suggestions. */
export function setDraft(text) {
  field.value = text;
  resize();
}

function resize() {
  document.dispatchEvent(new CustomEvent("draft", { detail: edited ? "" : field.value }));
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_HEIGHT)}px`;
}

/** Insert a completion: a username replaces its beginning; a command is the whole text and is sent at once. */
function insert(text, isWhole) {
  closeSuggestions();
  const caret = field.selectionStart;
  if (!isWhole) return typeText(field.value.slice(0, caret).replace(/@\w*$/, text) + field.value.slice(caret));
  field.value = withBotName(text);
  resize();
  field.focus();
  if (!attachments().length) send();
}

function onInput() {
  resize();
  cancelRequest();
  const query = attachments().length ? null : inlineQueryIn(field.value);
  if (query === null) suggest(field.value.slice(0, field.selectionStart), insert);
  else requestResults(query, () => (fill("", attachments()), reset()));
}

form.onsubmit = (event) => {
  event.preventDefault();
  send();
};
field.oninput = onInput;
field.onkeydown = (event) => {
  if (event.isComposing) return;
  if (handleKey(event)) event.preventDefault();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") startReply(null);
};
field.onblur = () => setTimeout(() => document.activeElement !== field && closeSuggestions(), 150);
field.onfocus = () => inlineQueryIn(field.value, openChat()?.bot ?? "") !== null && onInput();
document.addEventListener("pointerdown", (event) => form.contains(event.target) || closeSuggestions());
menuButton.onclick = () => toggleMenu(insert);
bar.querySelector("button").onclick = () => startReply(null);
