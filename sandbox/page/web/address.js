// The address says who one is, which chat is open and what is written there, so that a reload and Back keep them.

import { chats, isMember, people, state } from "./state.js";

let draft = "";

const parts = () => new URLSearchParams(location.hash.slice(1));

function hash() {
  const values = new URLSearchParams({ person: state.me, chat: state.open });
  if (state.thread) values.set("topic", state.thread);
  if (draft) values.set("draft", draft);
  return `#${values}`;
}

const place = (values) => ["person", "chat", "topic"].map((name) => values.get(name)).join();

/** Take the person, the chat and the topic from the address, as far as they exist; return the draft. */
export function readAddress() {
  const values = parts();
  const [person, chat] = [Number(values.get("person")), chats.get(Number(values.get("chat")))];
  if (!people.has(person) || !chat || !isMember(chat, person)) return "";
  Object.assign(state, { me: person, open: chat.id, thread: Number(values.get("topic")) || null });
  return values.get("draft") ?? "";
}

/** Write the present place into the address: a new entry of the history if it is another place than before. */
export function writeAddress(text) {
  draft = text;
  const now = hash();
  if (now === location.hash) return;
  const before = parts();
  const isNewPlace = before.size > 0 && place(before) !== place(new URLSearchParams(now.slice(1)));
  history[isNewPlace ? "pushState" : "replaceState"](null, "", now);
}
