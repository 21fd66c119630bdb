"""The pages of the front door: taking a contact, deciding it, and telling whoever raised it."""
