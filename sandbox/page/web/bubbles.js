// The messages of the open chat. An album's messages share one bubble. Only what changed is drawn again,
// so that a video plays on while the buttons under it change.

import * as acts from "./acts.js";
import { clock, face, inView, make, openChat, state, summary } from "./state.js";
import { drawKeys, drawMedia, drawQuote, drawTools, drawWho } from "./parts.js";
import { words } from "./words.js";

const log = document.getElementById("log");
const bubbles = new Map();
let onReply = () => {};
let onEdit = () => {};
let atEnd = true;

const keyOf = (message) => (message.album ? `album-${message.album}` : `message-${message.id}`);

export function whenReplying(handler) {
  onReply = handler;
}

export function whenEditing(handler) {
  onEdit = handler;
}

/** Draw the whole chat anew. */
export function drawAll(empty) {
  bubbles.clear();
  const chat = openChat();
  const messages = [...chat.messages.values()].filter(inView);
  log.replaceChildren();
  for (const message of messages) draw(message);
  if (messages.every((message) => message.event)) log.append(empty);
  toEnd();
}

/** Draw one message, new or changed, of the open chat. */
export function draw(message) {
  const key = keyOf(message);
  let bubble = bubbles.get(key);
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
  if (atEnd || message.from === state.me) toEnd();
}

/** Take a message off the screen. */
export function erase(message) {
  const bubble = bubbles.get(keyOf(message));
  bubble?.messages.delete(message.id);
  if (bubble?.messages.size) return refresh(bubble);
  bubble?.row.remove();
  bubbles.delete(keyOf(message));
}

function toEnd() {
  log.scrollTo({ top: log.scrollHeight });
  atEnd = true;
}

// Whoever reads the newest messages goes on seeing them when the window or the composer changes its size.
log.onscroll = () => (atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120);
new ResizeObserver(() => atEnd && toEnd()).observe(log);

function addDay(message) {
  const day = new Date(message.date * 1000).toLocaleDateString("en", { day: "numeric", month: "long" });
  if (log.dataset.day !== day || !log.querySelector(".day")) log.append(make("p", { className: "day" }, day));
  log.dataset.day = day;
}

function makeBubble(message) {
  if (message.event) return makeEvent(message);
  const parts = Object.fromEntries(
    ["who", "quote", "media", "words", "time", "keys"].map((name) => [name, make("div", { className: name })]),
  );
  const { keys, ...inside } = parts;
  const body = make("article", { className: "bubble" }, ...Object.values(inside));
  const stack = make("div", { className: "stack" }, body, keys);
  const row = make("div", { className: "row" }, stack);
  const chat = openChat();
  const mine = message.from === state.me;
  row.classList.add(mine ? "mine" : "theirs", message.from === null ? "bot" : "person");
  if (chat.kind !== "private" && !mine) row.prepend(face(message.name, pictureOf(chat, message.from)));
  const bubble = { row, body, parts, drawn: {}, messages: new Map() };
  body.onclick = (event) => replyTo(bubble, event);
  const takeBack = () => acts.takeBack(chat.id, [...bubble.messages.keys()]);
  const edit = () => onEdit(written(bubble));
  row.append(drawTools(() => onReply(first(bubble)), mine && !message.via && edit, mine && takeBack));
  return bubble;
}

/** A line in the middle: what happened in the chat. */
function makeEvent(message) {
  const row = make("p", { className: "event" }, message.event);
  return { row, messages: new Map() };
}

/** What a quote shows: the message as it is now, if it is still there. */
function quoted(reply) {
  const now = openChat().messages.get(reply.id);
  return now ? { ...reply, text: summary(now), small: now.media?.small ?? reply.small } : reply;
}

/** The message with the words: of an album's one of them. */
const written = (bubble) => [...bubble.messages.values()].find((one) => one.text) ?? first(bubble);

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
  const worded = written(bubble);
  const media = all.filter((one) => one.media);
  bubble.row.dataset.id = top.id;
  bubble.body.classList.toggle("bare", media.length > 0 && !worded.text && media[0].media.kind !== "document");
  bubble.body.classList.toggle("pictured", media.some((one) => one.media.kind !== "document"));
  const group = openChat().kind !== "private";
  const named = group && bubble.row.matches(".theirs");
  part(bubble, "who", (named || top.via) && [named ? top.name : "", top.via], drawWho);
  part(bubble, "quote", top.reply && quoted(top.reply), (reply) => drawQuote(reply, rowOf));
  part(bubble, "media", media.map((one) => [one.id, one.media]), drawMedia);
  part(bubble, "words", worded.text && [worded.text, worded.entities], ([text, entities]) => words(text, entities, acts));
  part(bubble, "time", [all.some((one) => one.edited), top.date], ([edited, date]) => (edited ? "edited " : "") + clock(date));
  part(bubble, "keys", [top.id, top.keys], () => drawKeys(top));
}

/** Draw one part of a bubble if what it shows is not what it should show. */
function part(bubble, name, value, drawing) {
  const seen = JSON.stringify(value ?? null);
  if (bubble.drawn[name] === seen) return;
  bubble.drawn[name] = seen;
  const empty = !value || value.length === 0 || (name === "keys" && value[1].length === 0);
  bubble.parts[name].hidden = empty;
  bubble.parts[name].replaceChildren(...(empty ? [] : [drawing(value)].flat()));
}
