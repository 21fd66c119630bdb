"""Sightline: the record of a child in need of help or protection."""

__version__ = "0.1.0"
