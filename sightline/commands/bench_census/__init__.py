"""Writing the census from the record and judging it, at two sizes: time, peak memory, and how both grow."""
