"""What a file is, by what is in it; and what it may be called."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.documents import rules
from sightline.documents.rules import CEILING, FileRefused, judge, kept_name

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**parts: bytes) -> bytes:
    """A zip archive; `__` in a name stands for a folder, `_dot_` for a full stop."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def old(word: str) -> bytes:
    return OLE + b"\0" * 504 + word.encode("utf-16-le")


KEPT = [
    (b"%PDF-1.7\n...", rules.PDF),
    (packed(word__document_dot_xml=b"<w/>"), rules.DOCX),
    (packed(xl__workbook_dot_xml=b"<w/>"), rules.XLSX),
    (packed(mimetype=rules.ODT.media_type.encode(), content_dot_xml=b"<o/>"), rules.ODT),
    (b"{\\rtf1 Words}", rules.RTF),
    ("What the school saw, in the words of Zoë.".encode(), rules.TEXT),
    ("Caf\xe9 \x93quoted\x94".encode("latin-1"), rules.TEXT),
    ("Two children".encode("utf-16"), rules.TEXT),
    (b"MZ is what the mother called him.", rules.TEXT),
    (b"From: a@b.example\r\nSubject: Concern\r\n\r\n<html>..</html>", rules.EMAIL),
    (old("__properties_version1.0"), rules.OUTLOOK),
    (b"\x89PNG\r\n\x1a\n\0\0", rules.PNG),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", rules.JPEG),
    (b"\0\0\0\x18ftypheic\0\0", rules.HEIC),
    (b"ID3\x04\0", rules.MP3),
    (b"\xff\xfb\x90\0", rules.MP3),
    (b"\0\0\0\x1cftypM4A \0", rules.M4A),
]

REFUSED = [
    (b"", "empty"),
    (b"MZ\x90\0\x03", "program"),
    (b"\x7fELF\x02", "program"),
    (b"#!/bin/sh\nrm", "program"),
    (packed(word__document_dot_xml=b"", word__vbaProject_dot_bin=b""), "macros"),
    (packed(**{"word__document_dot_xml": b"", "[Content_Types]_dot_xml": b"x.macroEnabled.main+xml"}), "macros"),
    (packed(mimetype=rules.ODT.media_type.encode(), Basic__Standard=b""), "macros"),
    (old("_VBA_PROJECT __properties_version1.0"), "macros"),
    (old("WordDocument"), "old kind of office file"),
    (old("EncryptedPackage"), "locked with a password"),
    (packed(letter_dot_pdf=b"%PDF-"), "archive"),
    (b"PK\x03\x04 broken", "damaged"),
    (b"{\\rtf1{\\object\\objdata 0105}}", "another file inside"),
    (b"<!DOCTYPE html><p>", "web page"),
    (b"  <svg xmlns='http://www.w3.org/2000/svg'>", "web page"),
    (b"\xef\xbb\xbf<html>", "web page"),
    (b"Hello\n<script>alert(1)</script>", "web page"),
    (b"\0\0\0\x18ftypmp42\0\0", "Films"),
    (b"GIF89a\0\0", "cannot be kept"),
    (b"junk\0 %PDF-1.4", "cannot be kept"),
]


@pytest.mark.parametrize(("content", "kind"), KEPT)
def test_a_file_is_known_by_its_content(content: bytes, kind: rules.Kind) -> None:
    assert judge("whatever.exe", content) == kind


@pytest.mark.parametrize(("content", "because"), REFUSED)
def test_what_could_do_harm_is_refused_whatever_its_name(content: bytes, because: str) -> None:
    with pytest.raises(FileRefused, match=because):
        judge("letter.pdf", content)


def test_the_refusal_of_a_large_file_says_both_sizes() -> None:
    with pytest.raises(FileRefused) as refused:
        judge("scan.pdf", b"%PDF-" + bytes(31 * 1024 * 1024 - 5))
    assert refused.value.message == ("This file is 31 MB; the largest that can be kept is 25 MB. Ask for it in parts.")
    with pytest.raises(FileRefused, match="This file is 26 MB"):
        judge("scan.pdf", b"%PDF-" + bytes(CEILING - 4))
    assert judge("scan.pdf", b"%PDF-" + bytes(CEILING - 5)) == rules.PDF


def test_only_tables_of_text_are_told_apart_by_name() -> None:
    assert judge("list.csv", b"a,b\n1,2\n") == rules.CSV
    assert judge("list.csv", b"%PDF-1.7") == rules.PDF


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("report.PDF", "report.PDF"),
        ("report.exe", "report.exe.pdf"),
        ("..\\..\\secret/../note.pdf", "note.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("nul\0l.pdf", "null.pdf"),
        ("  .pdf ", "document.pdf"),
        ("", "document.pdf"),
        ("Zoë's drawing.pdf", "Zoë's drawing.pdf"),
    ],
)
def test_a_name_is_kept_without_tricks(given_name: str, kept: str) -> None:
    assert kept_name(given_name, rules.PDF) == kept


@given(st.text(max_size=400), st.sampled_from([rules.PDF, rules.JPEG, rules.TEXT]))
def test_any_name_becomes_one_that_fits_and_says_its_kind(name: str, kind: rules.Kind) -> None:
    kept = kept_name(name, kind)
    assert 0 < len(kept) <= rules.LONGEST_NAME
    assert kept.lower().endswith(kind.endings)
    assert not set(kept) & set('/\\\0<>:"|?*\r\n')


@given(st.binary(max_size=300))
def test_any_bytes_are_kept_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        judge("file", content)
    except FileRefused as refused:
        assert refused.message.endswith(".")  # noqa: PT017 - either answer is right
