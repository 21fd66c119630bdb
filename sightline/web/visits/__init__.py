"""Visits and appointments: planned, recorded, and a family's own account."""
