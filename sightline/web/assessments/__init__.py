"""The living assessment: its parts, evidence, signing, and the version for the family."""
