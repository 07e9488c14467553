// The choice of the current person, with a dot for those who have unread messages.

import { avatar, chats, make, people, state, unreadCount } from "./state.js";

const fieldset = document.getElementById("people");

/** Draw the choice; `switchTo` is called with the id of the chosen person. */
export function drawPeople(switchTo) {
  const hadFocus = fieldset.contains(document.activeElement);
  fieldset.querySelectorAll("label").forEach((label) => label.remove());
  fieldset.append(...[...people.values()].map((person) => option(person, switchTo)));
  if (hadFocus) fieldset.querySelector(":checked").focus();
}

function option(person, switchTo) {
  const checked = person.id === state.me;
  const radio = make("input", { type: "radio", name: "me", value: String(person.id), checked });
  radio.setAttribute("aria-label", person.name);
  radio.onchange = () => switchTo(person.id);
  const hasUnread = [...chats.values()].some((chat) => unreadCount(chat, person.id)) && !checked;
  const dot = make("span", { className: "dot", title: `${person.name} has something to read`, hidden: !hasUnread });
  return make("label", {}, radio, avatar(person.name, person.face), make("span", {}, person.name), dot);
}
