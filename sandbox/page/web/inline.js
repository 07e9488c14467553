// Inline mode: what the bot offers for "@bot …", above the text field.

import { notice, post } from "./notices.js";
import { add, close, closePlain, offer } from "./offers.js";
import { start } from "./acts.js";
import { face, make, openChat, state } from "./state.js";

const PAUSE = 250; // milliseconds without a key, before the bot is asked
let newest = 0;
let timer;

/** What is asked of the bot in a text, null for any other text. */
export function queryIn(text, bot = openChat().bot) {
  const name = `@${bot} `;
  return text.toLowerCase().startsWith(name.toLowerCase()) ? text.slice(name.length) : null;
}

/** Ask the bot, and offer what it answers; `done` is called once something is chosen. */
export function askInline(query, done) {
  const number = ++newest;
  closePlain();
  timer = setTimeout(() => ask(query, number, done), PAUSE);
}

/** Whatever is still on its way is not shown any more. */
export function forgetInline() {
  newest += 1;
  clearTimeout(timer);
}

async function ask(query, number, done) {
  const wish = { chat: state.open, by: state.me, query };
  const answer = await post("/inline", wish);
  if (number !== newest) return;
  if (!answer) return close();
  const page = (one) => one.results.map((result) => ofResult(one.query, result, done));
  let next = answer.next;
  const more = async () => {
    if (!next) return;
    const offset = next;
    next = "";
    const further = await post("/inline", { ...wish, offset });
    if (!further || number !== newest) return;
    next = further.next;
    add(page(further));
  };
  const items = [...(answer.button ? [ofButton(answer.button, done)] : []), ...page(answer)];
  offer(items.length ? items : [nothing], { rich: true, label: "Inline results", more });
}

const nothing = { kind: "none", inside: ["The bot offers nothing for this."], pick: close };

function ofButton(button, done) {
  const pick = () => {
    done();
    if (button.start_parameter) start(button.start_parameter);
    else notice("This kind of button is not part of the sandbox.");
  };
  return { kind: "go", inside: [make("b", {}, button.text)], pick };
}

function ofResult(query, result, done) {
  const pick = () => {
    done();
    post("/choices", { chat: state.open, by: state.me, query, result: result.id });
  };
  const lines = make("span", { className: "lines" }, make("b", {}, result.title), make("span", {}, result.description));
  return { inside: [picture(result), lines], pick };
}

function picture(result) {
  if (result.picture) return make("img", { className: "shot", src: result.picture, alt: "" });
  if (!result.video) return face(result.title);
  return make("video", { className: "shot", src: result.video, muted: true, loop: true, autoplay: true, playsInline: true });
}
