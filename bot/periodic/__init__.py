"""What the bot does every now and then: cleanup, balances, the command menu, the heartbeat."""
