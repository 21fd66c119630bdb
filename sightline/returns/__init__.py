"""What the department asks for: census files read, judged, brought in and written."""
