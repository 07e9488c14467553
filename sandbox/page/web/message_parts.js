// The parts of a message: sender, quote, media, keyboard, tools.

import * as actions from "./actions.js";
import { make } from "./state.js";
import { openPhoto } from "./viewer.js";

export function drawSender([name, via]) {
  return [name, via && make("span", { className: "via" }, ` via @${via}`)].filter(Boolean);
}

/** Draw the quote of the message replied to; `findRow` returns that message's row, if it is on the page. */
export function drawQuote(reply, findRow) {
  const quote = make("button", { type: "button" });
  if (reply.small) quote.append(make("img", { src: reply.small, alt: "" }));
  quote.append(make("span", {}, make("b", {}, reply.name), make("span", {}, reply.text)));
  quote.onclick = () => {
    const row = findRow(reply.id);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.animate([{ background: "#3390ec44" }, { background: "transparent" }], 1500);
  };
  return quote;
}

export function drawMedia(list) {
  return list.map(([id, media]) => {
    const cell = make("div", { className: `cell ${media.kind}` }, drawFile(media));
    cell.dataset.id = id;
    if (media.width && list.length === 1) cell.style.aspectRatio = `${media.width} / ${media.height}`;
    return cell;
  });
}

function drawFile(media) {
  if (media.kind === "video") {
    const playback = { autoplay: true, muted: true, loop: true, controls: true, playsInline: true };
    return make("video", { ...playback, src: media.url });
  }
  if (media.kind === "photo") {
    const photo = make("button", { type: "button", className: "photo", onclick: () => openPhoto(media.url) });
    photo.setAttribute("aria-label", "Open the photo");
    photo.append(make("img", { src: media.url, alt: "photo" }));
    return photo;
  }
  if (media.kind === "sticker") return make("img", { src: media.url, alt: media.kind });
  const icon = media.small ? make("img", { src: media.small, alt: "" }) : make("span", { className: "icon" }, "📄");
  const size = make("small", {}, `${Math.max(1, Math.round((media.size ?? 0) / 1024))} KB`);
  const name = make("span", {}, make("b", {}, media.name ?? media.kind), size);
  return make("a", { className: "file", href: media.url, download: media.name ?? "" }, icon, name);
}

export function drawKeyboard(message) {
  return message.keyboard.map((row) =>
    make("div", {}, ...row.map((button) => {
      const element = make("button", { type: "button", className: button.url ? "url" : "" }, button.text);
      element.onclick = () => actions.pressButton(message, button, element);
      return element;
    })),
  );
}

/** Draw the small buttons beside a message, which appear on hover and on focus. */
export function drawTools(reply, edit, remove) {
  const tools = make("span", { className: "tools" }, tool("Reply", "↩", reply));
  if (edit) tools.append(tool("Edit", "✎", edit));
  if (remove) tools.append(tool("Take back", "✕", remove));
  return tools;
}

function tool(name, symbol, onclick) {
  const button = make("button", { type: "button", title: name, onclick }, symbol);
  button.setAttribute("aria-label", name);
  return button;
}
