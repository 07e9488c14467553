// The list above the text field: commands, people, or inline results. Arrow keys select, Enter chooses.

import { make } from "./state.js";

const list = document.getElementById("suggestions");
const text = document.getElementById("text");
let items = [];
let selected = -1;
let onEnd = () => {};

export const areShown = () => items.length > 0;

/** Show these items: each has its `content` (nodes) and `choose()`. `more` is called near the end of the list. */
export function show(newItems, { rich = false, label = "Suggestions", more = () => {} } = {}) {
  items = [];
  selected = -1;
  onEnd = more;
  list.replaceChildren();
  list.classList.toggle("rich", rich);
  list.setAttribute("aria-label", label);
  list.scrollTop = 0;
  add(newItems);
}

export function add(newItems) {
  for (const item of newItems) {
    const number = items.push(item) - 1;
    const row = make("li", { role: "option", id: `suggestion-${number}`, className: item.kind ?? "" }, ...item.content);
    row.onmousedown = (event) => event.preventDefault();
    row.onclick = () => item.choose();
    list.append(row);
  }
  list.hidden = items.length === 0;
}

export const close = () => show([]);

/** Close the list unless it has inline results, which stay until others arrive. */
export const closeUnlessInline = () => list.classList.contains("rich") || close();

function select(index) {
  selected = (index + items.length) % items.length;
  [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === selected)));
  list.children[selected].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", list.children[selected].id);
  if (selected === items.length - 1) onEnd();
}

list.onscroll = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80 && onEnd();

/** Handle a key that was pressed in the text field; return true if the list used it. */
export function handleKey(event) {
  if (list.hidden) return false;
  if (event.key === "ArrowDown") select(selected + 1);
  else if (event.key === "ArrowUp") select(selected < 0 ? items.length - 1 : selected - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && !event.shiftKey && selected >= 0) items[selected].choose();
  else if (event.key === "Tab" && !event.shiftKey)
    (items[selected] ?? items.find((item) => item.kind !== "button") ?? items[0]).choose();
  else return false;
  return true;
}
