"""All named benches, one after another, as one table and one page."""
