"""The product beside what the same might be done with instead, in one run on one machine."""
