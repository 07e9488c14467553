// The choice of who one is, as if each person's phone lay on the table: with what that person has not read.

import { chats, face, make, people, state, unread } from "./state.js";

const field = document.getElementById("people");

/** Draw the choice; `be` is called with the id of the person who is chosen. */
export function drawPeople(be) {
  const had = field.contains(document.activeElement);
  field.querySelectorAll("label").forEach((label) => label.remove());
  field.append(...[...people.values()].map((person) => choice(person, be)));
  if (had) field.querySelector(":checked").focus();
}

function choice(person, be) {
  const checked = person.id === state.me;
  const radio = make("input", { type: "radio", name: "me", value: String(person.id), checked });
  radio.setAttribute("aria-label", person.name);
  radio.onchange = () => be(person.id);
  const waiting = [...chats.values()].some((chat) => unread(chat, person.id)) && !checked;
  const dot = make("span", { className: "dot", title: `${person.name} has something to read`, hidden: !waiting });
  return make("label", {}, radio, face(person.name, person.face), make("span", {}, person.name), dot);
}
