"""The worker of the stories: the product's own, without the clock's jobs.

What the clock does depends on the hour and the day of the week; it has tests of its own. Here the
front door hands over by hand, so that the story is the same at noon on a Tuesday and on a Sunday night.
"""

import django


def run() -> None:
    """Does the jobs that pages ask for, until it is told to stop."""
    django.setup()
    from procrastinate.contrib.django import app

    ready = app.with_connector(app.connector.get_worker_connector())
    ready.periodic_registry.periodic_tasks.clear()
    ready.run_worker(concurrency=1)
