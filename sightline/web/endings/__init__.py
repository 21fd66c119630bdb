"""Ending an involvement: everything that is open, and a manager who answers for it."""
