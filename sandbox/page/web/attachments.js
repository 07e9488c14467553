// The photos and files that will be sent with the next message: four bundled photos, and the person's own.

import { showToast } from "./notifications.js";
import { make } from "./state.js";

const BUNDLED = ["ada", "ben", "coffee", "cat"];
const MAX_SIDE = 2560; // pixels
const MAX_COUNT = 10; // Bot API: sendMediaGroup
const tray = document.getElementById("attachments");
const attachButton = document.getElementById("attach");
const inputs = { photo: document.getElementById("photos"), file: document.getElementById("files") };
let chosen = [];

export const attachments = () => chosen;

/** Replace the attachments. */
export function setAttachments(list) {
  chosen = list;
  draw();
}

const isSame = (one, other) => other === one || (one.kind === "bundled" && other.name === one.name);

function toggle(attachment) {
  const same = chosen.find((other) => isSame(attachment, other));
  if (same) setAttachments(chosen.filter((other) => other !== same));
  else add([attachment]);
}

/** Add attachments. A message has either photos or files: those of the newest kind stay. */
function add(list) {
  const isFile = list[0]?.kind === "file";
  setAttachments([...chosen.filter((one) => (one.kind === "file") === isFile), ...list].slice(0, MAX_COUNT));
}

export async function addFiles(files, kind) {
  const added = [];
  for (const file of files) {
    const blob = kind === "photo" ? await compress(file) : file;
    if (!blob) showToast(`${file.name} cannot be shown here; send it as a file.`);
    else added.push({ kind, blob, name: file.name, url: kind === "photo" && URL.createObjectURL(blob) });
  }
  if (added.length) add(added);
}

/** Convert an image as Telegram's apps do for photos: to an upright JPEG. Return null if it is not an image. */
async function compress(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = make("canvas", { width: bitmap.width * scale || 1, height: bitmap.height * scale || 1 });
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  } catch {
    return null;
  }
}

function draw() {
  const own = chosen.filter((one) => one.kind !== "bundled");
  const bundled = BUNDLED.map((name) => ({ kind: "bundled", name }));
  tray.replaceChildren(
    ...[...bundled, ...own].map(thumbnail),
    fileButton("photo", "Your photos", "as photos"),
    fileButton("file", "A file", "not compressed"),
  );
}

function thumbnail(attachment) {
  const position = chosen.findIndex((other) => isSame(attachment, other)) + 1;
  const isBundled = attachment.kind === "bundled";
  const source = isBundled ? `/bundled/${attachment.name}.jpg` : attachment.url;
  const content =
    attachment.kind === "file"
      ? make("span", { className: "name" }, attachment.name)
      : make("img", { src: source, alt: "" });
  const properties = { type: "button", className: "thumbnail", title: attachment.name, ariaPressed: String(position > 0) };
  const button = make("button", properties, content);
  button.setAttribute("aria-label", isBundled ? `Photo: ${attachment.name}` : `Remove ${attachment.name}`);
  if (position) button.append(make("span", { className: "position" }, String(position)));
  button.onclick = () => {
    toggle(attachment);
    document.getElementById("text").focus();
  };
  return button;
}

function fileButton(kind, text, small) {
  const properties = { type: "button", className: "file-button" };
  const button = make("button", properties, make("b", {}, text), make("small", {}, small));
  button.onclick = () => inputs[kind].click();
  return button;
}

function showTray(open) {
  tray.hidden = !open;
  attachButton.setAttribute("aria-expanded", String(open));
}

for (const [kind, input] of Object.entries(inputs)) {
  input.onchange = async () => {
    await addFiles([...input.files], kind);
    input.value = "";
  };
}
attachButton.onclick = () => showTray(tray.hidden);
const isImage = (file) => file.type.startsWith("image/");
document.addEventListener("paste", (event) => addFiles([...event.clipboardData.files].filter(isImage), "photo"));
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.toggle("dropping", event.dataTransfer?.types.includes("Files") ?? false);
});
document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const files = [...event.dataTransfer.files];
  showTray(true);
  addFiles(files, files.every(isImage) ? "photo" : "file");
});
draw();
