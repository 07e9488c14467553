// The messages of the open chat. An album's messages share one bubble. Only what changed is drawn again,
// so that a video plays on while the buttons under it change.

import * as acts from "./acts.js";
import { clock, face, make, openChat } from "./state.js";
import { words } from "./words.js";

const log = document.getElementById("log");
const bubbles = new Map();
let onReply = () => {};
let atEnd = true;

const keyOf = (message) => (message.album ? `album-${message.album}` : `message-${message.id}`);

export function whenReplying(handler) {
  onReply = handler;
}

/** Draw the whole chat anew. */
export function drawAll(empty) {
  bubbles.clear();
  const chat = openChat();
  log.replaceChildren(...(chat.messages.size ? [] : [empty]));
  for (const message of chat.messages.values()) draw(message);
  toEnd();
}

/** Draw one message, new or changed, of the open chat. */
export function draw(message) {
  const key = keyOf(message);
  let bubble = bubbles.get(key);
  if (!bubble) {
    log.querySelector(".empty")?.remove();
    bubble = makeBubble(message);
    bubbles.set(key, bubble);
    addDay(message);
    log.append(bubble.row);
  }
  bubble.messages.set(message.id, message);
  refresh(bubble);
  if (atEnd || message.from === openChat().speaker) toEnd();
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
  const parts = Object.fromEntries(
    ["who", "quote", "media", "words", "time", "keys"].map((name) => [name, make("div", { className: name })]),
  );
  const { keys, ...inside } = parts;
  const body = make("article", { className: "bubble" }, ...Object.values(inside));
  const stack = make("div", { className: "stack" }, body, keys);
  const row = make("div", { className: "row" }, stack);
  const chat = openChat();
  const mine = message.from === chat.speaker;
  row.classList.add(mine ? "mine" : "theirs", message.from === null ? "bot" : "person");
  if (chat.kind !== "private" && !mine) row.prepend(face(message.name, pictureOf(chat, message.from)));
  const bubble = { row, body, parts, drawn: {}, messages: new Map() };
  body.onclick = (event) => replyTo(bubble, event);
  return bubble;
}

const pictureOf = (chat, id) => (id === null ? "icon.svg" : chat.people.find((person) => person.id === id)?.face);

function replyTo(bubble, event) {
  if (event.target.closest("a, button, video, .quote, .spoiler:not(.open)") || String(getSelection())) return;
  const id = Number(event.target.closest("[data-id]")?.dataset.id) || bubble.messages.keys().next().value;
  onReply(bubble.messages.get(id));
}

function refresh(bubble) {
  const all = [...bubble.messages.values()].sort((a, b) => a.id - b.id);
  const [first] = all;
  const written = all.find((one) => one.text) ?? first;
  const media = all.filter((one) => one.media);
  bubble.row.dataset.id = first.id;
  bubble.body.classList.toggle("bare", media.length > 0 && !written.text && media[0].media.kind !== "document");
  bubble.body.classList.toggle("pictured", media.some((one) => one.media.kind !== "document"));
  const group = openChat().kind !== "private";
  part(bubble, "who", group && bubble.row.matches(".theirs") ? first.name : "", (name) => name);
  part(bubble, "quote", first.reply, drawQuote);
  part(bubble, "media", media.map((one) => [one.id, one.media]), drawMedia);
  part(bubble, "words", written.text && [written.text, written.entities], ([text, entities]) => words(text, entities, acts));
  part(bubble, "time", [all.some((one) => one.edited), first.date], ([edited, date]) => (edited ? "edited " : "") + clock(date));
  part(bubble, "keys", [first.id, first.keys], () => drawKeys(first));
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

function drawQuote(reply) {
  const quote = make("button", { type: "button" });
  if (reply.small) quote.append(make("img", { src: reply.small, alt: "" }));
  quote.append(make("span", {}, make("b", {}, reply.name), make("span", {}, reply.text)));
  quote.onclick = () => {
    const there = [...bubbles.values()].find((bubble) => bubble.messages.has(reply.id))?.row;
    there?.scrollIntoView({ block: "center", behavior: "smooth" });
    there?.animate([{ background: "#3390ec44" }, { background: "transparent" }], 1500);
  };
  return quote;
}

function drawMedia(list) {
  return list.map(([id, media]) => {
    const cell = make("div", { className: `cell ${media.kind}` }, drawFile(media));
    cell.dataset.id = id;
    if (media.width && list.length === 1) cell.style.aspectRatio = `${media.width} / ${media.height}`;
    return cell;
  });
}

function drawFile(media) {
  if (media.kind === "video") {
    const sound = { autoplay: true, muted: true, loop: true, controls: true, playsInline: true };
    return make("video", { ...sound, src: media.url });
  }
  if (media.kind === "photo" || media.kind === "sticker") return make("img", { src: media.url, alt: media.kind });
  const icon = media.small ? make("img", { src: media.small, alt: "" }) : make("span", { className: "icon" }, "📄");
  const size = make("small", {}, `${Math.max(1, Math.round((media.size ?? 0) / 1024))} KB`);
  const name = make("span", {}, make("b", {}, media.name ?? media.kind), size);
  return make("a", { className: "file", href: media.url, download: media.name ?? "" }, icon, name);
}

function drawKeys(message) {
  return message.keys.map((row) =>
    make("div", {}, ...row.map((key) => {
      const button = make("button", { type: "button", className: key.url ? "url" : "" }, key.text);
      button.onclick = () => acts.press(message, key, button);
      return button;
    })),
  );
}
