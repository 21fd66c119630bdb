"""An authority's own change, as the page in the handbook tells it: checked, shown, proposed, published, answered."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.audit.models import Event
from sightline.commands import practice, previewed, signing
from sightline.commands.__main__ import main
from sightline.commands.demonstration.authority import PASSWORD
from sightline.doorway.acts import acting
from sightline.doorway.models import Draft
from sightline.kernel.dates import local_day
from sightline.kernel.errors import Refusal
from sightline.practice.models import ProposedPack, PublishedPack
from sightline.record.models import Entry
from tests.universe import Universe
from tests.web.casework.conftest import _signed_in
from tests.web.front_door.desk import begin, press, typed_in

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "change-a-form.md"
HELEN, ANNA, DIPA = (f"{name}@hallowby.example" for name in ("helen.marsh", "anna.kowalczyk", "dipa.chaudhry"))
ANIMALS = "Are there animals at home that a visitor should know of?"
WHICH = "Which animals, and where are they kept?"


def example() -> str:
    """The overlay that the page has its reader write."""
    found = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    file = tmp_path / "hallowby-2026.toml"
    file.write_text(example(), "utf-8")
    return file


@pytest.fixture
def at_the_terminal(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """Commands against the test's own database; what is asked for is answered from this list, else rightly."""
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    given: list[str] = []
    monkeypatch.setattr(practice, "database", nullcontext)

    def answer(prompt: str) -> str:
        return given.pop(0) if given else PASSWORD if prompt.startswith("Password") else "000000"

    monkeypatch.setattr(signing, "getpass", answer)
    return given


def run(*words: str | Path) -> int:
    return main(["practice", *map(str, words)])


def today() -> str:
    return local_day(datetime.now(UTC)).isoformat()


def test_checking_needs_no_database_and_says_every_fault_with_its_remedy(
    tmp_path: Path, overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", overlay) == 0
    assert "is sound" in capsys.readouterr().out
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(example().replace('section = "family"', 'section = "nowhere"').replace('"fears"', '"feers"'))
    assert run("check", wrong) == 1
    said = capsys.readouterr().err
    assert said.count("How to mend it:") == said.count("What is wrong:") == 3
    assert "3 to mend" in said


def test_what_it_does_to_its_base_is_said_in_words_without_a_database(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", overlay, "--base") == 0
    said = capsys.readouterr().out
    assert said.index("Adds:") < said.index("animals") < said.index("Rewords:")
    assert "Breaks" not in said


def test_the_page_of_the_handbook_holds_from_nothing_to_an_answer_on_the_record(
    two_families: Universe, overlay: Path, at_the_terminal: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = two_families.story.contacts
    rosie = two_families.person("Rosie Penhallow")
    assert run("propose", overlay, "--as", HELEN, "--why", "Two visitors were bitten", "--from", today()) == 0
    assert run("publish", "hallowby-2026", "--as", HELEN) == 1
    assert "Ask a colleague" in capsys.readouterr().err
    assert run("publish", "hallowby-2026", "--as", ANNA) == 0
    said = capsys.readouterr().out
    assert "Two visitors were bitten" in said
    assert "Published by Anna Kowalczyk: hallowby-2026 version 1" in said

    client = _signed_in(two_families, "dipa")
    fields = _told(client, rosie, two_families)
    refused = press(client, fields | {"own-animals": "yes"}, record="record").content.decode()
    assert f"Answer “{WHICH}”." in refused
    answered = typed_in(refused) | {"own-animals": "yes", "own-animals_words": "Two dogs, in the yard"}
    assert answered["saw_or_heard"] == "Alone in the park again."
    assert press(client, answered, record="record").status_code == 302

    entry = Entry.objects.get(id=fields["key"])
    assert entry.answers == {"animals": "yes", "animals_words": "Two dogs, in the yard"}
    assert entry.form == "hallowby-2026:1"
    _is_shown(client.get(reverse("contact", args=[entry.id])).content.decode())
    _is_shown(client.get(reverse("person-timeline", args=[rosie])).content.decode())
    # What was written before stands as it was written.
    older = client.get(reverse("contact", args=[next(iter(before.values()))]))
    assert older.status_code == 404 or ANIMALS not in older.content.decode()


def _is_shown(page: str) -> None:
    assert ANIMALS in page
    assert "Two dogs, in the yard" in page


def _told(client: Client, child: UUID, told: Universe) -> dict[str, Any]:
    fields = begin(client)
    page = press(client, fields, add=str(child)).content.decode()
    assert ANIMALS in page
    fields = typed_in(page)
    fields |= {name: "not_asked" for name in fields if name.endswith("-knows")}
    fields |= dict.fromkeys(re.findall(r'name="(h[^"]*-knows)"', page), "not_asked")
    fields |= dict.fromkeys(re.findall(r'name="(h[^"]*-why)"', page), "They could not be reached")
    return fields | {
        "who": f"post:{told.mailbox('school-lead')}", "saw_or_heard": "Alone in the park again.",
        "fears": "That she is lost.", "danger_now": "no",
    }  # fmt: skip


def test_a_preview_is_of_the_real_pages_in_one_file_and_saves_nothing_but_the_look(
    two_families: Universe, overlay: Path, tmp_path: Path, at_the_terminal: list[str]
) -> None:
    out = tmp_path / "seen.html"
    assert run("preview", overlay, "--child", "Rosie Penhallow", "--as", DIPA, "--out", out) == 0
    page = out.read_text("utf-8")
    assert page.count("Preview of “How Hallowby works, 2026”") > 3
    assert "which is not published, as Dipa Chaudhry would see it" in page
    assert ANIMALS in page
    assert "at Hallowby we then ring them back" in page
    assert re.findall(r'(?:src|href|action)="(?!#)[^"]*"', page) == []
    assert "csrfmiddlewaretoken" not in page
    assert out.stat().st_mode & 0o077 == 0
    assert not Draft.objects.exists()
    assert not PublishedPack.objects.exclude(base_key="").exists()
    assert not ProposedPack.objects.exists()
    look = Event.objects.filter(what="practice_preview").get()
    assert look.actor == two_families.who("dipa").id


def test_a_child_whom_the_account_may_not_see_is_not_previewed(
    two_families: Universe, overlay: Path, tmp_path: Path, at_the_terminal: list[str]
) -> None:
    out = tmp_path / "seen.html"
    for child in ("Rosie Penhallow", str(two_families.person("Rosie Penhallow"))):
        assert run("preview", overlay, "--child", child, "--as", ANNA, "--out", out) == 1
    assert not out.exists()


def test_a_child_who_is_only_called_alike_is_not_previewed(
    two_families: Universe, overlay: Path, tmp_path: Path, at_the_terminal: list[str]
) -> None:
    out = tmp_path / "seen.html"
    assert run("preview", overlay, "--child", "Rosie Penhalow", "--as", DIPA, "--out", out) == 1
    assert not out.exists()


def test_three_wrong_passwords_or_codes_do_nothing(
    two_families: Universe, overlay: Path, at_the_terminal: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    at_the_terminal += ["wrong", "000000", PASSWORD, "123456", "wrong", "000000"]
    assert run("propose", overlay, "--as", HELEN, "--why", "Why", "--from", today()) == 1
    assert "Three times not right" in capsys.readouterr().err
    assert not ProposedPack.objects.exists()
    with acting(two_families.who("helen").id):
        # Of the three, the one with her password and another's code; nobody's own are in nobody's list.
        assert Event.objects.filter(kind=Event.Kind.REFUSED, what="sign_in").count() == 1


def test_somebody_without_the_right_is_refused_though_they_sign_in(
    two_families: Universe, overlay: Path, at_the_terminal: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("propose", overlay, "--as", DIPA, "--why", "Why", "--from", today()) == 1
    assert "service manager or an administrator" in capsys.readouterr().err


def test_the_list_says_what_is_in_force_and_what_waits(
    two_families: Universe, overlay: Path, at_the_terminal: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("propose", overlay, "--as", HELEN, "--why", "Two visitors were bitten", "--from", today()) == 0
    capsys.readouterr()
    assert run("list") == 0
    said = capsys.readouterr().out
    assert "In force today: “England 2023" in said or "england-2023 version 1" in said
    assert "proposed by Helen Marsh: Two visitors were bitten" in said
    assert run("withdraw", "hallowby-2026", "--as", ANNA, "--why", "Not yet") == 0
    run("list")
    assert "Waiting to be published:\n  nothing" in capsys.readouterr().out


def test_an_account_that_is_closed_does_not_sign_in(two_families: Universe, at_the_terminal: list[str]) -> None:
    with pytest.raises(Refusal, match="Three times not right"):
        signing.sign_in("callum.reid@hallowby.example", at=datetime.now(UTC))


def test_a_page_in_the_file_leads_nowhere() -> None:
    shown = previewed.Shown(
        "A page", '<main id="m"><form action="/x"><a href="/people/1">x</a><script>1</script></form></main>'
    )
    file = previewed.one_file([shown], said="A preview", title="Preview")
    assert "/people/1" not in file
    assert "<script" not in file
    assert 'id="p1-m"' in file
