"""The bench of the access rule: what it costs to read behind the fence, and to write down each view."""
