// What the page knows: people, the chats with their messages, who one currently is, and which chat is open.

export const people = new Map();
export const chats = new Map();
/** `me`: the id of the current person. `open`: that of the open chat. `thread`: that of its topic, null for General. */
export const state = { me: null, open: null, thread: null };

export const openChat = () => chats.get(state.open);
export const me = () => people.get(state.me);
export const isMember = (chat, person) => chat.people.some((member) => member.id === person);
export const myChats = () => [...chats.values()].filter((chat) => isMember(chat, state.me));

/** Update the people. The first one is the current person at the beginning. */
export function updatePeople(list) {
  for (const person of list) people.set(person.id, person);
  state.me ??= list[0]?.id;
}

/** Update the chats, but keep their messages and unread counts. */
export function updateChats(list) {
  for (const description of list) {
    const chat = chats.get(description.id) ?? { messages: new Map(), unread: new Map() };
    chats.set(description.id, Object.assign(chat, description));
  }
  state.open ??= myChats()[0]?.id;
}

/** Return true if a message is in the open chat, and in the open topic if the chat has topics. */
export function inView(message) {
  const chat = openChat();
  return message.chat === chat.id && (chat.topics.length === 0 || message.thread === state.thread);
}

/** Return how many messages a person has not read. */
export const unreadCount = (chat, person) => (isMember(chat, person) ? (chat.unread.get(person) ?? 0) : 0);

/** Return the bot's commands for the current person in this chat. */
export function commands(chat = openChat()) {
  if (!chat.bot_inside) return [];
  return chat.admins.includes(state.me) && chat.admin_commands.length ? chat.admin_commands : chat.commands;
}

/** Make an element with properties and children: make("b", { className: "x" }, "text"). Text never becomes HTML. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Format a Unix time in seconds as hours and minutes. */
export const formatTime = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

/** Make a round picture of a person, or of the first letter of a name. */
export function avatar(name, picture) {
  if (picture) return make("img", { className: "avatar", src: picture, alt: "" });
  const [first] = new Intl.Segmenter().segment(name || "?");
  const letter = make("span", { className: "avatar", ariaHidden: "true" }, first.segment);
  letter.dataset.hue = String([...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % 5);
  return letter;
}

/** Make the round picture of a chat; the chat with the bot has the bot's. */
export const chatAvatar = (chat) => avatar(chat.title, chat.kind === "private" ? "icon.svg" : null);

/** Describe a message in one line: its text, or its kind. */
export function summary(message) {
  const kind = message.media?.kind ?? "";
  return message.event ?? (message.text || kind.charAt(0).toUpperCase() + kind.slice(1));
}
