"""The bench of conferences and of what stands on the record of a child who is protected."""
