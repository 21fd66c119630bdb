"""Before court: pre-proceedings of a child, what is owed, and one form for each thing that happens next."""
