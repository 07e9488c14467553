// What the page knows: who one may be, the chats with their messages, and which one is open for whom.

export const people = new Map();
export const chats = new Map();
/** `me`: the person whom one is. `open`: the chat. `thread`: the topic in it, null for General. */
export const state = { me: null, open: null, thread: null };

export const openChat = () => chats.get(state.open);
export const me = () => people.get(state.me);
export const isIn = (chat, person) => chat.people.some((one) => one.id === person);
export const myChats = () => [...chats.values()].filter((chat) => isIn(chat, state.me));

/** Take in who there is; the first is who one is at the beginning. */
export function meet(list) {
  for (const person of list) people.set(person.id, person);
  state.me ??= list[0]?.id;
}

/** Take in the chats' descriptions; their messages, and what nobody has read, stay. */
export function describe(list) {
  for (const description of list) {
    const known = chats.get(description.id) ?? { messages: new Map(), unread: new Map() };
    chats.set(description.id, Object.assign(known, description));
  }
  state.open ??= myChats()[0]?.id;
}

/** Whether a message stands in what is open: the chat, and the topic where it has topics. */
export function inView(message) {
  const chat = openChat();
  return message.chat === chat.id && (chat.topics.length === 0 || message.thread === state.thread);
}

/** What somebody has not read. */
export const unread = (chat, person) => (isIn(chat, person) ? (chat.unread.get(person) ?? 0) : 0);

/** The bot's commands for whom one is, in this chat. */
export function commands(chat = openChat()) {
  if (!chat.bot_inside) return [];
  return chat.admins.includes(state.me) && chat.admin_commands.length ? chat.admin_commands : chat.commands;
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
  const [first] = new Intl.Segmenter().segment(name || "?");
  const letter = make("span", { className: "face", ariaHidden: "true" }, first.segment);
  letter.dataset.hue = String([...name].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % 5);
  return letter;
}

/** The round picture of a chat: the bot's for the one with the bot. */
export const chatFace = (chat) => face(chat.title, chat.kind === "private" ? "icon.svg" : null);

/** A message in one line: its words, or what it is. */
export function summary(message) {
  const kind = message.media?.kind ?? "";
  return message.event ?? (message.text || kind.charAt(0).toUpperCase() + kind.slice(1));
}
