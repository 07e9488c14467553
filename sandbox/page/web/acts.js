// What a click on something in a message does.

import { alertBox, notice, post } from "./notices.js";
import { openChat, speaker } from "./state.js";
import { isWeb, startParameter } from "./words.js";

export async function link(url) {
  const parameter = startParameter(url, openChat().bot);
  if (parameter === null) {
    if (isWeb(url)) window.open(url, "_blank", "noopener,noreferrer");
    return;
  }
  const started = await post("/starts", { by: speaker().id, parameter });
  if (started) document.dispatchEvent(new CustomEvent("show-chat", { detail: started.chat }));
}

/** Send a command as Telegram's apps do it: in a group with the bot's name, which privacy mode needs. */
export function command(text) {
  say(addressed(text));
}

export function addressed(text, chat = openChat()) {
  return chat.kind === "private" || text.includes("@") ? text : `${text}@${chat.bot}`;
}

export function say(text, replyTo = null, attachments = []) {
  const chat = openChat();
  const form = new FormData();
  form.append("chat", chat.id);
  form.append("by", speaker(chat).id);
  form.append("text", text);
  if (replyTo) form.append("reply_to", replyTo);
  for (const one of attachments) {
    if (one.kind === "bundled") form.append("photo", one.name);
    else form.append(one.kind, one.blob, one.name);
  }
  return post("/messages", form);
}

export async function press(message, key, button) {
  if (key.url) return link(key.url);
  if (key.copy_text) return copy(key.copy_text.text);
  if (!key.callback_data) return notice("This kind of button is not part of the sandbox.");
  button.classList.add("busy");
  const wish = { chat: message.chat, id: message.id, by: speaker().id, data: key.callback_data };
  const answer = await post("/presses", wish);
  button.classList.remove("busy");
  if (answer?.url) link(answer.url);
  else if (answer?.text) (answer.alert ? alertBox : notice)(answer.text);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  notice("Copied.");
}
