"""Conferences and core groups: convened, invited to, held, and what is written to each who was asked."""
