"""What the product costs: time from an empty folder to the first page, start-up, memory, and disk."""
