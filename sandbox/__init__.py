"""The pretend world over real HTTP: a Telegram and a video service, for `make demo` and for the tests."""
