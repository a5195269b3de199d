"""Find what must not reach git: personal numbers (which refuse a file), e-mail addresses and telephone numbers."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from forankring.errors import InputError, Problem
from forankring.intake.records import Screened
from forankring.text import Node

COVER = "▇"

DIGITS = 10
"""A personal number has ten digits; what has fewer holds none."""

_DIGIT = re.compile(r"\d")

_DAY_MONTH = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){gap}(?:0[1-9]|1[0-2]){gap}\d\d"
_DASH = r"[-_\u02d7\u2010-\u2015\u2043\u2212]"
_BETWEEN = rf"[^\S\n]?(?:{_DASH}|[./])?[^\S\n]?"
_DAY_APART = rf"(?:0{_BETWEEN}[1-9]|[12]{_BETWEEN}\d|3{_BETWEEN}[01]|6{_BETWEEN}[1-9]|[78]{_BETWEEN}\d|9{_BETWEEN}[01])"
_MONTH_APART = rf"{_BETWEEN}(?:0{_BETWEEN}[1-9]|1{_BETWEEN}[0-2])"
_APART = rf"{_DAY_APART}{_MONTH_APART}(?:{_BETWEEN}\d){{6}}(?:(?:{_BETWEEN}\d){{2}})?"
_NUMBER = re.compile(
    rf"(?<!\d){_DAY_MONTH.format(gap='')}\)?[^\S\n]*(?:{_DASH}{{1,3}}|\n)?[^\S\n]*\d{{4}}(?!\d)"
    rf"|(?<![\d.]){_DAY_MONTH.format(gap='[ .]')}[^\S\n]*{_DASH}{{1,3}}[^\S\n]*\d{{4}}(?!\d)"
    rf"|(?<![-\d./]){_DAY_MONTH.format(gap='[-/]')}[^\S\n]*{_DASH}{{1,3}}[^\S\n]*\d{{4}}(?!\d)"
    rf"|(?i:cpr|personn)[^\d\n]{{0,20}}{_APART}(?!\d)"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\U000e0001-\U000e007f\u200b-\u200f\u2060-\u2064\ufeff\ufffe\u202a-\u202e]"
)

_TWO_DIGITS = re.compile(r"\d\d")
_CONTACT = re.compile(
    r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:\+45|\b0045)[\s-]?(?:\d[\s-]?){7}\d(?!\d)"
    r"|(?i:\b(?:tlf|telefon|tel|mobil|mob|ring|fax|direkte|phone)\b\.?(?:nr\.?|nummer)?\s*:?\s*(?:på\s+)?)(?:\d[\s-]?){7}\d(?!\d)"
    r"|(?<![\d.,-])(?<!cvr )(?<!CVR )(?<!nr\. )(?<!nr\.: )(?<!CVR: )(?:\d\d ){3}\d\d(?![\d.,-]|\s\d)"
)


def find_number(text: str) -> int | None:
    """Return where the first personal number (CPR) begins, or None. No modulus test: newer numbers need not pass it.

    Day and month must be valid (day + 60 is a replacement number); a hyphen or blanks may stand before the last four
    digits, or hyphens or strokes between all parts. After the word for it any way of spreading the digits counts.
    Invisible characters between digits do not hide one.
    """
    if len(_DIGIT.findall(text)) < DIGITS:
        return None
    for view in _views(text):
        found = _NUMBER.search(view)
        if found:
            return found.start()
    return None


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
    """Return the text with every personal number covered."""
    if find_number(text) is None:
        return text
    covered = _NUMBER.sub(_covered, text)
    return covered if find_number(covered) is None else _cover_digits(covered)


def cover_contacts(text: str) -> tuple[str, int]:
    """Return text of the same length with e-mail addresses and telephone numbers covered, and how many there were."""
    if "@" not in text and not _TWO_DIGITS.search(text):
        return text, 0
    return _CONTACT.subn(_covered, text)


def cover_contacts_in(node: Node) -> tuple[Node, int]:
    """Return a block with contact data covered in its words, also where formatting splits them; links to mail go."""
    leaves = tuple(_leaves(node))
    text, found = cover_contacts("".join(leaves))
    if not found and "mailto:" not in str(node):
        return node, 0
    return _rebuilt(node, iter(_slices(text, leaves))), found


def _views(text: str) -> Iterator[str]:
    """Yield the text as written and as a reader or a search engine would see it."""
    bare = _INVISIBLE.sub("", text)
    yield bare
    if not bare.isascii():
        folded = unicodedata.normalize("NFKC", bare)
        if folded != bare:
            yield folded
    if "%" in bare:  # an address may spell it so
        yield unquote(bare)


def _covered(found: re.Match[str]) -> str:
    return "".join(letter if letter.isspace() else COVER for letter in found.group())


def _cover_digits(text: str) -> str:
    """Cover every digit: for a number that only another way of writing the text shows."""
    return "".join(COVER if letter.isdigit() else letter for letter in text)


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, list | tuple):
        for item in node:
            yield from _leaves(item)
    elif isinstance(node, dict):
        kind = node.get("t")
        if kind == "Str":
            yield node["c"]
        elif kind in _SPACES:
            yield _SPACES[kind]
        else:
            yield from _leaves(node.get("c"))
            if kind in ("Para", "Plain", "Header"):
                yield "\n\n"


def _slices(text: str, leaves: tuple[str, ...]) -> Iterator[str]:
    start = 0
    for leaf in leaves:
        yield text[start : start + len(leaf)]
        start += len(leaf)


def _rebuilt(node: Any, words: Iterator[str]) -> Any:
    """Return the tree with its words taken from ``words``, in the order in which ``_leaves`` gave them."""
    if isinstance(node, list | tuple):
        return _rebuilt_list(node, words)
    if not isinstance(node, dict):
        return node
    kind = node.get("t")
    if kind == "Str":
        return {"t": "Str", "c": next(words)}
    if kind in _SPACES:
        next(words)
        return node
    done = {key: _rebuilt(value, words) if key == "c" else value for key, value in node.items()}
    if kind in ("Para", "Plain", "Header"):
        next(words)
    return done


def _rebuilt_list(items: Any, words: Iterator[str]) -> list[Any]:
    result: list[Any] = []
    for item in items:
        done = _rebuilt(item, words)
        if isinstance(done, dict) and done.get("t") == "Link" and done["c"][2][0].startswith("mailto:"):
            result.extend(done["c"][1])
        else:
            result.append(done)
    return result
