"""What people do and see in chats: messages, buttons, inline mode."""
