"""Find e-mail addresses, telephone numbers and postal addresses in text and blocks, and cover them and all numbers."""

import functools
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import unquote, unquote_plus

from forankring.intake.screening import as_seen, count_numbers, cover_numbers, cover_spans, looks_odd
from forankring.language import load_locale, locale_names
from forankring.text import Node


class Kind(StrEnum):
    """What is found and covered; the fields of ``screening`` in strategy.yaml."""

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


class Found(NamedTuple):
    """One thing that is found: what and where in the text."""

    kind: Kind
    start: int
    end: int


_AT = re.compile(
    r"\s{0,2}(?:[@\ufe6b\uff20]|%40|&(?:commat|#0*64|#[xX]0*40);|[(\[{<](?:at|snabel-?a)[)\]}>]|\ssnabel-?a(?=\s))\s{0,2}"
)
_NO_LOCAL = re.compile(r"[^\w.+%'-]")
_LONGEST_LOCAL = 128
_ENDS = r"(?:com|net|org|info|edu|gov|eu|dk|gl|fo|se|no|fi|is|de|nl|uk|us|nu|io)\b"
_DOT = r"(?:\.|\s?[(\[{](?:\.|dot|punktum|prik)[)\]}]\s?|\s(?:dot|punktum)\s)"
_LABEL = r"\w+(?:-\s{0,2}\w+)*-?"
_DOMAIN = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL})*(?:\s?\.\s?{_ENDS})?")
_NAMED = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL})*(?:\s?\.\s?{_ENDS}|{_DOT}[^\W\d_]{{2,}})")
"""A domain that must be one, since there is a blank before it: an hour follows many an ``@``, too."""

_EIGHT = re.compile(r"(?:\d[\s().\u2010-\u2015-]{0,3}){7,}\d")
"""Digits that may be a telephone number: what has fewer is none."""
_GAP = r"[^\S\n]"
_RULE = r"[-\u2010-\u2015\u2212]"
_PAIRS = "|".join(rf"\d\d(?:{gap}\d\d){{3}}" for gap in (rf"{_GAP}{{1,2}}", rf"{_GAP}?{_RULE}{_GAP}?", rf"\.{_GAP}?"))
_NO_YEARS = rf"(?!(?:19|20)\d\d\s?{_RULE}\s?(?:19|20)\d\d)"
_PHONE = re.compile(
    "|".join(
        (
            rf"\(?(?:\+45|\b0045)\)?{_GAP}?(?:{_RULE}|[.\n])?(?:(?:\d[\s.\u2010-\u2015-]{{0,2}}){{7}}\d(?!\d)|{_PAIRS})",
            rf"\+\d{{1,3}}{_GAP}?-?(?:\(0\){_GAP}?)?\d(?:[\s-]?\d){{6,12}}(?!\d)",
            r"(?:(?i:\b(?:tlf|telefon|telephone|tel|mobil|mobile|mob|cell|sms|whatsapp|ring|fax|direkte|phone|kontakt)"
            r"(?:tlf|telefon)?(?:\.?-?(?:nr\.?|nummer))?(?![^\W\d_]))|\b[TM](?=[:.]?\s?\d{4}\s?\d{4}\b))"
            rf"(?:\.?{_GAP}*:?\s*(?:på{_GAP}+)?{_NO_YEARS}(?:\d[\s-]{{0,2}}){{7}}\d(?!\d)"
            rf"|(?:(?!(?i:\b(?:cvr|se|ean|konto\w*|reg|p|tlf|tel\w*|mob\w*)\b))[^\d\n]){{0,24}}\n?{_GAP}*"
            rf"(?P<far>{_NO_YEARS}(?:\d{{4}}{_GAP}?\d{{4}}|{_PAIRS}))(?![\d.,-]*\d))",
            rf"(?<![\d.,-])(?P<alone>{_PAIRS})(?![\d.,-]*\d|\s\d)",
        )
    )
)
"""With the country's number; abroad; after a word for it, at once or some words later; or four pairs of digits."""
_OTHER_NUMBER = re.compile(r"(?i:\b(?:cvr|se|ean|nr|konto\w*|reg|isbn|p)\b(?:[-.]?(?:nr|nummer))?[.:]*\s*)\Z")
_BEFORE_PHONE = 56

_BIG = r"[A-ZÆØÅÉÖÄÜ]"
_HOUSE = re.compile(rf"(?<=[^\W\d_]{_GAP})\d{{1,3}}(?:{_GAP}?[A-Z]\b|[a-z]\b)?(?:-\d{{1,3}}\b)?(?![\w%]|[.,:/]\d)")
_DOOR = rf"(?:(?:sal|tv|th|mf|dør|lejl)\b\.?(?:,?{_GAP}*\d{{1,3}}\b(?!{_GAP}*\d|\d))?)"
_FLOOR = rf"(?:,?{_GAP}*(?:(?:st|kl|kld|stuen|\d{{1,2}})\b\.?(?:,?{_GAP}*{_DOOR})+|st\.))?"
_TOWN = rf"{_BIG}[a-zæøåéöäü]+\.?(?:{_GAP}{_BIG}[a-zæøåéöäü]+|{_GAP}(?:[SNØVCKM]{{1,2}})\b){{0,3}}"
_POSTCODE = r"(?:DK[- ]?)?(?!20[0-4][1-9]|19[5-9]\d|20[1-4]0)\b(?:[1-9]\d{3}|0[5-9]\d\d)"
_POST = rf"{_POSTCODE}{_GAP}+{_TOWN}"
_POSTCODE_UK = r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
_POST_UK = rf"{_TOWN}[\s,]+{_POSTCODE_UK}"
_REST = re.compile(rf"{_FLOOR}(?P<post>{_GAP}*[,·|;–-]?\s{{1,3}}(?:{_TOWN},?\s+)?(?:{_POST}|{_POST_UK}))?")
_CARE_OF = re.compile(rf"(?i:\bc/o){_GAP}+{_BIG}[\w.'-]*(?:{_GAP}{_BIG}[\w.'-]*){{0,3}}")
_BY_CAPITAL = re.compile(rf"\d[A-Za-z]?{_GAP}+{_BIG}|[A-Z]\d")
_STREET_WINDOW = 70


def find_contacts(text: str) -> list[Found]:
    """Return the e-mail addresses, telephone numbers and postal addresses in the text, in this order.

    Invisible characters and letters and digits in another dress do not hide one.
    """
    if not looks_odd(text):
        return _in_view(text)
    view, origin = as_seen(text)
    return [Found(item.kind, origin[item.start], origin[item.end - 1] + 1) for item in _in_view(view)]


def _in_view(text: str) -> list[Found]:
    found = [Found(Kind.EMAIL, *span) for span in _emails(text)]
    if _EIGHT.search(text):
        found += [Found(Kind.PHONE, *span) for span in _phones(text)]
    return found + [Found(Kind.ADDRESS, *span) for span in _addresses(text)]


def cover_contacts(text: str) -> tuple[str, int]:
    """Return text of the same length with all of them covered, and how many there were."""
    found = find_contacts(text)
    return (cover_spans(text, [item[1:] for item in found]), len(found)) if found else (text, 0)


def cover_all(text: str) -> str:
    """Return text of the same length with personal numbers and contact data covered."""
    return cover_contacts(cover_numbers(text))[0]


def kinds_in(text: str) -> list[Kind]:
    """Return what there is to cover in the text: one kind for each finding."""
    return [Kind.PERSONAL_NUMBER] * count_numbers(text) + [item.kind for item in find_contacts(cover_numbers(text))]


def cover_block(node: Node) -> Node:
    """Return a block with everything covered in its words, also where formatting splits them.

    A link whose address holds any of it becomes its words.
    """
    leaves = tuple(_leaves(node))
    text = cover_all("".join(leaves))
    covered: Node = _rebuilt(node, iter(_slices(text, leaves)))
    return covered


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for at in _AT.finditer(text):
        start = _local(text, at.start())
        apart = at.group() != at.group().strip()
        domain = (_NAMED if apart else _DOMAIN).match(text, at.end()) if start < at.start() else None
        if domain:
            yield start, domain.end()


def _local(text: str, end: int) -> int:
    """Return where the name before an ``@`` begins: letters, or anything in quotation marks, or a parted word."""
    before = text[max(0, end - _LONGEST_LOCAL) : end]
    if before.endswith('"') and (quoted := before.rfind('"', 0, -1)) >= 0:
        return end - len(before) + quoted
    local = _NO_LOCAL.split(before)[-1]
    parted = before[: len(before) - len(local)].rstrip()
    if local and parted.endswith(("-", "_")):
        return end - len(before) + len(parted) - len(_NO_LOCAL.split(parted)[-1])
    return end - len(local)


def _phones(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for digits in _EIGHT.finditer(text):
        start = max(end, digits.start() - _BEFORE_PHONE)
        for phone in _PHONE.finditer(text, start, digits.end() + 3):
            before = max(0, phone.start() - _BEFORE_PHONE)
            if not (phone["alone"] and _OTHER_NUMBER.search(text, before, phone.start())):
                end = phone.end()
                yield phone.span("far" if phone["far"] else 0)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    known, done = _known(), 0
    for house in _HOUSE.finditer(text):
        if not text[text.rfind(" ", done, house.start() - 1) + 1].isupper() and "\xa0" not in text:
            continue  # most numbers follow a small word, no street
        rest = _REST.match(text, house.end())
        assert rest is not None  # it may be empty
        start = known.street(text, max(done, house.start() - _STREET_WINDOW), house.start(), sure=bool(rest["post"]))
        if start is not None:
            done = rest.end()
            yield start, done
    if known.may_stand_alone(text):
        yield from (found.span() for found in known.alone.finditer(text))
    if "/" in text:
        yield from (found.span() for found in _CARE_OF.finditer(text))


class _Known:
    """What addresses are known by, in all languages at once: a Danish address stays one in an English text."""

    def __init__(self) -> None:
        words = [load_locale(name).words["screening"] for name in locale_names()]
        joined, apart, before = (
            "|".join(sorted({word for item in words for word in item["streets"][name]}))
            for name in ("joined", "apart", "before")
        )
        boxes = "|".join(re.escape(word) for item in words for word in item["post_boxes"])
        towns = "|".join(sorted({town for item in words for town in item["towns"]}, key=len, reverse=True))
        self._boxes = tuple(box.casefold() for item in words for box in item["post_boxes"])
        self._not = frozenset(word for item in words for word in item["not_streets"])
        lead = rf"(?:{_BIG}[\w.'’-]*{_GAP}|(?:af|den|von|de){_GAP}){{0,3}}"
        self._strong = re.compile(rf"\b{lead}(?:{_BIG}\w*(?:{joined})|{_BIG}[\w.'’-]*{_GAP}(?:{apart})){_GAP}\Z")
        self._weak = re.compile(rf"\b{lead}(?P<last>{_BIG}[\w.'’-]+){_GAP}\Z")
        self.alone = re.compile(
            rf"\b(?i:{boxes})\b{_GAP}*\d{{1,6}}(?:,?\s{{1,2}}{_POST})?"
            rf"|\bDK[- ]?\d{{4}}{_GAP}+{_TOWN}"
            rf"|{_POSTCODE}{_GAP}(?:{towns})\b(?:{_GAP}[SNØVCKM]{{1,2}}\b)?(?!-)"
            rf"|(?<![\w/.-])(?!(?:19|20)\d\d)\d{{1,4}}[A-Za-z]?{_GAP}(?:{_BIG}[\w'’.-]+{_GAP}){{1,3}}(?:{before})\b"
            rf"(?:,?\s{_POST_UK})?"
            rf"|{_POSTCODE_UK}"
        )

    def may_stand_alone(self, text: str) -> bool:
        """Tell whether an address without a street may be there: all but boxes have a digit beside a capital letter.

        ``alone`` would tell it as well, but takes its time at every word.
        """
        folded = text.casefold()
        return _BY_CAPITAL.search(text) is not None or any(box in folded for box in self._boxes)

    def street(self, text: str, start: int, end: int, *, sure: bool) -> int | None:
        """Return where the street begins whose house number is at ``end``; ``sure`` that an address follows."""
        street = self._strong.search(text, start, end)
        if street is None and sure:
            street = self._weak.search(text, start, end)
            if street and street["last"].casefold().rstrip(".") in self._not:
                return None
        elif street and street.group().split()[-1].casefold() in self._not:
            return None
        return street.start() if street else None


@functools.cache
def _known() -> _Known:
    return _Known()


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_ENDED = ("Para", "Plain", "Header")


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
            if kind in _ENDED:
                yield "\n\n"


def words_of(blocks: Iterable[Node]) -> str:
    """Return what blocks say and where their links lead, as text that can be looked through."""
    words: list[str] = []
    targets: list[str] = []
    waiting: list[Any] = list(blocks)[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            content = item.get("c")
            kind = item.get("t", "")
            if kind == "Str":
                words.append(item["c"])
            elif kind in _SPACES:
                words.append(_SPACES[kind])
            elif isinstance(content, list):
                if kind == "Link":
                    targets += _views(content[2])
                if kind in _ENDED:
                    waiting.append("\n\n")
                waiting += content[::-1]
        elif isinstance(item, list | tuple):
            waiting += item[::-1]
        elif item == "\n\n":
            words.append(item)
    return "".join(words) + "\n\n" + "\n\n".join(targets)


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
    if kind in _ENDED:
        next(words)
    return done


def _rebuilt_list(items: Any, words: Iterator[str]) -> list[Any]:
    result: list[Any] = []
    for item in items:
        done = _rebuilt(item, words)
        if isinstance(done, dict) and done.get("t") == "Link" and _tells(done["c"][2]):
            result.extend(done["c"][1])
        else:
            result.append(done)
    return result


def _tells(target: list[str]) -> bool:
    return target[0].startswith("mailto:") or any(cover_all(text) != text for text in _views(target))


def _views(target: list[str]) -> list[str]:
    """Return a link's address and title as they stand, and as a browser would show them."""
    return list(dict.fromkeys(view for text in target for view in (text, unquote(text), unquote_plus(text))))
