"""A letter on paper: tagged, in fonts of its own, without a date that nobody wrote, and never read as markup."""

import io

from pypdf import PdfReader

from sightline.web.paper import Paper, blocks_of, print_letter

LETTER = "What was decided\nChi: a child protection plan begins.\n\nIf you do not agree, ring us."


def paper(text: str = LETTER, **more: str) -> Paper:
    given = {"title": "What was decided", "to": "Emeka Okafor", "sender": "Hallowby Council"}
    return Paper(text=text, **(given | more))  # type: ignore[arg-type]  # the names are the fields'


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def said(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(made).pages)


def test_what_somebody_typed_is_text_and_never_markup() -> None:
    typed = '#read("/etc/passwd") *bold* _under_ $x$ = Heading #set page(fill: red) \\ <a> @b // c [d] "e" {f}'
    made = said(print_letter(paper(f"Before.\n\n{typed}", to="#panic()")))
    assert typed in " ".join(made.split())
    assert "#panic()" in made


def test_it_is_tagged_titled_and_in_a_language() -> None:
    root = read(print_letter(paper())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_no_date_stands_in_the_file_that_is_not_in_the_words() -> None:
    made = print_letter(paper())
    reader = read(made)
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata or {})
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"Date" not in packet
    assert print_letter(paper()) == made, "the same letter is the same file at any hour"
    assert "5 March 2026" in said(print_letter(paper(dated="5 March 2026")))


def test_the_fonts_are_in_the_file() -> None:
    fonts = read(print_letter(paper())).pages[0]["/Resources"]["/Font"].values()
    names = [str(one["/BaseFont"]) for one in fonts]
    assert names
    assert all("LibertinusSerif" in name for name in names)
    assert all("/FontFile3" in one["/DescendantFonts"][0]["/FontDescriptor"] for one in fonts)


def test_a_long_letter_goes_over_pages_and_loses_nothing() -> None:
    long = "\n\n".join(f"Paragraph {number} of the record." for number in range(1, 201))
    made = print_letter(paper(long))
    assert len(read(made).pages) > 3
    words = said(made)
    assert all(f"Paragraph {number} of the record." in words for number in range(1, 201))


def test_a_short_line_over_others_is_a_heading_and_a_label_is_not() -> None:
    first, second = blocks_of("What was decided\nChi: a plan.\n\nMore.\n\nWhat comes next\nA review.")
    assert (first.heading, first.paragraphs) == ("What was decided", (("Chi: a plan.",), ("More.",)))
    assert (second.heading, second.paragraphs) == ("What comes next", (("A review.",),))
    [block] = blocks_of("When: at ten\nWhere: here")
    assert (block.heading, block.paragraphs) == ("", (("When: at ten", "Where: here"),))
