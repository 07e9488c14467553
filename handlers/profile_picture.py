"""A person's profile picture, as far as their privacy settings let the bot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest

from storage import Photo

if TYPE_CHECKING:
    from telegram import Bot


async def profile_picture(bot: Bot, person_id: int) -> Photo | None:
    """The newest one in its largest size; None where there is none, or none that the bot may see.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    try:
        pictures = await bot.get_user_profile_photos(person_id, limit=1)
    except BadRequest:  # nobody whom the bot knows
        return None
    sizes = pictures.photos[0] if pictures.photos else ()
    if not sizes:
        return None
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Photo(largest.file_id, largest.file_size)
