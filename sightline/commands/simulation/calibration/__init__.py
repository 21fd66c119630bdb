"""What a played authority is like beside England: target, simulated and difference, for each figure that is known."""
