"""What the department asks for: census files read, judged and staged."""
