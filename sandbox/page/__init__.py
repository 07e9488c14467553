"""A web page with a chat client, to try the bot by hand: what people do there goes to the fake Telegram."""

from sandbox.page.app import create_app
from sandbox.page.launch import PortUnavailable, serve_page
from sandbox.page.people import add_demo_people, operator_of

__all__ = ["PortUnavailable", "add_demo_people", "create_app", "operator_of", "serve_page"]
