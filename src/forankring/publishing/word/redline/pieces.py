"""Turn a paragraph of Word's XML into words, spaces and signs that can be compared, and such pieces into runs again."""

import copy
import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from forankring.publishing.word.names import element, w
from forankring.publishing.word.redline.shapes import shape, shapes
from forankring.text.comparing import Token

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_WORD = re.compile(r"\s|[^\W_]+|.", re.DOTALL)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT, _PROPERTIES, _RUN, _LINK = w("t"), w("rPr"), w("r"), w("hyperlink")
_FIELD, _KIND, _INSTRUCTION = w("fldChar"), w("fldCharType"), w("instrText")
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_PASSED = frozenset({w("pPr"), w("proofErr"), w("bookmarkStart"), w("bookmarkEnd"), w("lastRenderedPageBreak")})
_GONE = {_TEXT: w("delText"), _INSTRUCTION: w("delInstrText")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, space or sign with all that makes it look and work as it does.

    ``runs`` are the elements of what is no text (a picture, a field, a note's number); text has ``properties`` alone.
    """

    text: str
    form: tuple[Hashable, ...]
    properties: Any = None
    link: Any = None
    runs: tuple[Any, ...] = ()

    @property
    def token(self) -> Token:
        """What the piece is compared by."""
        return Token(self.text, self.form)


def stretches_of(paragraph: Any) -> list[Piece]:
    """Return what stands in a paragraph, words that look the same as one piece. A field is one piece as well: its
    number is nothing without its instruction."""
    made: list[Piece] = []
    for piece in _Reader().read(paragraph, None):
        if made and not piece.runs and not made[-1].runs and piece.form == made[-1].form:
            made[-1] = replace(piece, text=made[-1].text + piece.text)
        else:
            made.append(piece)
    return made


def pieces_of(stretches: Iterable[Piece]) -> list[Piece]:
    """Return stretches as single words, spaces and signs."""
    return [
        piece
        for stretch in stretches
        for piece in (
            [stretch]
            if stretch.runs
            else [Piece(word, stretch.form, stretch.properties, stretch.link) for word in _WORD.findall(stretch.text)]
        )
    ]


def words_of_pieces(stretches: Iterable[Piece]) -> list[str]:
    """Return the words and signs of stretches, without spaces."""
    words = (_WORD.findall(stretch.text) for stretch in stretches if not stretch.runs or stretch.text == OBJECT)
    return [word for found in words for word in found if not word.isspace()]


def plain(pieces: Iterable[Piece]) -> str:
    """Return the words of pieces as a person reads them."""
    return "".join(piece.text for piece in pieces if piece.text != OBJECT)


def runs_of(pieces: Sequence[Piece], wrap: Callable[[list[Any]], list[Any]] | None = None) -> list[Any]:
    """Return pieces as elements of a paragraph; ``wrap`` puts runs into a mark, which has to stand inside a link."""
    made: list[Any] = []
    for link, group in itertools.groupby(pieces, key=lambda piece: None if piece.link is None else shape(piece.link)):
        members = list(group)
        inner = list(_runs(members))
        inner = wrap(inner) if wrap else inner
        if link is None:
            made += inner
        else:
            made.append(_bare(members[0].link))
            made[-1].extend(inner)
    return made


def gone(runs: Iterable[Any]) -> list[Any]:
    """Return runs whose words are written as deleted ones are."""
    made = list(runs)
    for run in made:
        for node in run.iter(*_GONE):
            node.tag = _GONE[node.tag]
    return made


def reformatted(pieces: Sequence[Piece], before: Sequence[Piece], change: Callable[[], Any]) -> list[Any]:
    """Return pieces whose properties were others before, each run with the change that ``change`` begins."""
    made: list[Any] = []
    for new, old in zip(pieces, before, strict=True):
        for run in runs_of([new]):
            for inner in run.iter(_RUN):
                own = inner.find(_PROPERTIES)
                if own is None:
                    own = element("rPr")
                    inner.insert(0, own)
                mark = change()
                mark.append(element("rPr") if old.properties is None else copy.deepcopy(old.properties))
                own.append(mark)
            made.append(run)
    return made


class _Reader:
    """Reads runs one after the other, and keeps those of a field until it ends."""

    def __init__(self) -> None:
        self.field: list[Any] = []
        self.depth = 0

    def read(self, parent: Any, link: Any) -> Iterator[Piece]:
        for node in parent:
            if node.tag == _RUN:
                yield from self._run(node, link)
            elif node.tag == _LINK:
                yield from self.read(node, _bare(node))
            elif node.tag == w("fldSimple"):
                yield self._piece(_spelt_out(node), link)
            elif node.tag not in _PASSED and isinstance(node.tag, str):
                yield self._piece([copy.deepcopy(node)], link)

    def _run(self, run: Any, link: Any) -> Iterator[Piece]:
        properties = run.find(_PROPERTIES)
        if properties is not None and not len(properties):
            properties = None
        form = (_link_shape(link), shape(properties))
        for node in run:
            if node.tag == _PROPERTIES or node.tag in _PASSED:
                continue
            if node.tag == _FIELD or self.depth:
                yield from self._within_field(node, properties, link)
            elif node.tag == _TEXT:
                if node.text:
                    yield Piece(node.text, form, properties, link)
            else:
                yield self._piece([_run(properties, [node])], link, properties)

    def _within_field(self, node: Any, properties: Any, link: Any) -> Iterator[Piece]:
        self.depth += {"begin": 1, "end": -1}.get(node.get(_KIND, ""), 0) if node.tag == _FIELD else 0
        self.field.append(_run(properties, [node]))
        if not self.depth:
            runs, self.field = self.field, []
            yield self._piece(runs, link)

    @staticmethod
    def _piece(runs: list[Any], link: Any, properties: Any = None) -> Piece:
        if properties is not None or (len(runs) == 1 and runs[0].tag == _RUN):
            [node] = [node for node in runs[0] if node.tag != _PROPERTIES]
            form = (_link_shape(link), shape(properties), shape(node))
            return Piece(_SIGNS.get(node.tag, OBJECT), form, properties, link, tuple(runs))
        words = "".join(node.text or "" for run in runs for node in run.iter(_TEXT))
        return Piece(words or OBJECT, (_link_shape(link), (), shapes(runs)), None, link, tuple(runs))


def _runs(pieces: Sequence[Piece]) -> Iterator[Any]:
    """Yield the runs of pieces: words that look the same are one run."""
    for form, group in itertools.groupby(pieces, key=lambda piece: None if piece.runs else piece.form):
        members = list(group)
        if form is None:
            yield from (copy.deepcopy(run) for piece in members for run in piece.runs)
        else:
            yield _run(members[0].properties, [_words("".join(piece.text for piece in members))])


def _run(properties: Any, nodes: Iterable[Any]) -> Any:
    made = etree.Element(_RUN)
    made.extend(copy.deepcopy(node) for node in (properties, *nodes) if node is not None)
    return made


def _words(words: str) -> Any:
    made = element("t", words)
    made.set(_SPACE, "preserve")
    return made


def _bare(link: Any) -> Any:
    """Return a link without its words."""
    return etree.Element(link.tag, dict(link.attrib))


def _link_shape(link: Any) -> Hashable:
    return () if link is None else shape(link)


def _spelt_out(field: Any) -> list[Any]:
    """Return a simple field as one of runs: no mark of a change may hold the simple one."""
    code = element("instrText", field.get(w("instr"), ""))
    code.set(_SPACE, "preserve")
    runs = [copy.deepcopy(run) for run in field.iter(_RUN)]
    chars = {kind: element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")}
    return [chars["begin"], element("r", code), chars["separate"], *runs, chars["end"]]
