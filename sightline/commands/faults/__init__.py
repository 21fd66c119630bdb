"""Faults that are planted one at a time in a scratch copy, each with the test that must catch it."""
