// The strip that proves the promise: two ways to test the bot, where requests are now, and what became of them.

import { post } from "./notifications.js";
import { make } from "./state.js";

const strip = document.getElementById("proof");
const line = document.getElementById("journey");
const counts = document.getElementById("counts");
const stateText = document.getElementById("trial-state");
const buttons = { kill: document.getElementById("kill"), cut: document.getElementById("cut") };
const STAGES = [
  ["message", "Message", "sent, and not fetched by the bot yet"],
  ["inbox", "Inbox", "stored by the bot, and not handled yet"],
  ["job", "Job", "stored, and not at the service yet"],
  ["service", "Service", "being made"],
  ["video", "Video", "made, and on its way to the chat"],
];
let before = null;

/** Draw the strip from the sandbox's news. */
export function updateProof(proof) {
  strip.hidden = false;
  line.replaceChildren(...STAGES.map((stage) => drawStage(stage, proof.stages)));
  strip.dataset.bot = proof.bot;
  strip.dataset.network = proof.network;
  const lost = proof.lost ?? "…";
  counts.replaceChildren(
    ...[["paid", proof.paid], ["videos", proof.videos], ["lost", lost]].flatMap(([name, count], place) => [
      place ? " · " : "",
      make("span", { className: name }, `${name} ${count}`),
    ]),
  );
  counts.classList.toggle("whole", proof.paid > 0 && proof.lost === 0);
  buttons.kill.hidden = proof.kills === null;
  buttons.kill.disabled = proof.bot === "down";
  buttons.cut.disabled = proof.network === "cut";
  const text = describe(proof);
  if (stateText.textContent !== text) stateText.textContent = text;
  before = proof;
}

function drawStage([name, title, meaning], stages) {
  const count = stages[name];
  const item = make("li", { title: `${title}: ${meaning}` }, title, make("b", {}, count ? String(count) : ""));
  item.dataset.stage = name;
  item.classList.toggle("here", count > 0);
  if (before && count > before.stages[name]) item.classList.add("arrived");
  return item;
}

function describe({ bot, network, kills, stages }) {
  if (bot === "down" && kills) return "The bot is dead. It is being started again.";
  if (bot === "down") return "The bot is starting.";
  if (network === "cut") return "The network is cut for a few seconds.";
  const goesOn = Object.values(stages).some(Boolean);
  if (!kills) return "";
  const times = kills === 1 ? "once" : `${kills} times`;
  return goesOn ? `Killed ${times}. It is back, and goes on where it was.` : `Killed ${times}, and back.`;
}

buttons.kill.onclick = () => post("/trials", { trial: "kill" });
buttons.cut.onclick = () => post("/trials", { trial: "cut" });
