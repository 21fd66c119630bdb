"""The bench of visits, the assessment and my day, on the same large fictional record as the front door's."""
