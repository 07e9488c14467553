// The composer: the text, what it is a reply to, and sending both with what lies in the tray.

import { addressed, say } from "./acts.js";
import { closeHints, hint, hintKey, toggleHints, whenPicked } from "./hints.js";
import { speaker, summary } from "./state.js";
import { attachments, choose } from "./tray.js";

const form = document.getElementById("composer");
const text = document.getElementById("text");
const bar = document.getElementById("answering");
let answered = null;

/** Reply to this message with the next one; null for no reply. */
export function answer(message, placeholder = "") {
  answered = message;
  bar.hidden = !message;
  text.placeholder = placeholder || "Message";
  if (!message) return;
  bar.querySelector("b").textContent = `Reply to ${message.name}`;
  bar.querySelector(".bar span").textContent = summary(message);
  text.focus();
}

/** Go into reply mode if the bot asks the one who speaks for it (Bot API: ForceReply). */
export function answerIfAsked(message) {
  if (message.asks?.people.includes(speaker().id)) answer(message, message.asks.placeholder);
}

/** Leave reply mode if it was about this message. */
export function forget(message) {
  if (answered?.id === message.id) answer(null);
}

export function resetComposer() {
  answer(null);
  closeHints();
}

/** The composer is free at once, since the bot may ask for a reply before the sandbox has confirmed the message. */
async function send() {
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

whenPicked((command) => {
  text.value = addressed(command);
  grow();
  text.focus();
  if (!attachments().length) send();
});

form.onsubmit = (event) => {
  event.preventDefault();
  send();
};
text.oninput = () => {
  grow();
  hint(text.value);
};
text.onkeydown = (event) => {
  if (event.isComposing) return;
  if (hintKey(event)) event.preventDefault();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") answer(null);
};
text.onblur = () => setTimeout(closeHints, 150);
document.getElementById("menu").onclick = toggleHints;
bar.querySelector("button").onclick = () => answer(null);
