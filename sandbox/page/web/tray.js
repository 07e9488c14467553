// The photos and files that wait to be sent: four bundled pictures, and the person's own.

import { notice } from "./notices.js";
import { make } from "./state.js";

const BUNDLED = ["ada", "ben", "coffee", "cat"];
const LONGEST = 2560; // pixels
const tray = document.getElementById("tray");
const clip = document.getElementById("clip");
const inputs = { photo: document.getElementById("photos"), file: document.getElementById("files") };
let chosen = [];

export const attachments = () => chosen;

/** Let exactly these wait to be sent. */
export function choose(list) {
  chosen = list;
  draw();
}

function toggle(one) {
  const same = chosen.find((other) => other === one || (one.kind === "bundled" && other.name === one.name));
  if (same) choose(chosen.filter((other) => other !== same));
  else add([one]);
}

/** Photos and files are not mixed in one message: the newest kind stays. */
function add(list) {
  const isFile = list[0]?.kind === "file";
  choose([...chosen.filter((one) => (one.kind === "file") === isFile), ...list].slice(0, 10));
}

export async function addFiles(files, kind) {
  const added = [];
  for (const file of files) {
    const blob = kind === "photo" ? await compressed(file) : file;
    if (!blob) notice(`${file.name} cannot be shown here; send it as a file.`);
    else added.push({ kind, blob, name: file.name, url: kind === "photo" && URL.createObjectURL(blob) });
  }
  if (added.length) add(added);
}

/** What Telegram's apps make of a picture that is sent as a photo: an upright JPEG. Null: not a picture. */
async function compressed(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = make("canvas", { width: bitmap.width * scale || 1, height: bitmap.height * scale || 1 });
    const brush = canvas.getContext("2d");
    brush.fillStyle = "white";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  } catch {
    return null;
  }
}

function draw() {
  const own = chosen.filter((one) => one.kind !== "bundled");
  const ready = BUNDLED.map((name) => ({ kind: "bundled", name }));
  tray.replaceChildren(
    ...[...ready, ...own].map(thumbnail),
    opener("photo", "Your photos", "as photos"),
    opener("file", "A file", "not compressed"),
  );
}

function thumbnail(one) {
  const place = chosen.findIndex((other) => other === one || (one.kind === "bundled" && other.name === one.name)) + 1;
  const source = one.kind === "bundled" ? `/bundled/${one.name}.jpg` : one.url;
  const inside = one.kind === "file" ? make("span", { className: "name" }, one.name) : make("img", { src: source, alt: "" });
  const button = make("button", { type: "button", className: "thumb", title: one.name, ariaPressed: String(place > 0) }, inside);
  button.setAttribute("aria-label", one.kind === "bundled" ? `Photo: ${one.name}` : `Remove ${one.name}`);
  if (place) button.append(make("span", { className: "place" }, String(place)));
  button.onclick = () => {
    toggle(one);
    document.getElementById("text").focus();
  };
  return button;
}

function opener(kind, text, small) {
  const button = make("button", { type: "button", className: "opener" }, make("b", {}, text), make("small", {}, small));
  button.onclick = () => inputs[kind].click();
  return button;
}

function show(open) {
  tray.hidden = !open;
  clip.setAttribute("aria-expanded", String(open));
}

for (const [kind, input] of Object.entries(inputs)) {
  input.onchange = async () => {
    await addFiles([...input.files], kind);
    input.value = "";
  };
}
clip.onclick = () => show(tray.hidden);
const isPicture = (file) => file.type.startsWith("image/");
document.addEventListener("paste", (event) => addFiles([...event.clipboardData.files].filter(isPicture), "photo"));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  show(true);
  addFiles(files, files.every(isPicture) ? "photo" : "file");
});
draw();
