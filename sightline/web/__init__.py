"""Pages: load, permit, one call, render."""
