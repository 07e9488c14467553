// The sandbox panel: what the services charged, how they fail, and the switches of BotFather and of groups.

import { post } from "./notifications.js";
import { make, openChat } from "./state.js";

const panel = document.getElementById("sandbox-panel");
const panelButton = document.getElementById("sandbox-button");
const FAILURES = [
  ["none", "Works"],
  ["down", "Is down"],
  ["credit", "Is out of credit"],
  ["answers", "Takes submits, loses its answers"],
  ["submits", "Loses the submits themselves"],
];
const current = { services: [], switches: {} };

/** Update the panel; draw it again if it is open and something has changed. */
export function updatePanel({ services, switches, chats }) {
  if (services) current.services = services;
  if (switches) current.switches = switches;
  const usd = current.services.reduce((sum, service) => sum + service.usd, 0);
  const text = usd ? `${dollars(usd)} of play money spent` : "nothing here costs money";
  panelButton.querySelector("span").textContent = text;
  if ((services || switches || chats) && !panel.hidden) draw();
}

function draw() {
  const focused = panel.contains(document.activeElement) ? document.activeElement.id : "";
  const scrollTop = panel.scrollTop;
  panel.replaceChildren(
    make("p", {}, "The bot is the real one. Telegram and the video services are pretend ones: nothing here costs money."),
    ...current.services.map(drawService),
    ...drawGroup(openChat()),
    drawBotFather(),
  );
  panel.scrollTop = scrollTop;
  if (focused) document.getElementById(focused)?.focus();
}

function drawService(service) {
  const videos = `${service.jobs} ${service.jobs === 1 ? "video" : "videos"}, ${dollars(service.usd)}`;
  const select = make("select", { id: `failure-${service.name}` });
  select.setAttribute("aria-label", `What ${service.title} does`);
  select.append(
    ...FAILURES.map(([value, text]) => make("option", { value, selected: value === service.failure }, text)),
  );
  select.onchange = () => post("/switches", { service: service.name, failure: select.value });
  return make(
    "section",
    {},
    make("h2", {}, service.title, make("small", {}, service.jobs ? videos : "nothing charged yet")),
    make("label", {}, "It ", select),
    make("ul", { hidden: service.charges.length === 0 }, ...service.charges.map(drawCharge)),
  );
}

function drawCharge(charge) {
  const model = charge.model.replace(/^klingai\//, "").replace(/^kling-video[-/]/, "");
  return make(
    "li",
    {},
    make("b", {}, charge.scene || "animation"),
    make("small", { title: charge.model }, model),
    make("span", {}, dollars(charge.usd)),
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
  const { inline_feedback, privacy } = current.switches;
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

function toggle(id, text, checked, actionFor) {
  const checkbox = make("input", { type: "checkbox", id: `switch-${id}`, checked });
  checkbox.onchange = () => post("/switches", actionFor(checkbox.checked));
  return make("label", {}, checkbox, text);
}

const dollars = (usd) => `$${usd.toFixed(2)}`;

function show(open) {
  panel.hidden = !open;
  panelButton.setAttribute("aria-expanded", String(open));
  if (open) draw();
}

panelButton.onclick = () => show(panel.hidden);
panel.onkeydown = (event) => {
  if (event.key !== "Escape") return;
  show(false);
  panelButton.focus();
};
