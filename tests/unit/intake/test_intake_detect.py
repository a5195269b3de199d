"""Detection: the content decides what a file is, whatever its name says."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from forankring.intake.detect import decode, detect
from forankring.intake.records import Format, Original


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.docx", Format.EMPTY),
        (b" \n\t ", "a.txt", Format.EMPTY),
        (b"%PDF-1.7\n", "a.docx", Format.PDF),
        (b"{\\rtf1 x}", "a.doc", Format.RTF),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.pdf", Format.DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.docx", Format.XLSX),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.docx", Format.PPTX),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "a.odt", Format.ODT),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.odt", Format.ODS),
        (zipped("a.txt"), "a.docx", Format.ZIP),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", Format.ENCRYPTED),
        (OLE + "WordDocument".encode("utf-16-le"), "a.docx", Format.DOC),
        (OLE + "__substg1.0_".encode("utf-16-le"), "a.msg", Format.MSG),
        (OLE, "a.doc", Format.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.pdf", Format.IMAGE),
        (b"MZ\x90\0\x03", "a.txt", Format.UNKNOWN),
        (b"Return-Path: <a@b.dk>\nSubject: x\n\nhej", "a.txt", Format.EML),
        (b"From a@b.dk Mon Nov  2 10:12:00 2026\nReceived: by x\n\nhej", "a.txt", Format.EML),
        (b"\xef\xbb\xbf\n\nFrom: A\nDate: Mon, 2 Nov 2026 10:12:00 +0100\n\nhej", "a.txt", Format.EML),
        (b"From: A\nSubject: B\n\nhej", "a.eml", Format.EML),
        (b"From: A\nSubject: B\nDate: 2 November 2026\n\nhej", "a.txt", Format.TEXT),
        (b"Til: Sekretariatet\nEmne: Svar\n\nVi mener.", "a.txt", Format.TEXT),
        (b"x\x9f>\x22\0\0", "winmail.dat", Format.TNEF),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "a.txt", Format.CONTACT),
        (b"BEGIN:VCALENDAR\n", "a.ics", Format.CALENDAR),
        (zipped("content.opf", mimetype="application/epub+zip"), "a.zip", Format.UNKNOWN),
        (zipped("[Content_Types].xml", "visio/document.xml"), "a.zip", Format.UNKNOWN),
        (b"---\nkind: response\n---\nHej", "a.txt", Format.MARKDOWN),
        (b"kind: evidence\nclaim: x\n", "a.txt", Format.FORM),
        (b'{"kind": "evidence"}', "a.json", Format.FORM),
        (b"<!DOCTYPE html><html><p>x", "a.docx", Format.HTML),
        (b"# Overskrift\n\nTekst med **fed**.", "a.docx", Format.MARKDOWN),
        (b"Bare tekst", "a.docx", Format.TEXT),
        (b"# Ikke Markdown", "a.txt", Format.TEXT),
        (b"# Markdown", "a.md", Format.MARKDOWN),
        (b"\xff" * 200, "a.txt", Format.UNKNOWN),
        (random.Random(7).randbytes(60).replace(b"\0", b"\1"), "svar.txt", Format.UNKNOWN),
        (random.Random(8).randbytes(55).replace(b"\0", b"\1"), "svar.md", Format.UNKNOWN),
        ("Grøn ø: ".encode("cp850") * 9 + b"\x1a", "a.txt", Format.TEXT),
        ("┌────────┬────────┐\n│ Ø-plan │ Grønt  │\n".encode("cp865"), "a.txt", Format.TEXT),
        ("Smørrebrød på Ærø".encode("latin-1"), "a.txt", Format.TEXT),
        ("Smørrebrød på Ærø".encode("utf-16"), "a.txt", Format.TEXT),
        (b"BMW bygger biler", "a.txt", Format.TEXT),
    ],
)
def test_the_content_decides(original: Callable[..., Original], data: bytes, name: str, expected: Format) -> None:
    assert detect(original(data, f"h1/kl/{name}")) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_danish_letters_survive_the_encodings_that_people_use(encoding: str) -> None:
    text = "Blåbær\u00adgrød og »øl«"
    assert decode(text.encode(encoding))[0] == text
