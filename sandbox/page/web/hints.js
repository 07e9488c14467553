// The list of commands above the text field: for a text that begins with "/", or all of them from the menu.

import { make, openChat } from "./state.js";

const list = document.getElementById("hints");
let shown = [];
let marked = -1;
let onPick = () => {};

export function whenPicked(handler) {
  onPick = handler;
}

/** Offer the commands that begin like `text`. */
export function hint(text) {
  const typed = /^\/(\w*)$/.exec(text)?.[1]?.toLowerCase();
  offer(typed === undefined ? [] : openChat().commands.filter((one) => one.command.startsWith(typed)));
}

/** Show all commands, or none if they are shown. */
export function toggleHints() {
  offer(list.hidden ? openChat().commands : []);
}

export const closeHints = () => offer([]);

function offer(commands) {
  shown = commands;
  marked = -1;
  list.hidden = commands.length === 0;
  list.replaceChildren(
    ...commands.map((one) => {
      const item = make("li", { role: "option" }, make("b", {}, `/${one.command}`), make("span", {}, one.description));
      item.onmousedown = (event) => event.preventDefault();
      item.onclick = () => pick(one);
      return item;
    }),
  );
}

function pick(one) {
  offer([]);
  onPick(`/${one.command}`);
}

function mark(place) {
  marked = (place + shown.length) % shown.length;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === marked)));
  list.children[marked].scrollIntoView({ block: "nearest" });
}

/** Give the list a key that was pressed in the text field; true if it took it. */
export function hintKey(event) {
  if (list.hidden) return false;
  if (event.key === "ArrowDown") mark(marked + 1);
  else if (event.key === "ArrowUp") mark(marked < 0 ? shown.length - 1 : marked - 1);
  else if (event.key === "Escape") offer([]);
  else if (event.key === "Enter" && marked >= 0) pick(shown[marked]);
  else if (event.key === "Tab") pick(shown[Math.max(0, marked)]);
  else return false;
  return true;
}
