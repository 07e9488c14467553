// What may come next in the text: a command after "/", somebody's name after "@".

import { areOffered, close, offer } from "./offers.js";
import { commands, face, make, openChat, state } from "./state.js";

/** Offer what begins like the text before the caret; `put` takes the text that is picked. False: nothing fits. */
export function hint(before, put) {
  const command = /^\/(\w*)$/.exec(before)?.[1]?.toLowerCase();
  const name = /(?:^|\s)@(\w*)$/.exec(before)?.[1]?.toLowerCase();
  const fitting = [
    ...(command === undefined ? [] : commands().filter((one) => one.command.startsWith(command)).map(ofCommand)),
    ...(name === undefined ? [] : named().filter((one) => one.username.toLowerCase().startsWith(name)).map(ofPerson)),
  ];
  offer(fitting.map((one) => ({ inside: one.inside, pick: () => put(one.text, one.whole) })));
  return fitting.length > 0;
}

/** Show all commands, or none if something is shown. */
export function toggleMenu(put) {
  if (areOffered()) return close();
  offer(commands().map(ofCommand).map((one) => ({ inside: one.inside, pick: () => put(one.text, one.whole) })));
}

function ofCommand(one) {
  const inside = [make("b", {}, `/${one.command}`), make("span", {}, one.description)];
  return { inside, text: `/${one.command}`, whole: true };
}

function named() {
  const chat = openChat();
  const others = chat.kind === "private" ? [] : chat.people.filter((one) => one.username && one.id !== state.me);
  return [...others, { name: "Kling, in any chat", username: chat.bot, face: "icon.svg" }];
}

function ofPerson(one) {
  const inside = [face(one.name, one.face), make("b", {}, one.name), make("span", {}, `@${one.username}`)];
  return { inside, text: `@${one.username} `, whole: false };
}
