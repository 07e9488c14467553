"""The bot to be measured against: PTB as its documentation shows it, polling with its defaults, one command.

It keeps nothing: an update that was fetched and not answered is lost when the process ends.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes


def main() -> None:
    """Answer /help with what the file `ANSWER_FILE` holds, until a signal comes."""
    answer = json.loads(Path(os.environ["ANSWER_FILE"]).read_text("utf-8"))
    text, markup = answer["text"], InlineKeyboardMarkup.de_json(answer["reply_markup"], None)

    async def help_(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_html(text, reply_markup=markup, do_quote=True)

    url = os.environ["TELEGRAM_API_URL"]
    application = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{url}/bot").build()
    application.add_handler(CommandHandler("help", help_))
    application.run_polling()


if __name__ == "__main__":
    main()
