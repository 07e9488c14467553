// What the page knows: the chats with their messages, which one is open, and who speaks in it.

export const chats = new Map();
export const state = { open: null };

export const openChat = () => chats.get(state.open);
export const speaker = (chat = openChat()) => chat.people.find((person) => person.id === chat.speaker);

/** Take in the chats' descriptions; messages and the choice of the speaker stay. */
export function describe(descriptions) {
  for (const description of descriptions) {
    const known = chats.get(description.id) ?? { messages: new Map(), unread: 0, speaker: description.people[0]?.id };
    chats.set(description.id, Object.assign(known, description));
  }
  state.open ??= descriptions[0]?.id;
}

/** An element with properties and children: make("b", { className: "x" }, "text"). Text never becomes HTML. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

/** A round picture of a person, or of a name's first letter. */
export function face(name, picture) {
  if (picture) return make("img", { className: "face", src: picture, alt: "" });
  const letter = make("span", { className: "face", ariaHidden: "true" }, [...name][0] ?? "?");
  letter.dataset.hue = String([...name].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % 5);
  return letter;
}

/** A message in one line: its words, or what it is. */
export function summary(message) {
  const kind = message.media?.kind ?? "";
  return message.text || kind.charAt(0).toUpperCase() + kind.slice(1);
}
