// Texts with Bot API entities as DOM nodes. Offsets are in UTF-16 units, as are JavaScript's strings.

import { make } from "./state.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** Draw a text. `act` has what a click does: link(url), command(text). */
export function words(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, act);
}

function build(text, entities, from, to, act) {
  const out = document.createDocumentFragment();
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    if (entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const node = element(entity, text.slice(entity.offset, end), act);
    node.append(build(text, entities, entity.offset, end, act));
    out.append(text.slice(at, entity.offset), node);
    at = end;
  }
  out.append(text.slice(at, to));
  return out;
}

function element(entity, covered, act) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, act);
    case "url":
      return link(covered, act);
    case "bot_command":
      return make("button", { type: "button", className: "command", onclick: () => act.command(covered) });
    case "spoiler": {
      const node = make("span", { className: "spoiler" });
      node.onclick = () => node.classList.add("open");
      return node;
    }
    case "mention":
    case "hashtag":
    case "text_mention":
      return make("span", { className: "mention" });
    default:
      return make(TAGS[entity.type] ?? "span");
  }
}

function link(url, act) {
  if (!isWeb(url)) return make("span", { className: "mention" });
  const node = make("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
  node.onclick = (event) => {
    event.preventDefault();
    act.link(url);
  };
  return node;
}

/** Whether an address may be opened at all: http and https only, never javascript: or data:. */
export function isWeb(url) {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

/** The parameter of https://t.me/<bot>?start=X ("" without one); null for any other address. */
export function startParameter(url, bot) {
  if (!isWeb(url)) return null;
  const parts = new URL(url);
  const ours = ["t.me", "telegram.me"].includes(parts.hostname) && parts.pathname.toLowerCase() === `/${bot.toLowerCase()}`;
  return ours ? (parts.searchParams.get("start") ?? "") : null;
}
