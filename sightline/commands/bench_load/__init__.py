"""The bench under load: many who are signed in at once, on a large fictional authority, through the real server."""
