// Completion in the text field: a command after "/", a person's username after "@".

import { avatar, commands, make, openChat, state } from "./state.js";
import { areShown, close, show } from "./suggestions.js";

/** Suggest what completes the text before the caret; `insert` takes the chosen text. */
export function suggest(before, insert) {
  const command = /^\/(\w*)$/.exec(before)?.[1]?.toLowerCase();
  const name = /(?:^|\s)@(\w*)$/.exec(before)?.[1]?.toLowerCase();
  const completions = [
    ...(command === undefined ? [] : commands().filter((one) => one.command.startsWith(command)).map(ofCommand)),
    ...(name === undefined ? [] : accounts().filter((one) => one.username.toLowerCase().startsWith(name)).map(ofAccount)),
  ];
  show(completions.map((one) => toItem(one, insert)));
}

/** Show all commands, or close the list if it is shown. */
export function toggleMenu(insert) {
  if (areShown()) return close();
  show(commands().map((one) => toItem(ofCommand(one), insert)));
}

const toItem = (one, insert) => ({ content: one.content, choose: () => insert(one.text, one.isWhole) });

function ofCommand(command) {
  const content = [make("b", {}, `/${command.command}`), make("span", {}, command.description)];
  return { content, text: `/${command.command}`, isWhole: true };
}

/** Return the accounts that can be mentioned: the other members, and the bot. */
function accounts() {
  const chat = openChat();
  const others = chat.kind === "private" ? [] : chat.people.filter((one) => one.username && one.id !== state.me);
  return [...others, { name: "Kling, in any chat", username: chat.bot, face: "icon.svg" }];
}

function ofAccount(account) {
  const content = [
    avatar(account.name, account.face),
    make("b", {}, account.name),
    make("span", {}, `@${account.username}`),
  ];
  return { content, text: `@${account.username} `, isWhole: false };
}
