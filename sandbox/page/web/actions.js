// What a click in a message does.

import { pickChat } from "./chat_picker.js";
import { post, showAlert, showToast } from "./notifications.js";
import { isWebUrl, startParameter } from "./rich_text.js";
import { openChat, state } from "./state.js";

export async function openLink(url) {
  const parameter = startParameter(url, openChat().bot);
  if (parameter !== null) return pressStart(parameter);
  if (isWebUrl(url)) window.open(url, "_blank", "noopener,noreferrer");
}

/** Press Start in the current person's chat with the bot. */
export async function pressStart(parameter) {
  const started = await post("/starts", { by: state.me, parameter });
  if (started) document.dispatchEvent(new CustomEvent("show-chat", { detail: started.chat }));
}

/** Send a command as Telegram's apps do: in a group with the bot's name, which privacy mode requires. */
export function sendCommand(text) {
  sendMessage(withBotName(text));
}

export function withBotName(command, chat = openChat()) {
  return chat.kind === "private" || command.includes("@") ? command : `${command}@${chat.bot}`;
}

export function sendMessage(text, replyTo = null, attachments = []) {
  const form = new FormData();
  form.append("chat", state.open);
  form.append("by", state.me);
  form.append("text", text);
  if (replyTo) form.append("reply_to", replyTo);
  if (state.thread) form.append("thread", state.thread);
  for (const attachment of attachments) {
    if (attachment.kind === "bundled") form.append("photo", attachment.name);
    else form.append(attachment.kind, attachment.blob, attachment.name);
  }
  return post("/messages", form);
}

/** Press a button under a message: `button` is the Bot API's object, `element` the button on the page. */
export async function pressButton(message, button, element) {
  if (button.url) return openLink(button.url);
  if (button.copy_text) return copyText(button.copy_text.text);
  if (button.callback_data) return sendCallbackQuery(message, button, element);
  const query = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query ?? "";
  if ("switch_inline_query_current_chat" in button) composeQuery(state.open, button.switch_inline_query_current_chat);
  else if ("switch_inline_query" in button || button.switch_inline_query_chosen_chat)
    pickChat(button, (chat) => composeQuery(chat, query));
  else showToast("This kind of button is not part of the sandbox.");
}

/** Open a chat with an inline query in its composer. */
function composeQuery(chat, query) {
  const text = `@${openChat().bot} ${query}`;
  document.dispatchEvent(new CustomEvent("compose", { detail: { chat, text } }));
}

async function sendCallbackQuery(message, button, element) {
  element.classList.add("busy");
  const action = { chat: message.chat, id: message.id, by: state.me, data: button.callback_data };
  const answer = await post("/presses", action);
  element.classList.remove("busy");
  if (answer?.url) openLink(answer.url);
  else if (answer?.text) (answer.alert ? showAlert : showToast)(answer.text);
}

/** Edit the text of one's own message. */
export function editMessage(message, text) {
  return post("/edits", { chat: message.chat, by: state.me, id: message.id, text });
}

/** Delete one's own messages. */
export function deleteMessages(chat, ids) {
  post("/deletions", { chat, by: state.me, ids });
}

async function copyText(text) {
  await navigator.clipboard.writeText(text);
  showToast("Copied.");
}
