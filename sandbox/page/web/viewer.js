// The viewer: a photo opens large, a click or Escape closes it.

const dialog = document.getElementById("viewer");

export function openPhoto(url) {
  dialog.querySelector("img").src = url;
  dialog.showModal();
}

dialog.onclick = () => dialog.close();
