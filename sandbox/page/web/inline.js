// Inline mode: the bot's results for "@bot …", above the text field.

import { pressStart } from "./actions.js";
import { post, showToast } from "./notifications.js";
import { avatar, make, openChat, state } from "./state.js";
import { add, close, closeUnlessInline, show } from "./suggestions.js";

const DEBOUNCE_MS = 250;
let latest = 0; // the number of the latest query; the results of earlier ones are ignored
let timer;

/** Return the inline query in a text, or null for any other text. */
export function inlineQueryIn(text, bot = openChat().bot) {
  const prefix = `@${bot} `;
  return text.toLowerCase().startsWith(prefix.toLowerCase()) ? text.slice(prefix.length) : null;
}

/** Send the query once no key is pressed for a moment, and show the results; call `onChosen` when one is chosen. */
export function requestResults(query, onChosen) {
  const number = ++latest;
  closeUnlessInline();
  timer = setTimeout(() => fetchResults(query, number, onChosen), DEBOUNCE_MS);
}

/** Ignore the results that have not arrived yet. */
export function cancelRequest() {
  latest += 1;
  clearTimeout(timer);
}

async function fetchResults(query, number, onChosen) {
  const action = { chat: state.open, by: state.me, query };
  const answer = await post("/inline", action);
  if (number !== latest) return;
  if (!answer) return close();
  const itemsOf = (page) => page.results.map((result) => resultItem(page.query, result, onChosen));
  let next = answer.next;
  const more = async () => {
    if (!next) return;
    const offset = next;
    next = "";
    const page = await post("/inline", { ...action, offset });
    if (!page || number !== latest) return;
    next = page.next;
    add(itemsOf(page));
  };
  const items = [...(answer.button ? [buttonItem(answer.button, onChosen)] : []), ...itemsOf(answer)];
  show(items.length ? items : [noResults], { rich: true, label: "Inline results", more });
}

const noResults = { kind: "none", content: ["The bot offers nothing for this."], choose: close };

function buttonItem(button, onChosen) {
  const choose = () => {
    onChosen();
    if (button.start_parameter) pressStart(button.start_parameter);
    else showToast("This kind of button is not part of the sandbox.");
  };
  return { kind: "button", content: [make("b", {}, button.text)], choose };
}

function resultItem(query, result, onChosen) {
  const choose = () => {
    onChosen();
    post("/choices", { chat: state.open, by: state.me, query, result: result.id });
  };
  const lines = make("span", { className: "lines" }, make("b", {}, result.title), make("span", {}, result.description));
  return { content: [preview(result), lines], choose };
}

function preview(result) {
  if (result.picture) return make("img", { className: "preview", src: result.picture, alt: "" });
  if (!result.video) return avatar(result.title);
  const playback = { muted: true, loop: true, autoplay: true, playsInline: true };
  return make("video", { className: "preview", src: result.video, ...playback });
}
