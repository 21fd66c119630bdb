"""Pages of casework: my day, the team, the record, searching, and recording."""
