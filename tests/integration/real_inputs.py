"""What someone who reads each file in ``../shared/real-inputs`` expects the intake to make of it.

Everything here was found by reading the files with other programs (a text editor, ``unzip``, openpyxl, pdfium, olefile,
LibreOffice), never by running the intake. How many remarks a file holds follows from the rule that its reader is told:
a paragraph, a table or a list is one, a list together with the line above it that ends with a colon; headings are none
where something stands under them. Where a number has two ends, the comment beside it says why.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real-inputs"


def need_real_inputs() -> None:
    """Skip the test where the files are not beside the checkout; in continuous integration (``CI`` is set) fail it."""
    if REAL.is_dir():
        return
    reason = "../shared/real-inputs is not beside this checkout"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of the file that one remark must hold, and where they stand; ``under`` is the innermost heading, ``line``
    the first of the paragraph."""

    words: str
    part: str = ""
    page: int | None = None
    line: int | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """One file: accepted with so many remarks, or ``refused`` for this reason.

    ``notes`` holds every note that is due, with its count where a reader can tell it; ``parts`` the enclosed files with
    format and remarks; ``unsaid`` what must not be in any remark, heading or title; ``unread`` how many words of a Word
    file's text are rightly in none of them; ``sender`` how its sender is known.
    """

    format: str
    points: tuple[int, int] = (0, 0)
    says: tuple[Said, ...] = ()
    notes: Mapping[str, int | None] = field(default_factory=dict)
    parts: tuple[tuple[str, str, int], ...] = ()
    unsaid: Iterable[str] = ()
    unread: int = 0
    refused: str = ""
    sender: str = "folder"
    title: str | None = None


def at(
    words: str, line: int | None = None, *, page: int | None = None, part: str = "", under: str | None = None
) -> Said:
    return Said(words=words, part=part, page=page, line=line, under=under)


def read(kind: str, points: int | tuple[int, int], *says: Said | str, **more: Any) -> Real:
    """Return an accepted file with so many remarks, or between the two; ``more`` are other fields of ``Real``."""
    return Real(
        format=kind,
        points=points if isinstance(points, tuple) else (points, points),
        says=tuple(at(item) if isinstance(item, str) else item for item in says),
        **more,
    )


def refused(kind: str, code: str) -> Real:
    return Real(format=kind, refused=code)


MIXED = {
    # An advertisement of fifteen paragraphs, thanks and a name: the two lines that end it may be taken for remarks.
    "test-outlook2003.msg": read(
        "msg",
        (15, 17),
        at("This version of Outlook includes new capabilities designed to help you access", 1),
        at("more time getting your work done."),
        at("Multiple colored flags make it easy to categorize your messages."),
        at("The newsletter will be sent to you by e-mail on a regular basis."),
        notes={"mail_pictures_left_out": 11},
        sender="mail",
        title="Welcome to Microsoft Office Outlook 2003",
    ),
    "testComment.pptx": read(
        "pptx", 1, at("Here is some text", page=1), notes={"comments_left_out": 1}, unsaid=["Here is a comment"]
    ),
    "testDdeLink.xlsx": refused("xlsx", "nothing_to_read"),  # the number 1, and a link that would start a program
    "testEXCEL_poi.xlsx": refused("xlsx", "nothing_to_read"),  # one number, twice
    "testGroupWiseEml.eml": read(
        "eml",
        3,
        at("test", 1),
        at("test2", part="test.eml"),
        at("ssssssssssssssssssssss", 1, part="Neues Textdokument.txt"),
        parts=(("test.eml", "eml", 1), ("Neues Textdokument.txt", "text", 1)),
        title="test333",
    ),
    "testHTML_utf8.html": read(
        "html",
        1,
        at("åäö", under="Content with UTF-8 chars"),
        notes={"html_comments_left_out": 1},
        unsaid=["Apache"],
        title="Title : Tilte with UTF-8 chars öäå",
    ),
    "testLotusEml.eml": read("eml", 1, "Message body", sender="mail"),
    # Two paragraphs between a greeting and a name.
    "testMSG.msg": read(
        "msg",
        2,
        at("This work has progressed pretty well, and now I'd like to start integrating the results", 3),
        at("Otherwise I might end up breaking your application.", 9),
        notes={"signature_left_out": 3},
        unsaid=["Hi,", "BR,"],
        title="MIME registry use cases",
    ),
    # A picture of five words and nothing else.
    "testOCR.pdf": read("pdf", 1, at("Happy New Year 2003!", page=1), notes={"pages_recognised": None}),
    "testODTNoMeta.odt": read("odt", 1, "Test text"),
    "testOptionalHyphen.pdf": read("pdf", 1, at("optionalhyphen", page=1)),
    "testPDFTripleLangTitle.pdf": read("pdf", 1, at("Hello World", page=1)),
    # A printed page does not say what is a list, a heading or a cell: its words count, and that head and foot are none.
    "testPDFVarious.pdf": read(
        "pdf",
        (12, 24),
        at("Footnote appears here", page=1),
        at("Number bullet 2", page=1),
        at("This is a hyperlink", page=1),
        at("Row 2 Col 3", page=1),
        at("ゾルゲと尾崎、淡々と最期", page=1),
        at("This is a footnote.", page=1),
        at("Figure 1 This is a caption for Figure 1", page=2),
        at("Row 2 column 2", page=2),
        notes={"headers_left_out": None},
        unsaid=["This is the header text", "This is the footer text"],
    ),
    "testPDF_bookmarks.pdf": read(
        "pdf", 2, at("This is a page about France", page=1), at("This is a page about Denmark", page=2)
    ),
    # A speech that may be read, but not changed. Thirty pages with five or six paragraphs each, 43 footnotes, some
    # fifty references, ten captions: 230; the numbers and names in the charts may stand alone (110). Pictures: two on
    # page 38, one on page 39. Pages 37, 40 and 41 have rows of four numbers of two digits, which are covered as
    # telephone numbers: rather too much than too little.
    "testPDF_protected.pdf": read(
        "pdf",
        (230, 340),
        at("the first official case of Severe Acute Respiratory Syndrome (SARS) was recorded", page=2),
        at("Lehman’s CDS contracts amounted to only around $5 billion.", page=3),
        at("eco-systems – savannas and grasslands – found to exhibit high robustness", page=8),
        at("been grounded in biology rather than theology.", page=25, under="Part 2: Improving Network Stability"),
        at("‘Impacts of biodiversity loss on ocean ecosystem services’", page=36, under="References"),
        at("Pages in ABS CDO prospectus 300", page=37),
        at("Support rating", page=41),
        notes={"page_numbers_left_out": 40, "pictures_left_out": 3, "phone_masked": 3},
        sender="properties",
    ),
    "testRFC822_multipart_attachments.eml": read(
        "eml",
        3,
        at("This is test email for EML1", 3),
        at("This is Test TXTA File for parser", 1, part="Test TxtA.txt"),
        at("This is Test TXTB File for parser", 1, part="Test TxtB.txt"),
        parts=(("Test TxtA.txt", "text", 1), ("Test TxtB.txt", "text", 1)),
        notes={"signature_left_out": 3},
        unsaid=["Thanks", "html body"],
        sender="mail",
        title="EML 1",
    ),
    # Ten lines of a recipe, two with a link that has a title; »Method« may head the last.
    "testRTFHyperlinkAndStyles.rtf": read(
        "rtf",
        (9, 10),
        "10”Flour Tortilla",
        "Caesar DIP: Dip, Caesar.doc",
        "Blackening spice: Blackening Spice.doc",
        "Procedure Text",
    ),
    "testRTFTableCellSeparation.rtf": read("rtf", 1, "ä", "ü"),
    "testTXT_win-1252.txt": read("text", 1, at("a “windows” encoding", 1), notes={"encoding_guessed": None}),
    "testThunderbirdEml.eml": refused("eml", "nothing_to_read"),  # a greeting
}

HOSTILE = {
    "51921-Word-Crash067.docx": refused("docx", "nothing_to_read"),  # an empty paragraph
    "ExternalEntityInText.docx": refused("docx", "doctype"),
    "bug53475-password-is-pass.docx": refused("encrypted", "encrypted"),
    "clusterfuzz-testcase-minimized-POIXSSFFuzzer-4828727001088000.xlsx": refused("xlsx", "broken_file"),
    "clusterfuzz-testcase-minimized-POIXWPFFuzzer-4791943399604224.docx": refused("docx", "broken_file"),
    "poc-xmlbomb.xlsx": refused("xlsx", "doctype"),
    "testODTnotaZipFile.odt": read("text", 1, at("This is not a zip file!", 1), notes={"read_as": None}),
    "truncated62886.docx": refused("docx", "broken_file"),
}

OTHERS = {
    "SOURCES.md": read(
        "markdown",
        3,
        at("Files that nobody on this project wrote", 3, under="Real inputs"),
        at("197 consultation comments, one per row, in Chinese", 7, under="Real inputs"),
        at("Some of these files name people.", 16, under="Real inputs"),
    ),
    # An article that is copied from a web page: twelve paragraphs, and a line that names the author's place of work,
    # which may be taken for a thirteenth. The page's own lines above and below are none.
    "efterlysning-2024-strategi.txt": read(
        "text",
        (12, 13),
        at("Danmark har brug", 9),
        at("DET NYE ÅRTI?", 23),
        at("Det er tid at gøre status", 33),
        notes={"letter_lines_left_out": None},
        unsaid=["netværk", "Læs mere om"],
    ),
    "tables/vtaiwan-uberx-comments.csv": read(
        "csv",
        197,
        at("Uber的出現 因服務內容明確", 2),
        at("政府是該替所有人民想，不是替那些只會反對而不盡職的人說話。", 5),
        at("Uber在一般計費上較計程車便宜，平均都能省下一個便當的錢。", 92),
        at("可成為其「重要」的收入來源。", 209),
        notes={"contact_columns_left_out": None},
    ),
}
