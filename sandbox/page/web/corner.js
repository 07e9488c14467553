// The sandbox's corner: what the services charged, what shall go wrong, and a switch of BotFather's.

import { post } from "./notices.js";
import { make } from "./state.js";

const corner = document.getElementById("corner");
const note = document.getElementById("note");
const MISHAPS = [
  ["none", "Works"],
  ["down", "Is down"],
  ["credit", "Is out of credit"],
  ["answers", "Loses its answers to submits"],
];
const known = { services: [], switches: {} };

/** Take in what has changed, and draw it if it is open. */
export function tellCorner({ services, switches }) {
  if (services) known.services = services;
  if (switches) known.switches = switches;
  const usd = known.services.reduce((sum, one) => sum + one.usd, 0);
  note.querySelector("span").textContent = usd ? `${dollars(usd)} of play money spent` : "nothing here costs money";
  if ((services || switches) && !corner.hidden) draw();
}

function draw() {
  const focused = corner.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = corner.scrollTop;
  corner.replaceChildren(
    make("p", {}, "The bot is the real one. Telegram and the video services are pretend ones: nothing here costs money."),
    ...known.services.map(drawService),
    ...drawSwitches(),
  );
  corner.scrollTop = scrolled;
  if (focused) document.getElementById(focused)?.focus();
}

function drawService(one) {
  const sum = one.jobs ? `${one.jobs} ${one.jobs === 1 ? "video" : "videos"}, ${dollars(one.usd)}` : "nothing charged yet";
  const select = make("select", { id: `mishap-${one.name}` });
  select.append(...MISHAPS.map(([value, words]) => make("option", { value, selected: value === one.mishap }, words)));
  select.onchange = () => post("/switches", { service: one.name, mishap: select.value });
  const lines = one.lines.map((line) =>
    make("li", {}, make("b", {}, line.scene || "image to video"), make("small", {}, line.model), make("span", {}, dollars(line.usd))),
  );
  return make(
    "section",
    {},
    make("h2", {}, one.title, make("small", {}, sum)),
    make("label", {}, "It ", select),
    make("ul", { hidden: lines.length === 0 }, ...lines),
  );
}

function drawSwitches() {
  const box = make("input", { type: "checkbox", id: "inline-feedback", checked: known.switches.inline_feedback });
  box.onchange = () => post("/switches", { inline_feedback: box.checked });
  const why = "On, Telegram tells the bot which result was chosen. Off, a button starts the work.";
  return [
    make("section", {}, make("h2", {}, "BotFather"), make("label", {}, box, " Inline feedback"), make("p", {}, why)),
  ];
}

const dollars = (usd) => `$${usd.toFixed(2)}`;

function show(open) {
  corner.hidden = !open;
  note.setAttribute("aria-expanded", String(open));
  if (open) draw();
}

note.onclick = () => show(corner.hidden);
corner.onkeydown = (event) => {
  if (event.key !== "Escape") return;
  show(false);
  note.focus();
};
