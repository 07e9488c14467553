"""A fake Telegram and fake video services over real HTTP, for `make demo` and for the tests."""
