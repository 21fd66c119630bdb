"""A quarter of fictional views of records, with a few workers among many who look at what is not theirs."""
