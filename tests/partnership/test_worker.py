"""The queue itself: enqueued with the act, run by the real worker, and not enqueued when the act is undone."""

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.doorway.acts import acting
from sightline.partnership.queries import get_message_status
from tests.conftest import Mailbox
from tests.partnership.conftest import Desk


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_was_committed(desk: Desk, mailbox: Mailbox) -> None:
    message = desk.compose().message
    worker = app.connector.get_worker_connector()
    with app.replace_connector(worker) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["mail"])
    assert len(mailbox.letters_to("lead@weir.example")) == 1
    with acting(desk.tom.id):
        assert get_message_status(message) == "delivered"


def test_what_is_undone_is_never_sent(desk: Desk) -> None:
    with transaction.atomic():
        desk.compose()
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
