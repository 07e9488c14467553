// The button that leads to the newest message, with the count of those that came while one read older ones.

const log = document.getElementById("log");
const button = document.getElementById("newest");
let missed = 0;

/** Show the button while the end isn't in view; `isNew` counts a message that came meanwhile. */
export function updateNewest(atEnd, isNew = false) {
  missed = atEnd ? 0 : missed + Number(isNew);
  button.hidden = atEnd;
  button.querySelector("b").textContent = missed ? String(missed) : "";
  button.setAttribute("aria-label", missed ? `To the newest message, ${missed} new` : "To the newest message");
}

button.onclick = () => {
  log.scrollTo({ top: log.scrollHeight });
  log.focus();
};
