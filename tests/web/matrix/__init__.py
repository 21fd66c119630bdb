"""Every address, method and persona: the table, the world it is asked in, and the asking."""
