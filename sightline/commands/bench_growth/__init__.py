"""What becomes of every page and every command as the authority grows tenfold, and tenfold again."""
