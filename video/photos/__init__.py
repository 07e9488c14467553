"""Photos made fit for the services."""
