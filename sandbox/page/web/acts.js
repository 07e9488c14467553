// What a click on something in a message does.

import { alertBox, notice, post } from "./notices.js";
import { pickChat } from "./picker.js";
import { openChat, state } from "./state.js";
import { isWeb, startParameter } from "./words.js";

export async function link(url) {
  const parameter = startParameter(url, openChat().bot);
  if (parameter !== null) return start(parameter);
  if (isWeb(url)) window.open(url, "_blank", "noopener,noreferrer");
}

/** Press Start in one's own chat with the bot. */
export async function start(parameter) {
  const started = await post("/starts", { by: state.me, parameter });
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
  const form = new FormData();
  form.append("chat", state.open);
  form.append("by", state.me);
  form.append("text", text);
  if (replyTo) form.append("reply_to", replyTo);
  if (state.thread) form.append("thread", state.thread);
  for (const one of attachments) {
    if (one.kind === "bundled") form.append("photo", one.name);
    else form.append(one.kind, one.blob, one.name);
  }
  return post("/messages", form);
}

export async function press(message, key, button) {
  if (key.url) return link(key.url);
  if (key.copy_text) return copy(key.copy_text.text);
  if (key.callback_data) return callBack(message, key, button);
  const query = key.switch_inline_query ?? key.switch_inline_query_chosen_chat?.query ?? "";
  if ("switch_inline_query_current_chat" in key) compose(state.open, key.switch_inline_query_current_chat);
  else if ("switch_inline_query" in key || key.switch_inline_query_chosen_chat) pickChat(key, (chat) => compose(chat, query));
  else notice("This kind of button is not part of the sandbox.");
}

/** Open a chat with a text for inline mode in its composer. */
function compose(chat, query) {
  const text = `@${openChat().bot} ${query}`;
  document.dispatchEvent(new CustomEvent("compose", { detail: { chat, text } }));
}

async function callBack(message, key, button) {
  button.classList.add("busy");
  const wish = { chat: message.chat, id: message.id, by: state.me, data: key.callback_data };
  const answer = await post("/presses", wish);
  button.classList.remove("busy");
  if (answer?.url) link(answer.url);
  else if (answer?.text) (answer.alert ? alertBox : notice)(answer.text);
}

/** Change the words of a message of one's own. */
export function amend(message, text) {
  return post("/edits", { chat: message.chat, by: state.me, id: message.id, text });
}

/** Take back messages of one's own. */
export function takeBack(chat, ids) {
  post("/deletions", { chat, by: state.me, ids });
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  notice("Copied.");
}
