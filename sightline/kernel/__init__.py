"""Dates and working days, references, and errors: what every room stands on."""
