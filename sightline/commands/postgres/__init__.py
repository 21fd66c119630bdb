"""The database as the terminal sees it: the embedded server's life, the roles, the address."""
