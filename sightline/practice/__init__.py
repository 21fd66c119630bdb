"""The practice model as data: forms, decisions, timescales, letters and codes."""
