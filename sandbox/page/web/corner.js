// The sandbox's corner: what the services charged, what shall go wrong, and a switch of BotFather's.

import { post } from "./notices.js";
import { make, openChat } from "./state.js";

const corner = document.getElementById("corner");
const note = document.getElementById("note");
const MISHAPS = [
  ["none", "Works"],
  ["down", "Is down"],
  ["credit", "Is out of credit"],
  ["answers", "Takes submits, loses its answers"],
  ["submits", "Loses the submits themselves"],
];
const known = { services: [], switches: {} };

/** Take in what has changed, and draw it anew if it is open. */
export function tellCorner({ services, switches, chats }) {
  if (services) known.services = services;
  if (switches) known.switches = switches;
  const usd = known.services.reduce((sum, one) => sum + one.usd, 0);
  note.querySelector("span").textContent = usd ? `${dollars(usd)} of play money spent` : "nothing here costs money";
  if ((services || switches || chats) && !corner.hidden) draw();
}

function draw() {
  const focused = corner.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = corner.scrollTop;
  corner.replaceChildren(
    make("p", {}, "The bot is the real one. Telegram and the video services are pretend ones: nothing here costs money."),
    ...known.services.map(drawService),
    ...drawGroup(openChat()),
    drawBotFather(),
  );
  corner.scrollTop = scrolled;
  if (focused) document.getElementById(focused)?.focus();
}

function drawService(one) {
  const sum = one.jobs ? `${one.jobs} ${one.jobs === 1 ? "video" : "videos"}, ${dollars(one.usd)}` : "nothing charged yet";
  const select = make("select", { id: `mishap-${one.name}` });
  select.setAttribute("aria-label", `What ${one.title} does`);
  select.append(...MISHAPS.map(([value, words]) => make("option", { value, selected: value === one.mishap }, words)));
  select.onchange = () => post("/switches", { service: one.name, mishap: select.value });
  const lines = one.lines.map((line) =>
    make("li", {}, make("b", {}, line.scene || "animation"), make("small", { title: line.model }, line.model.replace(/^klingai\//, "").replace(/^kling-video[-/]/, "")), make("span", {}, dollars(line.usd))),
  );
  return make(
    "section",
    {},
    make("h2", {}, one.title, make("small", {}, sum)),
    make("label", {}, "It ", select),
    make("ul", { hidden: lines.length === 0 }, ...lines),
  );
}

function drawGroup(chat) {
  if (chat.kind === "private") return [];
  return [
    make(
      "section",
      {},
      make("h2", {}, chat.title),
      toggle("bot-inside", "The bot is in this group", chat.bot_inside, (inside) => ({ chat: chat.id, inside })),
      toggle("videos", "Videos may be sent here", chat.videos, (videos) => ({ chat: chat.id, videos })),
    ),
  ];
}

function drawBotFather() {
  const { inline_feedback, privacy } = known.switches;
  return make(
    "section",
    {},
    make("h2", {}, "BotFather"),
    toggle("feedback", "Inline feedback", inline_feedback, (on) => ({ inline_feedback: on })),
    make("p", {}, "On, Telegram tells the bot which result was chosen. Off, a button starts the work."),
    toggle("privacy", "Privacy mode", privacy, (on) => ({ privacy: on })),
    make("p", {}, "On, the bot sees only what is meant for it in groups."),
  );
}

function toggle(id, words, checked, wish) {
  const box = make("input", { type: "checkbox", id: `switch-${id}`, checked });
  box.onchange = () => post("/switches", wish(box.checked));
  return make("label", {}, box, words);
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
