"""Turn a text into one that somebody edited as people do: each number is one edit, of a word up to a block."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from forankring.text import Node
from forankring.text.parts import is_text, joined, sentences
from tests.unit.text.prose import NUMBERS, SPACE, Writer
from tests.unit.text.trees import text

EDITS = st.lists(NUMBERS, min_size=0, max_size=4)
_Place = tuple[str, Any]


def edited(blocks: Sequence[Node], numbers: Iterable[int], name: str, *, inside: bool = False) -> list[Node]:
    """Return the text with one edit for each number; ``name`` is in each word that is new.

    ``inside`` leaves the order and number of the blocks at the top as they are.
    """
    result: list[Node] = pickle.loads(pickle.dumps(list(blocks)))
    for place, number in enumerate(numbers):
        writer = Writer(number, f"{name}e{place}k")
        places = list(_places(result))[1 if inside else 0 :]
        if places:
            level, content = writer.chance.choice(places)
            writer.chance.choice(_EDITS[level])(content, writer)
    return result


def _places(blocks: list[Node]) -> Iterator[_Place]:
    """Yield whatever can be edited: sequences of parts, lines of words and blocks with attributes."""
    yield "blocks", blocks
    for block in blocks:
        yield from _inside(block)


def _inside(block: Node) -> Iterator[_Place]:  # noqa: PLR0912  # one case for each kind of block
    content: Any = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            yield "sentences", content
            yield from _line(content)
        case "Header":
            yield "header", content
            yield from _line(content[2])
        case "BlockQuote":
            yield from _places(content)
        case "BulletList" | "OrderedList":
            items = content if block["t"] == "BulletList" else content[1]
            yield "items", items
            for item in items:
                yield from _places(item)
        case "DefinitionList":
            yield "definitions", content
            for term, texts in content:
                yield from _line(term)
                for inner in texts:
                    yield from _places(inner)
        case "Div":
            yield "div", content
            yield from _places(content[1])
        case "Table":
            yield "rows", content[4][0][3]
            for row in (*content[3][1], *content[4][0][3]):
                for cell in row[1]:
                    yield from _places(cell[4])
        case "CodeBlock":
            yield "code", content
        case _:
            pass


def _line(inlines: list[Node]) -> Iterator[_Place]:
    yield "words", inlines
    yield "words", inlines  # what people edit most
    for node in inlines:
        if node["t"] == "Note":
            yield from _places(node["c"])
        elif node["t"] in ("Emph", "Strong", "Strikeout", "Superscript"):
            yield "words", node["c"]
        elif node["t"] in ("Link", "Span", "Quoted"):
            yield "words", node["c"][1]


def _add(parts: list[Any], made: Any, writer: Writer) -> None:
    parts.insert(writer.chance.randint(0, len(parts)), made)


def _remove(parts: list[Any], writer: Writer) -> None:
    if len(parts) > 1:
        parts.pop(writer.chance.randrange(len(parts)))


def _move(parts: list[Any], writer: Writer) -> None:
    if parts:
        part = parts.pop(writer.chance.randrange(len(parts)))
        parts.insert(writer.chance.randint(0, len(parts)), part)


def _of_sentences(edit: Callable[[list[Any], Writer], None]) -> Callable[[list[Any], Writer], None]:
    def _edited(inlines: list[Any], writer: Writer) -> None:
        lines = sentences(inlines)
        edit(lines, writer)
        inlines[:] = joined(lines)

    return _edited


def _split(blocks: list[Any], writer: Writer) -> None:
    """Make two paragraphs of one."""
    for at, block in enumerate(blocks):
        lines = sentences(block["c"]) if is_text(block) else []
        if len(lines) > 1:
            cut = writer.chance.randrange(1, len(lines))
            blocks[at : at + 1] = [{"t": "Para", "c": joined(part)} for part in (lines[:cut], lines[cut:])]
            return


def _join(blocks: list[Any], writer: Writer) -> None:
    """Make one paragraph of two."""
    for at in range(len(blocks) - 1):
        if is_text(blocks[at]) and is_text(blocks[at + 1]):
            lines = [line for block in blocks[at : at + 2] for line in sentences(block["c"])]
            blocks[at : at + 2] = [{"t": "Para", "c": joined(lines)}]
            return


def _split_sentence(lines: list[Any], writer: Writer) -> None:
    """Make two sentences of one."""
    number = writer.chance.randrange(len(lines)) if lines else 0
    spaces = [at for at, node in enumerate(lines[number]) if node == SPACE] if lines else []
    if spaces:
        at = writer.chance.choice(spaces)
        lines[number : number + 1] = [[*lines[number][:at], text(".")], lines[number][at + 1 :]]


def _join_sentences(lines: list[Any], writer: Writer) -> None:
    """Make one sentence of two."""
    if len(lines) > 1:
        at = writer.chance.randrange(len(lines) - 1)
        lines[at : at + 2] = [[*lines[at], SPACE, *lines[at + 1]]]


def _strs(inlines: list[Any]) -> list[int]:
    return [at for at, node in enumerate(inlines) if node["t"] == "Str" and node["c"] != "."]


def _replace_word(inlines: list[Any], writer: Writer) -> None:
    if found := _strs(inlines):
        inlines[writer.chance.choice(found)] = text(writer.word())


def _replace_words(inlines: list[Any], writer: Writer) -> None:
    """Write new words for up to four in a row."""
    found = _strs(inlines)
    first = writer.chance.randrange(len(found)) if found else 0
    for at in found[first : first + writer.chance.randint(2, 4)]:
        inlines[at] = text(writer.word())


def _add_word(inlines: list[Any], writer: Writer) -> None:
    if found := [at for at in _strs(inlines) if not at or inlines[at - 1] == SPACE]:
        at = writer.chance.choice(found)
        inlines[at:at] = [text(writer.word() + writer.chance.choice(("", ","))), SPACE]


def _remove_word(inlines: list[Any], writer: Writer) -> None:
    found = [at for at in _strs(inlines)[1:] if inlines[at - 1] == SPACE]
    if found:
        at = writer.chance.choice(found)
        del inlines[at - 1 : at + 1]


def _emphasise(inlines: list[Any], writer: Writer) -> None:
    if found := _strs(inlines):
        at = writer.chance.choice(found)
        inlines[at] = {"t": "Emph", "c": [inlines[at]]}


def _note(inlines: list[Any], writer: Writer) -> None:
    if found := _strs(inlines):
        inlines.insert(
            writer.chance.choice(found) + 1, {"t": "Note", "c": [{"t": "Para", "c": writer.line(bare=True)}]}
        )


def _sign(inlines: list[Any], writer: Writer) -> None:
    """Set a comma after a word, or take one away."""
    if found := _strs(inlines):
        at = writer.chance.choice(found)
        word = inlines[at]["c"]
        inlines[at] = text(word[:-1] if word.endswith(",") and len(word) > 1 else word + ",")


def _level(content: list[Any], writer: Writer) -> None:
    content[0] = writer.chance.randint(1, 5)


def _named(content: list[Any], writer: Writer) -> None:
    content[1] = [f"navn{writer.chance.randint(0, 99)}", [], []]


def _class(content: list[Any], writer: Writer) -> None:
    content[0] = ["", [writer.chance.choice(("boks", "figure", "note"))], []]


def _code(content: list[Any], writer: Writer) -> None:
    content[1] += f"\n{writer.word()}"


def _cell(rows: list[Any], writer: Writer) -> None:
    """Write another text in a cell, or empty it."""
    if rows:
        cell = writer.chance.choice(writer.chance.choice(rows)[1])
        cell[4] = [] if writer.chance.random() < 0.3 else [{"t": "Plain", "c": writer.line(4)}]


def _add_sentence(lines: list[Any], writer: Writer) -> None:
    _add(lines, writer.sentence(), writer)


_Edit = Callable[[Any, Writer], None]
_EDITS: dict[str, tuple[_Edit, ...]] = {
    "blocks": (
        lambda blocks, writer: _add(blocks, writer.block(1), writer),
        lambda blocks, writer: _add(blocks, writer.para(), writer),
        _remove,
        _move,
        _move,
        _split,
        _join,
    ),
    "sentences": tuple(
        map(_of_sentences, (_add_sentence, _add_sentence, _remove, _move, _split_sentence, _join_sentences))
    ),
    "items": (lambda items, writer: _add(items, writer.blocks(), writer), _remove, _move),
    "rows": (
        lambda rows, writer: _add(rows, writer.row(len(rows[0][1])), writer) if rows else None,
        _remove,
        _move,
        _cell,
    ),
    "definitions": (lambda found, writer: _add(found, writer.definition(), writer), _remove, _move),
    "words": (
        _replace_word,
        _replace_word,
        _replace_words,
        _add_word,
        _add_word,
        _remove_word,
        _emphasise,
        _note,
        _sign,
    ),
    "header": (_level, _named),
    "div": (_class,),
    "code": (_code,),
}
