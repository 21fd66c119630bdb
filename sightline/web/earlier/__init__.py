"""What an earlier system recorded, on the pages of a child; and going on here with what it left open."""
