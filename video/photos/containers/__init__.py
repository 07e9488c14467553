"""Image files before decoding: leave out what a decoder does not need, and bound what it would cost."""
