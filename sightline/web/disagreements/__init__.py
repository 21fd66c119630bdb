"""The pages of a disagreement between professionals: raising it, adding to it, taking it further, its end."""
