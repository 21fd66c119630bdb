"""The front-door bench: a large fictional record, and how long its pages take."""
