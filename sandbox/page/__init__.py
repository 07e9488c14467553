"""A page with a chat in it, to try the bot by hand: what people do in it goes to the pretend Telegram."""

from sandbox.page.app import build
from sandbox.page.launch import PortUnavailable, serve_page
from sandbox.page.people import enter

__all__ = ["PortUnavailable", "build", "enter", "serve_page"]
