// The messages of the open chat; an album's messages share one bubble. Only what has changed is drawn again, so that
// a video keeps playing while the buttons under it change.

import * as actions from "./actions.js";
import { drawKeyboard, drawMedia, drawQuote, drawSender, drawTools } from "./message_parts.js";
import { updateNewest } from "./newest.js";
import { richText } from "./rich_text.js";
import { avatar, formatTime, inView, make, openChat, state, summary } from "./state.js";

const log = document.getElementById("log");
const bubbles = new Map();
let onReply = () => {};
let onEdit = () => {};
let atEnd = true;

const keyOf = (message) => (message.album ? `album-${message.album}` : `message-${message.id}`);

export function setReplyHandler(handler) {
  onReply = handler;
}

export function setEditHandler(handler) {
  onEdit = handler;
}

/** Draw the whole chat anew; `placeholder` is shown if it has no messages. */
export function drawMessages(placeholder) {
  bubbles.clear();
  const chat = openChat();
  const messages = [...chat.messages.values()].filter(inView);
  log.replaceChildren();
  for (const message of messages) drawMessage(message);
  if (messages.every((message) => message.event)) log.append(placeholder);
  scrollToEnd();
}

/** Draw one message of the open chat, new or changed. */
export function drawMessage(message) {
  const key = keyOf(message);
  let bubble = bubbles.get(key);
  const isNew = !bubble;
  if (!bubble) {
    if (!message.event) log.querySelector(".empty")?.remove();
    bubble = makeBubble(message);
    bubbles.set(key, bubble);
    addDay(message);
    log.append(bubble.row);
  }
  bubble.messages.set(message.id, message);
  refresh(bubble);
  for (const other of bubbles.values()) if (other.parts && first(other).reply?.id === message.id) refresh(other);
  if (atEnd || message.from === state.me) scrollToEnd();
  else updateNewest(false, isNew);
}

/** Remove a message from the page. */
export function eraseMessage(message) {
  const bubble = bubbles.get(keyOf(message));
  bubble?.messages.delete(message.id);
  if (bubble?.messages.size) return refresh(bubble);
  bubble?.row.remove();
  bubbles.delete(keyOf(message));
}

function scrollToEnd() {
  log.scrollTo({ top: log.scrollHeight });
  atEnd = true;
  updateNewest(true);
}

// If the newest messages are visible, they stay so when the window or the composer is resized.
log.onscroll = () => {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  updateNewest(atEnd);
};
new ResizeObserver(() => atEnd && scrollToEnd()).observe(log);

function addDay(message) {
  const day = new Date(message.date * 1000).toLocaleDateString("en", { day: "numeric", month: "long" });
  if (log.dataset.day !== day || !log.querySelector(".day")) log.append(make("p", { className: "day" }, day));
  log.dataset.day = day;
}

function makeBubble(message) {
  if (message.event) return makeEvent(message);
  const parts = Object.fromEntries(
    ["sender", "quote", "media", "text", "time", "keyboard"].map((name) => [name, make("div", { className: name })]),
  );
  const { keyboard, ...inside } = parts;
  const body = make("article", { className: "bubble" }, ...Object.values(inside));
  const stack = make("div", { className: "stack" }, body, keyboard);
  const row = make("div", { className: "row" }, stack);
  const chat = openChat();
  const mine = message.from === state.me;
  row.classList.add(mine ? "mine" : "theirs", message.from === null ? "bot" : "person");
  if (chat.kind !== "private" && !mine) row.prepend(avatar(message.name, pictureOf(chat, message.from)));
  const bubble = { row, body, parts, drawn: {}, messages: new Map() };
  body.onclick = (event) => replyTo(bubble, event);
  const edit = () => onEdit(captioned(bubble));
  const remove = () => actions.deleteMessages(chat.id, [...bubble.messages.keys()]);
  row.append(drawTools(() => onReply(first(bubble)), mine && !message.via && edit, mine && remove));
  return bubble;
}

/** Make the line of a service message. */
function makeEvent(message) {
  const row = make("p", { className: "event" }, message.event);
  return { row, messages: new Map() };
}

/** Return what a quote shows: the message as it is now, if it still exists. */
function currentQuote(reply) {
  const message = openChat().messages.get(reply.id);
  return message ? { ...reply, text: summary(message), small: message.media?.small ?? reply.small } : reply;
}

/** Return the message of a bubble that has the text: in an album only one has. */
const captioned = (bubble) => [...bubble.messages.values()].find((message) => message.text) ?? first(bubble);

const rowOf = (id) => [...bubbles.values()].find((bubble) => bubble.messages.has(id))?.row;

const first = (bubble) => bubble.messages.values().next().value;

const pictureOf = (chat, id) => (id === null ? "icon.svg" : chat.people.find((person) => person.id === id)?.face);

function replyTo(bubble, event) {
  if (event.target.closest("a, button, video, .quote, .spoiler:not(.open)") || String(getSelection())) return;
  const id = Number(event.target.closest("[data-id]")?.dataset.id) || first(bubble).id;
  onReply(bubble.messages.get(id));
}

function refresh(bubble) {
  if (!bubble.parts) return;
  const all = [...bubble.messages.values()].sort((a, b) => a.id - b.id);
  const [top] = all;
  const withText = captioned(bubble);
  const media = all.filter((message) => message.media);
  bubble.row.dataset.id = top.id;
  bubble.body.classList.toggle("bare", media.length > 0 && !withText.text && media[0].media.kind !== "document");
  bubble.body.classList.toggle("pictured", media.some((message) => message.media.kind !== "document"));
  const isNamed = openChat().kind !== "private" && bubble.row.matches(".theirs");
  const edited = all.some((message) => message.edited);
  const { text, entities } = withText;
  drawPart(bubble, "sender", (isNamed || top.via) && [isNamed ? top.name : "", top.via], drawSender);
  drawPart(bubble, "quote", top.reply && currentQuote(top.reply), (reply) => drawQuote(reply, rowOf));
  drawPart(bubble, "media", media.map((message) => [message.id, message.media]), drawMedia);
  drawPart(bubble, "text", text && [text, entities], () => richText(text, entities, actions));
  drawPart(bubble, "time", [edited, top.date], () => (edited ? "edited " : "") + formatTime(top.date));
  drawPart(bubble, "keyboard", [top.id, top.keyboard], () => drawKeyboard(top));
}

/** Draw one part of a bubble if its value has changed. */
function drawPart(bubble, name, value, drawing) {
  const serialised = JSON.stringify(value ?? null);
  if (bubble.drawn[name] === serialised) return;
  bubble.drawn[name] = serialised;
  const empty = !value || value.length === 0 || (name === "keyboard" && value[1].length === 0);
  bubble.parts[name].hidden = empty;
  bubble.parts[name].replaceChildren(...(empty ? [] : [drawing(value)].flat()));
}
