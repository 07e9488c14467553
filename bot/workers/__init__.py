"""One worker a file: each finds the rows that are due, and does one step."""
