"""A fictional authority played forward in time, event by event.

A place (`place`) lives: children are born, families form, part and move. Some of it comes to notice, and
the service (`service`) does with it what a children's service does, through the product's own operations
and as the worker whose turn it is. What is put in stands in `rates.toml`; what comes out of it, how long
things take and who comes back, is compared with England's figures (`./run simulate report`).

Everybody in it is invented.
"""
