"""After commit: work for the outside world, enqueued in the transaction of the act it follows."""

from typing import Any

from procrastinate.tasks import Task


def after_commit(task: Task[..., Any, Any], **arguments: Any) -> None:
    """Enqueue a job that runs once this transaction has committed, and never if it does not.

    Arguments are keys only: a job's row is read by operators, so it never holds a name or words.
    """
    task.defer(**{name: str(value) for name, value in arguments.items()})
