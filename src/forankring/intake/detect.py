"""Tell what a file is from its content; the name only tells one dialect of plain text from another."""

import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable

import olefile
from charset_normalizer import from_bytes

from forankring.intake.guards import ZIP_ERRORS
from forankring.intake.records import Format, Original

HEAD = 8192

VERSION = 2
"""Counts up with what can be told apart: a file that an older one refused is looked at again."""

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", Format.RTF),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.ENCRYPTED),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"BM", Format.IMAGE),
    (b"x\x9f>\x22", Format.TNEF),
    (b"7z\xbc\xaf", Format.ARCHIVE),
    (b"Rar!", Format.ARCHIVE),
    (b"\x1f\x8b", Format.ARCHIVE),
)
_OLE: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("__substg1.0_", Format.MSG),
    ("Workbook", Format.XLS),
    ("PowerPoint Document", Format.SLIDES),
)
_MAIL = re.compile(r"(?im)^(received|message-id|mime-version|return-path|x-mailer|x-mozilla-status|content-type):")
_PLAIN_MAIL = re.compile(r"(?m)^Date: *(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d?:\d\d")
"""A date as no letter has it; programs that save a mail with few headers keep it."""
_HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]*:|From ")
_HTML = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]")
_FORM = re.compile(r"(?m)^\s*[{,]?\s*[\"']?kind[\"']?\s*:")
_MARKDOWN = re.compile(r"(?m)^(#{1,6} \S|[-*+] \S|\d+\. \S|> \S|\|.*\|\s*$|```)|\*\*\S[^*\n]*\*\*|\]\(\S+\)")
_TABLE_LINES, _TABLE_SIGNS = 3, 2
_CERTAIN = frozenset({"utf-8", "utf-16"})
_LAYOUT = frozenset("\t\n\v\f\r\x1a\x1b\x85")
"""Control characters of real texts: the end of a DOS file and the colours of a terminal among them."""
_MOST_CONTROLS = 100
"""One in so many letters."""
_SHEETS = frozenset({".csv", ".tsv", ".tab"})
_PACKAGES = ("[Content_Types].xml", "Index/Document.iwa", "Index.zip", "META-INF/MANIFEST.MF")
"""Members of documents and programs that are zip files inside, such as drawings or Apple's own: no archives."""


def detect(original: Original) -> Format:
    """Return what the file is; formats without a reader are told apart, too, so that each gets its own remedy."""
    with original.path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip():
        return Format.EMPTY if original.size <= HEAD else Format.UNKNOWN
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    refine = _REFINE.get(head[:2])
    if found and refine:
        return refine(original)
    if found and not (found == Format.IMAGE and head.startswith(b"BM") and b"\0" not in head):
        return found
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    return _text(original, head)


def decode(data: bytes) -> tuple[str, str]:
    """Return text and its encoding: UTF-8 or what a byte-order mark says, else a good guess, at last Windows-1252."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
            except UnicodeDecodeError:
                continue
    if _is_danish(data.decode("cp1252", "replace")):
        return data.decode("cp1252", "replace"), "cp1252"
    best = from_bytes(data[: 256 * 1024]).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, "replace"), encoding


def _is_danish(text: str) -> bool:
    """Tell whether all letters beyond ASCII are those of Danish texts: by far the likeliest reading."""
    known = "æøåÆØÅéÉüÜöÖäÄáàèëíóñç«»“”‘’„–—…•§°½´·€£®©\xa0\xad²³±×¼¾"
    return all(letter in known for letter in text if ord(letter) > 127)


def _zip(original: Original) -> Format:
    """Tell office documents from archives by their members; a broken zip counts as what its first bytes name."""
    try:
        with zipfile.ZipFile(original.path) as archive:
            names = {info.filename for info in archive.infolist()}
            if "mimetype" in names:
                return _open_document(archive)
    except ZIP_ERRORS:
        return _by_first_member(original)
    return _by_names(" ".join(sorted(names)))


def _open_document(archive: zipfile.ZipFile) -> Format:
    info = archive.getinfo("mimetype")
    if info.file_size > 200 or info.flag_bits & 1:
        return Format.ZIP
    kind = archive.read(info).decode("ascii", "replace")
    if "opendocument.text" in kind:
        return Format.ODT
    if "opendocument.spreadsheet" in kind:
        return Format.ODS
    return Format.SLIDES if "opendocument.presentation" in kind else Format.UNKNOWN


def _by_first_member(original: Original) -> Format:
    data = original.path.read_bytes()
    return _by_names(data.decode("latin-1"))


def _by_names(names: str) -> Format:
    for start, kind in (("word/", Format.DOCX), ("xl/", Format.XLSX), ("ppt/", Format.PPTX)):
        if start in names and "[Content_Types].xml" in names:
            return kind
    return Format.UNKNOWN if any(sign in names for sign in _PACKAGES) else Format.ZIP


def _ole(original: Original) -> Format:
    """Look for the names of streams at the top of a compound file: below it lie whole files of other programs."""
    try:
        with olefile.OleFileIO(original.path) as compound:
            names = " ".join(entry[0] for entry in compound.listdir(streams=True, storages=True))
    except (OSError, ValueError, TypeError, IndexError, AttributeError, RecursionError, struct.error):
        names = original.path.read_bytes().decode("utf-16-le", "replace")
    return next((kind for name, kind in _OLE if name in names), Format.UNKNOWN)


_REFINE: dict[bytes, Callable[[Original], Format]] = {b"PK": _zip, b"\xd0\xcf": _ole}


def _text(original: Original, head: bytes) -> Format:
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.UNKNOWN
    text, encoding = decode(_whole(head))
    start = text.lstrip("\ufeff \t\r\n")
    suffix = original.file.suffix
    for word, kind in ((r"BEGIN:VCARD", Format.CONTACT), (r"BEGIN:VCALENDAR", Format.CALENDAR)):
        if start[:20].upper().startswith(word):
            return kind
    if _HEADER_LINE.match(start) and _is_mail(start.split("\n\n")[0].split("\r\n\r\n")[0], suffix):
        return Format.EML
    if re.match(r"---[ \t]*\r?\n", start):
        return Format.MARKDOWN if re.search(r"\n(---|\.\.\.)[ \t]*\r?(\n|$)", start[3:]) else Format.FORM
    if start.startswith("<") and (_HTML.search(start[:2048]) or suffix in (".html", ".htm")):
        return Format.HTML
    if start.startswith("<?xml"):
        return Format.UNKNOWN
    if encoding not in _CERTAIN and _is_junk(start):
        return Format.UNKNOWN
    return _dialect(start, suffix)


def _whole(head: bytes) -> bytes:
    """Return the head without the letter that it cuts in two, if it is UTF-8."""
    for end in range(len(head), max(len(head) - 4, 0), -1):
        try:
            head[:end].decode()
        except UnicodeDecodeError:
            continue
        return head[:end]
    return head


def _is_junk(text: str) -> bool:
    """Tell what no program writes as text, though some encoding has a letter for each byte: control characters, or
    signs beyond ASCII that outnumber letters and digits (the lines of a table may)."""
    controls = sum(unicodedata.category(letter) == "Cc" and letter not in _LAYOUT for letter in text)
    written = sum(map(str.isalnum, text))
    signs = sum(ord(letter) > 127 and not letter.isalnum() for letter in text)
    return controls * _MOST_CONTROLS > len(text) or signs > 2 * written


def _is_mail(head: str, suffix: str) -> bool:
    """Tell a mail from a letter that begins with who writes to whom."""
    if _MAIL.search(head) or _PLAIN_MAIL.search(head):
        return True
    return suffix == ".eml" and bool(re.search(r"(?m)^From:", head)) and bool(re.search(r"(?m)^Subject:", head))


def _dialect(text: str, suffix: str) -> Format:
    """Tell the dialects of plain text: here the sender's name for it counts."""
    if suffix in (".yaml", ".yml", ".json") or (_FORM.search(text[:400]) and suffix not in (".md", ".markdown")):
        return Format.FORM
    if suffix in (".md", ".markdown"):
        return Format.MARKDOWN
    if suffix in (".html", ".htm") and "<" in text:
        return Format.HTML
    if suffix in _SHEETS or (suffix in ("", ".txt", ".text") and _is_table(text)):
        return Format.CSV
    return Format.MARKDOWN if suffix not in ("", ".txt", ".text") and _MARKDOWN.search(text) else Format.TEXT


def _is_table(text: str) -> bool:
    """Tell a table saved as plain text, where there is no doubt: many lines, each with as many cells as the others."""
    lines = [line for line in text.splitlines()[:-1] if line.strip()]
    for sign in ("\t", ";"):
        counts = {line.count(sign) for line in lines}
        if len(lines) >= _TABLE_LINES and len(counts) == 1 and counts.pop() >= _TABLE_SIGNS:
            return all(cell.strip() for cell in lines[0].split(sign))
    return False
