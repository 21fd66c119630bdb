"""Nothing about a person is ever in a log line, whatever goes wrong on a page, in a query or in a job."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test import Client

from sightline.commands.postgres import url
from sightline.kernel.errors import Refusal
from tests.universe import Universe

CANARY = "Qzfamily-in-a-log"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the server's own handlers write, by the formatter and the filters of the settings."""
    written = io.StringIO()
    handlers = {one for name in ("", "django", "procrastinate") for one in logging.getLogger(name).handlers}
    ours = [one for one in handlers if type(one) is logging.StreamHandler]
    assert ours
    before = [one.setStream(written) for one in ours]
    yield written
    for handler, stream in zip(ours, before, strict=True):
        handler.setStream(stream or handler.stream)


@pytest.fixture
def browser(authority: Universe, settings: Any) -> Client:
    """A duty worker's, in which a fault is answered as on the server."""
    from sightline.workforce.models import Account

    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=authority.who("dipa").id))
    return client


def _clash() -> Exception:
    error = IntegrityError(f"duplicate key\nDETAIL:  Key (value)=({CANARY}) already exists.")
    error.__cause__ = ValueError(CANARY)
    return error


@pytest.mark.parametrize("fault", [RuntimeError(CANARY), _clash(), KeyError(CANARY)], ids=["own", "database", "key"])
def test_a_fault_in_a_page_is_logged_by_its_place_and_not_its_words(
    browser: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(**given: object) -> None:
        raise fault

    monkeypatch.setattr("sightline.web.casework.searching.search_people", fail)
    answer = browser.post("/search", {"words": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    said = log.getvalue()
    assert "Internal Server Error: /search" in said
    assert type(fault).__name__ in said
    assert "searching.py" in said
    assert CANARY not in said


def test_a_refusal_that_repeats_what_was_typed_is_shown_and_not_logged(
    browser: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**given: object) -> None:
        raise Refusal(f"We cannot read {CANARY}.")

    monkeypatch.setattr("sightline.web.casework.searching.search_people", refuse)
    assert CANARY in browser.post("/search", {"words": CANARY}).content.decode()
    assert CANARY not in log.getvalue()


def test_a_query_string_is_cut_from_a_request_line(browser: Client, log: io.StringIO) -> None:
    assert browser.get(f"/nowhere?words={CANARY}").status_code == 404
    logging.getLogger("django.request").warning("Bad Request: %s", f"/elsewhere?words={CANARY}")
    logging.getLogger("django.request").warning("Not Found: %s", f"/m/{CANARY}/answer")
    assert "Not Found: /nowhere" in log.getvalue()
    assert "Bad Request: /elsewhere" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_form_without_its_token_is_refused_without_its_words(browser: Client, log: io.StringIO) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post("/search", {"words": CANARY}, headers={"referer": f"http://x/?{CANARY}"}).status_code == 403
    assert "Forbidden" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_job_is_logged_without_its_arguments(log: io.StringIO) -> None:
    logging.getLogger("procrastinate.worker").error(
        "Job send_message[7](words='%s') failed", CANARY, extra={"job": {"task_kwargs": {"words": CANARY}}}
    )
    assert "the job queue reports" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_statement_and_its_parameters_are_not_logged(log: io.StringIO) -> None:
    logging.getLogger("django.db.backends").error("(%.3f) %s; args=%s", 0.1, "SELECT", CANARY)
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_the_embedded_database_logs_no_value() -> None:
    if not url.is_embedded():
        # What a server of somebody else's logs is set by its administrator, as the operator's guide says.
        return
    wanted = {"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0",
              "log_error_verbosity": "terse", "log_min_error_statement": "panic", "log_statement": "none"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(wanted)])
        assert dict(cursor.fetchall()) == wanted
