// Toasts that disappear by themselves, alerts that wait for OK, and requests whose errors are shown as toasts.

const toast = document.getElementById("toast");
const dialog = document.getElementById("alert");
const TOAST_MS = 4000;
let timer;

export function showToast(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.hidden = true), TOAST_MS);
}

export function showAlert(text) {
  dialog.querySelector("p").textContent = text;
  dialog.showModal();
}

/** Post JSON or a form to the sandbox; return its response. On an error, show it as a toast and return null. */
export async function post(path, body) {
  const isForm = body instanceof FormData;
  const request = isForm ? { body } : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  try {
    const response = await fetch(path, { method: "POST", ...request });
    const result = await response.json();
    if (response.ok) return result;
    showToast(result.error);
  } catch {
    showToast("The sandbox does not answer.");
  }
  return null;
}
