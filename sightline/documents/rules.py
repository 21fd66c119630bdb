"""What a file is, judged by what is in it and never by its name; and what it may be called."""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from sightline.kernel.errors import Refusal

CEILING = 25 * 1024 * 1024
"""The largest file, in bytes, that is taken."""

LONGEST_NAME = 200
_MB = 1024 * 1024
_AS_PDF = "Ask for it as a PDF or a Word file (.docx)."


class FileRefused(Refusal):
    """The file cannot be kept; the sentence says what to ask for instead."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is kept: its media type, and the endings its name may have, the usual one first."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", (".pdf",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",))
RTF = Kind("application/rtf", (".rtf",))
TEXT = Kind("text/plain", (".txt", ".text", ".md"))
CSV = Kind("text/csv", (".csv",))
EMAIL = Kind("message/rfc822", (".eml",))
OUTLOOK = Kind("application/vnd.ms-outlook", (".msg",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
HEIC = Kind("image/heic", (".heic", ".heif"))
MP3 = Kind("audio/mpeg", (".mp3",))
M4A = Kind("audio/mp4", (".m4a",))

_PROGRAMS = (
    b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\x4c\x00\x00\x00\x01\x14\x02\x00",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
)  # fmt: skip
_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"ID3", MP3))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"}
_WEB_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml)\b", re.IGNORECASE)
_MAIL_LINE = re.compile(r"^(from|to|date|subject|received|message-id|mime-version|return-path):", re.IGNORECASE)


def judge(name: str, content: bytes) -> Kind:
    """The kind of a file. Refuses one that is empty, too large, a program, a page, or unknown.

    The name decides only between plain text and a table of text, which are kept alike.
    """
    if not content:
        raise FileRefused("This file is empty. Ask for it to be sent again.")
    if len(content) > CEILING:
        raise FileRefused(
            f"This file is {_megabytes(len(content))} MB; the largest that can be kept is "
            f"{CEILING // _MB} MB. Ask for it in parts."
        )
    if content.startswith(_PROGRAMS) or _is_windows_program(content):
        raise FileRefused(f"This file is a program, whatever its name says, and is not kept. {_AS_PDF}")
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    found = _office(content) or _rich_text(content) or _media(content) or _text(name, content)
    if found is None:
        raise FileRefused(
            "This kind of file cannot be kept. Documents, e-mails, pictures and recordings can: "
            "PDF, Word, OpenDocument, Excel, text, e-mail, JPEG, PNG, HEIC, MP3, M4A. Ask for one of those."
        )
    return found


def _megabytes(size: int) -> int:
    # Rounded up, so that a file a little too large is never said to be as large as the ceiling.
    return -(-size // _MB)


def _is_windows_program(content: bytes) -> bool:
    # A letter may well begin with these two capitals, but it holds no empty bytes.
    return content.startswith(b"MZ") and b"\0" in content[:1024]


def _office(content: bytes) -> Kind | None:
    if content.startswith(_OLE):
        return _old_office(content)
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _packed_office(archive)
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        raise FileRefused("This file is damaged and cannot be read. Ask for it to be sent again.") from None


def _packed_office(archive: ZipFile) -> Kind:
    """By the names in it alone and its list of contents: nothing else of it is ever unpacked."""
    names = set(archive.namelist())
    if any(_is_macro(name) for name in names) or b"macroEnabled" in _beginning(archive, "[Content_Types].xml"):
        raise FileRefused(f"This file carries macros, which are programs, and is not kept. {_AS_PDF}")
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if _beginning(archive, "mimetype") == ODT.media_type.encode():
        return ODT
    raise FileRefused("This is an archive of other files. Ask for each file by itself.")


def _is_macro(name: str) -> bool:
    low = name.lower()
    return low.endswith(("vbaproject.bin", "vbadata.xml")) or low.startswith(("basic/", "scripts/"))


def _beginning(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(_MB)
    except (KeyError, RuntimeError):  # not there, or behind a password
        return b""


def _old_office(content: bytes) -> Kind:
    def holds(word: str) -> bool:
        return word.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise FileRefused("This file is locked with a password. Ask for it without one, by a safe way.")
    if holds("_VBA_PROJECT"):
        raise FileRefused(f"This file carries macros, which are programs, and is not kept. {_AS_PDF}")
    if holds("__properties_version1.0"):
        return OUTLOOK
    raise FileRefused(f"This is an old kind of office file, which can carry programs, and is not kept. {_AS_PDF}")


def _rich_text(content: bytes) -> Kind | None:
    if not content.startswith(b"{\\rtf"):
        return None
    if b"\\objdata" in content:
        raise FileRefused(f"This file carries another file inside it and is not kept. {_AS_PDF}")
    return RTF


def _media(content: bytes) -> Kind | None:
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        if brand in _PHOTO_BRANDS:
            return HEIC
        if brand in (b"M4A ", b"M4B "):
            return M4A
        raise FileRefused("Films cannot be kept here. Keep it where your authority keeps films, and say where.")
    # The frame of a recording: eleven bits set, then layer III.
    if len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2:
        return MP3
    return None


def _text(name: str, content: bytes) -> Kind | None:
    words = _decoded(content)
    if words is None:
        return None
    if _is_mail(words):
        return EMAIL
    if words.lstrip("\ufeff \t\r\n").startswith("<") or _WEB_PAGE.search(words[:4096]):
        raise FileRefused(f"This file is a web page or a drawing that can carry programs, and is not kept. {_AS_PDF}")
    return CSV if name.lower().endswith(".csv") else TEXT


def _decoded(content: bytes) -> str | None:
    coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    for each in (coding, "cp1252"):
        try:
            words = content.decode(each)
        except UnicodeDecodeError:
            continue
        return None if any(_is_control(mark) for mark in words[:65536]) else words
    return None


def _is_control(mark: str) -> bool:
    return ord(mark) < 32 and mark not in "\t\n\r\f\v\x1a"


def _is_mail(words: str) -> bool:
    head = re.split(r"\r?\n\r?\n", words.lstrip("\ufeff\r\n"), maxsplit=1)[0].splitlines()
    named = {found[1].lower() for line in head[:200] if (found := _MAIL_LINE.match(line))}
    first = head[0] if head else ""
    return bool(re.match(r"[!-9;-~]+:\s", first)) and "from" in named and len(named) >= 2


def kept_name(name: str, kind: Kind) -> str:
    """The name a file is kept and given back under, at most 200 characters.

    No folder, no mark that is not seen or turns the reading direction, and always an ending that
    says what the file is: "report.exe" that is a PDF becomes "report.exe.pdf".
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(mark for mark in unicodedata.normalize("NFC", last) if unicodedata.category(mark)[0] != "C")
    plain = re.sub(r'[<>:"|?*\s]+', " ", seen).strip()
    stem, ending = plain, kind.endings[0]
    for known in kind.endings:
        if plain.lower().endswith(known):
            stem, ending = plain[: -len(known)], plain[-len(known) :]
    stem = stem.strip(" .") or "document"
    return stem[: LONGEST_NAME - len(ending)] + ending
