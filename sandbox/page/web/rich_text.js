// Texts with Bot API entities as DOM nodes. Offsets are in UTF-16 code units, like those of JavaScript's strings.

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

/** Return the nodes of a text. `actions` handles clicks: openLink(url), sendCommand(text). */
export function richText(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween(text, sorted, 0, text.length, actions);
}

function nodesBetween(text, entities, from, to, actions) {
  const nodes = document.createDocumentFragment();
  let position = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    if (entity.offset < position) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const node = entityElement(entity, text.slice(entity.offset, end), actions);
    node.append(nodesBetween(text, entities, entity.offset, end, actions));
    nodes.append(text.slice(position, entity.offset), node);
    position = end;
  }
  nodes.append(text.slice(position, to));
  return nodes;
}

function entityElement(entity, covered, actions) {
  switch (entity.type) {
    case "text_link":
      return linkElement(entity.url, actions);
    case "url":
      return linkElement(covered, actions);
    case "bot_command":
      return make("button", { type: "button", className: "command", onclick: () => actions.sendCommand(covered) });
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

function linkElement(url, actions) {
  if (!isWebUrl(url)) return make("span", { className: "mention" });
  const node = make("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
  node.onclick = (event) => {
    event.preventDefault();
    actions.openLink(url);
  };
  return node;
}

/** Return true if a URL may be opened: http and https only, never javascript: or data:. */
export function isWebUrl(url) {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

/** Return the parameter of https://t.me/<bot>?start=X ("" if there is none), or null for any other URL. */
export function startParameter(url, bot) {
  if (!isWebUrl(url)) return null;
  const parts = new URL(url);
  const isBot = ["t.me", "telegram.me"].includes(parts.hostname) && parts.pathname.toLowerCase() === `/${bot.toLowerCase()}`;
  return isBot ? (parts.searchParams.get("start") ?? "") : null;
}
