"""The administrators' pages of who can sign in, and where they are signed in now."""
