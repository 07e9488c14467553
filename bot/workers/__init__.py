"""The background loops, one a file. A worker finds the rows that are due, and does one step of each."""
