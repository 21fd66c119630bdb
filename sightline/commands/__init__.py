"""The terminal's door: one module for each word of `./run`."""
