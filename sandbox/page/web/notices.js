// What is said to the person at the screen: a toast that goes by itself, or a box that waits for OK.

const toast = document.getElementById("toast");
const box = document.getElementById("alert");
let timer;

export function notice(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.hidden = true), 4000);
}

export function alertBox(text) {
  box.querySelector("p").textContent = text;
  box.showModal();
}

/** Send something to the sandbox; what it refuses is shown as a toast, and null comes back. */
export async function post(path, body) {
  const form = body instanceof FormData;
  const request = form ? { body } : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  try {
    const response = await fetch(path, { method: "POST", ...request });
    const answer = await response.json();
    if (response.ok) return answer;
    notice(answer.error);
  } catch {
    notice("The sandbox does not answer.");
  }
  return null;
}
