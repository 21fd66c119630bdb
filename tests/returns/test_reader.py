"""What cannot be read is refused with a sentence and a line; nothing else ever fails."""

import http.server
import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.kernel.errors import Refusal
from sightline.returns.cin import Unreadable, judge, open_census
from sightline.returns.cin.stream import MOST_BYTES
from tests.returns.census import assessment, child, enquiry, episode, make_file, protection

GOOD = make_file(child(episode(assessment(), enquiry(), protection())), child(number="C2"))


def _read(file):
    return judge(open_census(file))


def _refused(file) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        _read(file)
    assert isinstance(caught.value, Refusal)
    assert caught.value.message.endswith((".", "”."))
    return caught.value


def _with_doctype(declarations, use=""):
    head = f'<?xml version="1.0"?>\n<!DOCTYPE Message [{declarations}]>\n'.encode()
    return head + GOOD.replace(b"WBRI", f"WBRI{use}".encode(), 1)


def test_a_good_file_is_read_with_its_lines():
    census = open_census(GOOD)
    first, second = census.children()
    lines = GOOD.decode().splitlines()
    assert (first.id, second.id) == ("C1", "C2")
    assert lines[first.line - 1] == "<Child>"
    assert lines[first.identifiers.birth_date.line - 1].startswith("<PersonBirthDate>")
    assert (census.year.number, census.authority) == (2027, "845")


def test_an_external_entity_on_disk_is_refused(tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    path = (tmp_path / "secret").as_uri()
    error = _refused(_with_doctype(f'<!ENTITY x SYSTEM "{path}">', "&x;"))
    assert "secret" not in error.message
    assert error.line == 2


def test_nothing_is_ever_fetched():
    asked = []

    class Ears(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    server = http.server.HTTPServer(("127.0.0.1", 0), Ears)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        at = f"http://127.0.0.1:{server.server_port}"
        _refused(_with_doctype(f'<!ENTITY x SYSTEM "{at}/entity">', "&x;"))
        _refused(_with_doctype(f'<!ENTITY % x SYSTEM "{at}/parameter"> %x;'))
        _refused(f'<!DOCTYPE Message SYSTEM "{at}/dtd">'.encode() + GOOD)
        _read(
            GOOD.replace(
                b"<Message>",
                b'<Message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                b'xsi:noNamespaceSchemaLocation="%b/schema">' % at.encode(),
            )
        )
        _read(b'<?xml-stylesheet href="%b/style"?>' % at.encode() + GOOD)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


_LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("file", "says"),
    {
        "billion laughs": (_with_doctype(_LAUGHS, "&a9;"), "document type"),
        "quadratic blow-up": (
            _with_doctype(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 5_000),
            "document type",
        ),
        "a document type alone": (b"<!DOCTYPE Message>" + GOOD, "document type"),
        "an entity nobody declared": (GOOD.replace(b"WBRI", b"&x;"), "well-formed"),
        "deep nesting": (b"<Message>" + b"<Header>" * 100_000, "too deep"),
        "deep inside a child": (GOOD.replace(b"<Sex>M</Sex>", b"<Sex>" * 40), "too deep"),
        "a huge attribute": (
            GOOD.replace(b"<Child>", b'<Child a="' + b"a" * 3_000_000 + b'">', 1),
            "no end within reach",
        ),
        "a long attribute": (
            GOOD.replace(b"<Child>", b'<Child a="' + b"a" * 5_000 + b'">', 1),
            "far too long",
        ),
        "many attributes": (
            GOOD.replace(b"<Child>", b"<Child " + b" ".join(b'a%d=""' % n for n in range(50)) + b">", 1),
            "too many attributes",
        ),
        "a huge name": (b"<" + b"a" * 3_000_000 + b">", "no end within reach"),
        "a huge comment": (b"<!--" + b"a" * 3_000_000, "no end within reach"),
        "a huge value": (GOOD.replace(b"WBRI", b"W" * 5_000), "far too long"),
        "a child without end": (
            GOOD.replace(b"<Sex>M</Sex>", b"<Sex>M</Sex>" * 30_000, 1),
            "far more than",
        ),
        "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>' + GOOD, "encoding"),
        "UTF-7 hiding a document type": (
            b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE Message+AD4-' + GOOD,
            "encoding",
        ),
        "EBCDIC": (b'<?xml version="1.0" encoding="cp037"?>' + GOOD, "encoding"),
        "UTF-32": (GOOD.decode().encode("utf-32"), "well-formed"),
        "not the encoding it declares": (
            b'<?xml version="1.0" encoding="UTF-8"?>' + GOOD.replace(b"WBRI", b"\xff\xfe"),
            "well-formed",
        ),
        "truncated": (GOOD[: len(GOOD) // 2], "well-formed"),
        "more after the end": (GOOD + GOOD, "well-formed"),
        "empty": (b"", "well-formed"),
        "nought bytes": (b"\0" * 10_000, "well-formed"),
        "a spreadsheet": (b"PK\x03\x04" + b"\0" * 100, "well-formed"),
        "another root": (b"<html><body/></html>", "not a Children in Need census"),
        "no head": (b"<Message><Children/></Message>", "no Header"),
        "the head last": (
            b"<Message><Children><Child/></Children><Header/></Message>",
            "before its children",
        ),
        "another collection": (GOOD.replace(b">CIN<", b">SC<"), "Collection is not CIN"),
        "a year to come": (make_file(child(), year=2028), "2022 to 2027"),
        "a year gone by": (make_file(child(), year=2021), "2022 to 2027"),
        "no year": (GOOD.replace(b"<Year>2027</Year>", b""), "2022 to 2027"),
        "no reference date": (
            GOOD.replace(b"<ReferenceDate>2027-03-31</ReferenceDate>", b""),
            "no reference date",
        ),
        "not a reference date": (make_file(child(), reference_date="31/03/2027"), "reference date"),
        "a child without an id": (make_file(child(), child(LAchildID=None)), "no LAchildID"),
        "an empty id": (make_file(child(LAchildID=" ")), "no LAchildID"),
        "a child without identifiers": (
            GOOD.replace(b"</Children>", b"<Child/></Children>"),
            "no LAchildID",
        ),
    }.values(),
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_what_cannot_be_read_is_refused(file, says):
    assert says in _refused(file).message


def test_a_refusal_says_the_line():
    error = _refused(GOOD.replace(b"</Ethnicity>", b"</Ethnic>", 1))
    lines = GOOD.decode().splitlines()
    assert error.line is not None
    assert "Ethnicity" in lines[error.line - 1]
    assert error.message.startswith(f"Line {error.line}: ")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "UTF-16"),
        ("utf-16", ""),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_the_encodings_that_systems_write_are_read(encoding, declared):
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    file = (head + GOOD.decode().replace("SourceLevel", "Café")).encode(encoding)
    report = _read(file)
    assert report.children == 2
    assert [fault.element for fault in report.by_rule()["SL01"]] == ["Source/Café"]


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.write(GOOD.removesuffix(b"</Message>\n"))
        file.seek(MOST_BYTES)
        file.write(b" ")
    with pytest.raises(Unreadable):
        _read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "could not be opened" in _refused(tmp_path / "nowhere.xml").message
    assert "could not be opened" in _refused(tmp_path).message


def test_text_and_attributes_in_odd_places_are_told():
    odd = GOOD.replace(b"<Children>", b"<Children>loose", 1)
    odd = odd.replace(b"<Sex>", b'<Sex note="asked">', 1)
    found = {(fault.element, fault.found) for fault in _read(odd).by_rule()["SL03"]}
    assert found == {("Message", "loose"), ("Sex/@note", "asked")}


def test_a_second_head_is_told():
    second = GOOD.replace(b"<Children>", b"<Header><Pet/></Header><Children>")
    assert _read(second).by_rule()["SL02"][0].element == "Message/Header"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_refused(noise):
    _refused(noise)


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12))
def test_a_spoiled_file_is_read_or_refused(seed, changes):
    dice = random.Random(seed)  # noqa: S311  (chance for a test, not for a secret)
    spoiled = bytearray(GOOD)
    for _ in range(changes):
        at = dice.randrange(len(spoiled))
        match dice.randrange(4):
            case 0:
                spoiled[at] = dice.randrange(256)
            case 1:
                del spoiled[at : at + dice.randrange(1, 200)]
            case 2:
                spoiled[at:at] = spoiled[at : at + dice.randrange(1, 400)]
            case _:
                spoiled[at:at] = dice.choice(_PIECES)
    try:
        report = _read(bytes(spoiled))
    except Unreadable:
        return
    assert report.as_text()
    assert report.as_json()


_PIECES = [b"<", b">", b"&lt;", b"&#0;", b"<!DOCTYPE x>", b"</Child>", b"<Child>", b"\xff", b"<![CDATA[x]]>"]
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
_VALUE = _TEXT | st.dates().map(str) | st.sampled_from(["true", "0", "9" * 30, "0001-01-01", "9999-12-31"])


@settings(max_examples=200, deadline=None)
@given(values=st.lists(_VALUE, min_size=8, max_size=8))
def test_any_value_is_read_and_judged(values):
    a, b, c, d, e, f, g, h = (v.replace("&", "&amp;").replace("<", "&lt;") for v in values)
    what = child(
        episode(
            assessment(a, b, (c,)),
            enquiry(d, e, f),
            protection(g, h, (a,), NumberOfPreviousCPP=b),
            CINreferralDate=c,
            CINclosureDate=d,
            ReasonForClosure=e,
        ),
        UPN=f,
        PersonBirthDate=g,
        PersonDeathDate=h,
        Sex=a,
    )
    report = _read(make_file(what, child(number="C2")))
    assert report.children == 2
    assert report.unlisted == 0
