// The choice of a chat that a button asks for (Bot API: SwitchInlineQueryChosenChat).

import { chatFace, make, myChats } from "./state.js";

const dialog = document.getElementById("picker");

/** Let one of the chats be chosen that the button's key allows; `choose` is called with its id. */
export function pickChat(key, choose) {
  const wanted = key.switch_inline_query_chosen_chat ?? {};
  const groupsOnly = wanted.allow_group_chats && !wanted.allow_bot_chats;
  const chats = myChats().filter((chat) => chat.kind !== "private" || !groupsOnly);
  dialog.querySelector("div").replaceChildren(
    ...chats.map((chat) => make("button", { value: String(chat.id) }, chatFace(chat), chat.title)),
  );
  dialog.returnValue = "";
  // Once it is closed: while it is open, nothing else takes the focus.
  dialog.onclose = () => dialog.returnValue && choose(Number(dialog.returnValue));
  dialog.showModal();
}
