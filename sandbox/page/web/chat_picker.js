// The choice of a chat that a button asks for (Bot API: SwitchInlineQueryChosenChat).

import { chatAvatar, make, myChats } from "./state.js";

const dialog = document.getElementById("chat-picker");

/** Offer the chats that the button allows; call `choose` with the id of the chosen one. */
export function pickChat(button, choose) {
  const allowed = button.switch_inline_query_chosen_chat ?? {};
  const groupsOnly = allowed.allow_group_chats && !allowed.allow_bot_chats;
  const chats = myChats().filter((chat) => chat.kind !== "private" || !groupsOnly);
  dialog.querySelector("div").replaceChildren(
    ...chats.map((chat) => make("button", { value: String(chat.id) }, chatAvatar(chat), chat.title)),
  );
  dialog.returnValue = "";
  // Only when the dialog is closed: while it is open, nothing else takes the focus.
  dialog.onclose = () => dialog.returnValue && choose(Number(dialog.returnValue));
  dialog.showModal();
}
