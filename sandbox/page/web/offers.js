// The list above the text field: commands, people, or what the bot offers inline. Arrow keys mark, Enter picks.

import { make } from "./state.js";

const list = document.getElementById("offers");
const text = document.getElementById("text");
let shown = [];
let marked = -1;
let onEnd = () => {};

export const areOffered = () => shown.length > 0;

/** Offer these: each has its `inside` (nodes) and `pick()`. `more` is called when the end of the list is near. */
export function offer(items, { rich = false, label = "Suggestions", more = () => {} } = {}) {
  shown = [];
  marked = -1;
  onEnd = more;
  list.replaceChildren();
  list.classList.toggle("rich", rich);
  list.setAttribute("aria-label", label);
  list.scrollTop = 0;
  add(items);
}

export function add(items) {
  for (const item of items) {
    const number = shown.push(item) - 1;
    const row = make("li", { role: "option", id: `offer-${number}`, className: item.kind ?? "" }, ...item.inside);
    row.onmousedown = (event) => event.preventDefault();
    row.onclick = () => item.pick();
    list.append(row);
  }
  list.hidden = shown.length === 0;
  text.setAttribute("aria-expanded", String(!list.hidden));
}

export const close = () => offer([]);

/** Close a list of another kind than inline results: these stay until others come. */
export const closePlain = () => list.classList.contains("rich") || close();

function mark(place) {
  marked = (place + shown.length) % shown.length;
  [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === marked)));
  list.children[marked].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", list.children[marked].id);
  if (marked === shown.length - 1) onEnd();
}

list.onscroll = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80 && onEnd();

/** Give the list a key that was pressed in the text field; true if it took it. */
export function takeKey(event) {
  if (list.hidden) return false;
  if (event.key === "ArrowDown") mark(marked + 1);
  else if (event.key === "ArrowUp") mark(marked < 0 ? shown.length - 1 : marked - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && !event.shiftKey && marked >= 0) shown[marked].pick();
  else if (event.key === "Tab" && !event.shiftKey) (shown[marked] ?? shown.find((one) => one.kind !== "go") ?? shown[0]).pick();
  else return false;
  return true;
}
