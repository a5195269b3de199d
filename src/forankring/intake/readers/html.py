"""Turn HTML into an extract; comments and attributes are screened, scripts and styles are not text."""

import html
import re
from collections.abc import Iterator

from forankring.intake.detect import decode
from forankring.intake.forms import as_form
from forankring.intake.readers.form import check_size
from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note

READER = "html-native_divs-native_spans"

_CHARSET = re.compile(rb"(?i)<meta[^>]+charset=[\"']?([\w-]+)")
_CODE = {tag: (re.compile(rf"(?i)<{tag}\b"), re.compile(rf"(?i)</{tag}\s*>")) for tag in ("script", "style")}
_COMMENT = (re.compile("<!--"), re.compile("-->"))
_TAG = re.compile(r"<[^<>]*>")
_CELL = re.compile(r"(?i)</t[dh]\b[^<>]*>\s*<t[dh]\b[^<>]*>")
_BLOCK = re.compile(r"(?i)</?(?:p|div|tr|li|h[1-6]|br|table|ul|ol|option|textarea|section)\b[^<>]*>")
_TEXT_AREA = re.compile(r"(?i)<(/?)textarea\b[^>]*>")
"""Where somebody wrote on a page that was saved; pandoc passes it by."""
_PICTURE = re.compile(r"(?i)<img\b")


def read_html(original: Original, desk: Desk) -> Extract:
    """Read an HTML file; its pictures and hidden comments are not carried."""
    return as_form(read_html_text(original, _decoded(original.path.read_bytes())), original, desk)


def without_code(text: str) -> str:
    """Return HTML without its scripts and styles, which say nothing to a reader."""
    for tags in _CODE.values():
        text = without(text, *tags)
    return text


def without(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    """Return the text with a blank for each passage between two marks.

    One expression for both would look for the end again from every beginning: minutes for a page of beginnings.
    """
    kept, start = [], 0
    for first, last in _between(text, opens, closes):
        kept.append(text[start:first])
        start = last
    return " ".join((*kept, text[start:]))


def _between(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    while (first := opens.search(text, start)) and (last := closes.search(text, first.end())):
        start = last.end()
        yield first.start(), start


def read_html_text(original: Original, text: str) -> Extract:
    """Read HTML that is decoded already: a file's own, or a mail's."""
    check_size(original, text)
    shown = without_code(text)
    tree = read_tree(original, READER, data=_TEXT_AREA.sub(r"<\1div>", shown).encode())
    left_out = {
        "pictures_left_out": len(_PICTURE.findall(shown)),
        "html_comments_left_out": sum(1 for _ in _between(shown, *_COMMENT)),
    }
    return Extract(
        pieces=tree.pieces,
        screened=tuple(_screened(text, shown)),
        notes=tuple(Note(code=code, values={"n": n}) for code, n in left_out.items() if n),
        title=tree.title,
    )


def _decoded(data: bytes) -> str:
    """Believe UTF-8 where the bytes are valid UTF-8, then what the page says of itself, then guess."""
    text, encoding = decode(data)
    stated = _CHARSET.search(data[:4096])
    if encoding in ("utf-8", "utf-16") or not stated:
        return text
    try:
        return data.decode(stated[1].decode("ascii"), "replace")
    except LookupError:
        return text


def _screened(text: str, shown: str) -> Iterator[Screened]:
    """Yield the page as it is written, as its words stand one after another, and the words of scripts and styles.

    A page inside an attribute (``srcdoc``) is unescaped as well.
    """
    told = html.unescape(shown)
    yield Screened(text=told, lines=True)
    cells = _TAG.sub("", _CELL.sub("\t", _BLOCK.sub("\n\n", shown)))
    yield Screened(text=html.unescape(cells))
    for name, tags in _CODE.items():
        for first, last in _between(text, *tags):
            yield Screened(text=html.unescape(text[first:last]), part="part", values={"name": name})
