// The parts of a message's bubble.

import * as acts from "./acts.js";
import { make } from "./state.js";

export function drawWho([name, via]) {
  return [name, via && make("span", { className: "via" }, ` via @${via}`)].filter(Boolean);
}

/** The message that this one answers; `find` returns its row, if it is on the screen. */
export function drawQuote(reply, find) {
  const quote = make("button", { type: "button" });
  if (reply.small) quote.append(make("img", { src: reply.small, alt: "" }));
  quote.append(make("span", {}, make("b", {}, reply.name), make("span", {}, reply.text)));
  quote.onclick = () => {
    const there = find(reply.id);
    there?.scrollIntoView({ block: "center", behavior: "smooth" });
    there?.animate([{ background: "#3390ec44" }, { background: "transparent" }], 1500);
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
    const sound = { autoplay: true, muted: true, loop: true, controls: true, playsInline: true };
    return make("video", { ...sound, src: media.url });
  }
  if (media.kind === "photo" || media.kind === "sticker") return make("img", { src: media.url, alt: media.kind });
  const icon = media.small ? make("img", { src: media.small, alt: "" }) : make("span", { className: "icon" }, "📄");
  const size = make("small", {}, `${Math.max(1, Math.round((media.size ?? 0) / 1024))} KB`);
  const name = make("span", {}, make("b", {}, media.name ?? media.kind), size);
  return make("a", { className: "file", href: media.url, download: media.name ?? "" }, icon, name);
}

export function drawKeys(message) {
  return message.keys.map((row) =>
    make("div", {}, ...row.map((key) => {
      const button = make("button", { type: "button", className: key.url ? "url" : "" }, key.text);
      button.onclick = () => acts.press(message, key, button);
      return button;
    })),
  );
}

/** The small buttons beside a message, for those who come by with the mouse or with the Tab key. */
export function drawTools(reply, edit, takeBack) {
  const tools = make("span", { className: "tools" }, tool("Reply", "↩", reply));
  if (edit) tools.append(tool("Edit", "✎", edit));
  if (takeBack) tools.append(tool("Take back", "✕", takeBack));
  return tools;
}

function tool(name, sign, onclick) {
  const button = make("button", { type: "button", title: name, onclick }, sign);
  button.setAttribute("aria-label", name);
  return button;
}
