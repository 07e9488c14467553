// Four steps for the first minute. Each is done when its effect is seen; the guide can be closed, and stays closed.

import { setAttachments } from "./attachments.js";
import { typeText } from "./composer.js";
import { chats, make, me, state } from "./state.js";

const strip = document.getElementById("guide");
const CLOSED = "guide-closed";
const done = new Set();

const sent = (test) => [...chats.values()].some((chat) => [...chat.messages.values()].some(test));
const STEPS = [
  {
    text: "Send two photos with /hug.",
    action: "Fill it in",
    act: () => {
      setAttachments(["ada", "ben"].map((name) => ({ kind: "bundled", name })));
      typeText("/hug");
    },
    isDone: () => sent((message) => message.from !== null && message.text.startsWith("/hug")),
  },
  { text: "Kill the bot while it works: the red button.", isDone: (proof) => proof.kills > 0 || proof.kills === null },
  { text: "Watch the video arrive: paid 1, lost 0.", isDone: (proof) => proof.videos > 0 && proof.lost === 0 },
  { text: "Be Olga, the operator, and send /stats.", isDone: () => me()?.username === "olga" && sent((message) => message.from === state.me && message.text.startsWith("/stats")) },
];

/** Draw the step that comes next. */
export function updateGuide(proof) {
  const place = STEPS.findIndex((step, number) => !(done.has(number) || (step.isDone(proof) && done.add(number))));
  strip.hidden = place < 0 || localStorage.getItem(CLOSED) !== null;
  if (strip.hidden || strip.dataset.place === String(place)) return;
  strip.dataset.place = String(place);
  const step = STEPS[place];
  const text = make("p", {}, make("b", {}, `${place + 1} of ${STEPS.length} `), step.text);
  const close = make("button", { type: "button", className: "close", onclick: closeGuide }, "✕");
  close.setAttribute("aria-label", "Close the guide");
  const act = step.act ? [make("button", { type: "button", className: "act", onclick: step.act }, step.action)] : [];
  strip.replaceChildren(text, ...act, close);
}

function closeGuide() {
  localStorage.setItem(CLOSED, "yes");
  strip.hidden = true;
}
