"""Find personal numbers (CPR) in text, however they are written, and cover them: none may reach git."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from forankring.errors import InputError, Problem
from forankring.intake.records import Screened

COVER = "▇"

Span = tuple[int, int]

_DAY_MONTH = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){gap}(?:0[1-9]|1[0-2]){gap}\d\d"
_DASH = r"[-_\u02d7\u2010-\u2015\u2043\u2212]"
_BLANK = r"[^\S\n\t]"
"""A tab parts the cells of a row."""


def _apart(gap: str) -> str:
    """Return the pattern of a day and a month whose four digits may stand apart."""
    day = rf"(?:0{gap}[1-9]|[12]{gap}\d|3{gap}[01]|6{gap}[1-9]|[78]{gap}\d|9{gap}[01])"
    return rf"{day}{gap}(?:0{gap}[1-9]|1{gap}[0-2])"


_BETWEEN = r"\s?[^\w\s]?\s?"
_SPREAD = re.compile(rf"{_apart(_BETWEEN)}(?:{_BETWEEN}\d){{6}}(?:(?:{_BETWEEN}\d){{2}})?(?!\d)")
_RUN = re.compile(r"\d[\d\W_]{8,}")
"""Digits with no letter between them: a personal number stands in one of these."""

_NUMBER = re.compile(
    rf"(?<!\d){_DAY_MONTH.format(gap='')}\)?{_BLANK}*"
    rf"(?:{_DASH}{{1,3}}\n{{0,2}}|\n{{1,2}}{_DASH}|\n)?{_BLANK}*\(?\d{{4}}(?!\d)"
    rf"|(?<!\d){_DAY_MONTH.format(gap='')}{_BLANK}?{_DASH}{_BLANK}?\d\d{_BLANK}?\d\d(?!\d)"
    rf"|(?<![\d.]){_DAY_MONTH.format(gap=rf'(?:{_BLANK}|[.]{_BLANK}?)')}{_BLANK}*{_DASH}{{1,3}}{_BLANK}*\d{{4}}(?!\d)"
    rf"|(?<![-\d./]){_DAY_MONTH.format(gap='[-/]')}{_BLANK}*{_DASH}{{1,3}}{_BLANK}*\d{{4}}(?!\d)"
    rf"|(?<![\d.,/-])(?<!\d\s){_DAY_MONTH.format(gap=_BLANK)}{_BLANK}\d{{4}}(?![\d.,]|{_BLANK}\d)"
    rf"|(?<!\d)(?<!\d\s){_apart(_BLANK)}(?:{_BLANK}\d){{2}}{_BLANK}?{_DASH}?(?:{_BLANK}\d){{4}}(?!{_BLANK}?\d)"
    # Over two cells of a row: figures do so as well, but with neither a dash nor a leading nought.
    rf"|(?<!\d){_DAY_MONTH.format(gap='')}{_BLANK}*(?:{_DASH}{_BLANK}*[\t|]|[\t|]{_BLANK}*{_DASH}){_BLANK}*\d{{4}}(?!\d)"
    rf"|(?<!\d)(?=0){_DAY_MONTH.format(gap='')}{_BLANK}*[\t|]{_BLANK}*\d{{4}}(?!\d)"
    rf"|(?P<stroke>(?<![\d/]){_DAY_MONTH.format(gap='')}/\d{{4}}(?![\d/]))"
)
_TAG = re.compile(rb"<[^>]*>")
_RUN_IN_BYTES = re.compile(rb"\d[^A-Za-z<]{8}")
_FOREIGN = re.compile(rb"[\xcc-\xdf\xe0\xe1\xe3-\xf4]|\xe2[\x81-\x93]")
"""Bytes that letters and digits beyond those of Western Europe begin with in UTF-8."""
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_CALLED = re.compile(r"(?i:cpr|personn)[^\d\n]{0,20}\n?\Z")
_CASE = re.compile(r"(?i:\b(?:sag\w*|journal\w*|j\.?\s?nr|jnr|nr|bilag|ref\w*|dok\w*|case|file|no)[.:]?\s*)\Z")
"""Words before a number with a stroke that make it a case's."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\U000e0001-\U000e007f\u200b-\u200f\u2060-\u2064\ufeff\ufffe\u202a-\u202e]"
)
_ODD = re.compile("[^\x00-\x7f\xa0\xa7\xab\xbb\xc0-\xff\u2010-\u2022\u2026\u20ac]")
"""Letters that may be digits in another dress, or nothing at all to the eye."""
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}|&#?\w+;")


def find_number(text: str) -> int | None:
    """Return where the first personal number (CPR) begins, or None. No modulus test: newer numbers need not pass it.

    Day and month must be valid (day + 60 is a replacement number). A hyphen or blanks may stand before the last four
    digits, or hyphens, strokes or blanks between all parts, or a blank between all digits. After the word for it any
    way of spreading the digits counts. Invisible characters, other alphabets' digits and escapes do not hide one.
    """
    return next((start for start, _ in _found(text)), None)


def may_hold(xml: bytes) -> bool:
    """Tell, for little, whether markup may hold a personal number between its tags; the bytes are ASCII's."""
    words = _TAG.sub(b"", xml)
    return bool(_RUN_IN_BYTES.search(words) or _FOREIGN.search(words) or b"&#" in words or _PERCENT.search(words))


def count_numbers(text: str) -> int:
    """Return how many personal numbers the text holds."""
    return sum(1 for _ in _found(text))


def first_number(texts: Iterable[Screened]) -> tuple[Screened, int | None] | None:
    """Return the first text that holds a personal number, with the line where lines are known."""
    for item in texts:
        position = find_number(item.text)
        if position is not None:
            return item, item.text.count("\n", 0, position) + 1 if item.lines else None
    return None


def refuse_numbers(files: Mapping[str, bytes]) -> None:
    """Raise InputError that names every file and line of ``{path: UTF-8 text}`` with a personal number in it."""
    found = [(path, first_number([Screened(text=data.decode(), lines=True)])) for path, data in files.items()]
    problems = [Problem(code="personal_number_in_text", file=path, line=hit[1]) for path, hit in found if hit]
    if problems:
        raise InputError(*problems)


def cover_numbers(text: str) -> str:
    """Return the text, as long as it was, with every personal number covered."""
    spans = tuple(_found(text))
    if not spans:
        return text
    covered = cover_spans(text, spans)
    return covered if find_number(covered) is None else _cover_digits(covered)


def cover_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the text with these parts of it covered; blanks and ends of lines stay."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [letter if letter.isspace() else COVER for letter in letters[start:end]]
    return "".join(letters)


def looks_odd(text: str) -> bool:
    """Tell whether the text holds letters that may be digits in another dress, or nothing at all to the eye."""
    return bool(_ODD.search(text))


def as_seen(text: str) -> tuple[str, list[int]]:
    """Return the text as a reader or a search engine sees it, and where each of its letters came from."""
    letters: list[str] = []
    origin: list[int] = []
    for index, letter in enumerate(text):
        for seen in "" if _INVISIBLE.match(letter) else unicodedata.normalize("NFKC", letter):
            letters.append(str(unicodedata.digit(seen)) if seen.isdecimal() else seen)
            origin.append(index)
    return "".join(letters), origin


def _found(text: str) -> Iterator[Span]:
    """Yield where personal numbers stand in the text; only if there are none, whether escapes spell one."""
    found = tuple(_spans(text))
    yield from found
    view = text
    if looks_odd(text):
        view, origin = as_seen(text)
        seen = ((origin[start], origin[end - 1] + 1) for start, end in _spans(view))
        found = tuple(span for span in seen if span not in found)
        yield from found
    if not found and _ESCAPED.search(view):
        told = as_seen(unquote(html.unescape(view)))[0]
        yield from ((0, len(text)) for _ in _spans(told))


def _spans(view: str) -> Iterator[Span]:
    for run in _RUN.finditer(view):
        start, end = run.span()
        if _CALLED.search(view, max(0, start - 40), start) and (spread := _SPREAD.match(view, start)):
            yield spread.span()
            start = spread.end()
        for number in _NUMBER.finditer(view, start, end):
            if not number["stroke"] or not _CASE.search(view, max(0, number.start() - 24), number.start()):
                yield number.span()


def _cover_digits(text: str) -> str:
    """Cover every digit: for a number that only another way of writing the text shows."""
    return "".join(COVER if letter.isdigit() else letter for letter in text)
