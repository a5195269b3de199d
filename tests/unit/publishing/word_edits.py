"""Turn chance into texts with every construct, and into edits of them as editors make them.

Drawn from a seed, not choice by choice: a thousand examples then cost seconds, where hypothesis' own take minutes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.unit.publishing.word_files import Block, Para, Table, Word

T = TypeVar("T")
VOCABULARY = "mål værdi forankring staten regionerne kommunerne og i 2024 system. Drift nye".split()
NOTES = (
    "Se_kilden",
    "Se_den_anden_kilde_i_bilaget",
    "Opgjort_i_2023",
    "Se_kilden;mål|2024",
    "Se_kilden;mål|2030;system|drift",
    "Se_kilden;Opgjort_i_2023;mål|2024|2030",
    "Se_kilden;mål|2024;Opgjort_i_2023",
)
STYLES = ("BodyText", "Heading1", "Heading2", "Caption")
LISTS = ("-a", "-b", "1a", "1b")


def document(chance: Random) -> tuple[Block, ...]:
    """Return a text; some paragraphs have a bookmark, and the last block is a paragraph that ends no section."""
    return _closed([*_some(chance, _block, 0, 6), _para(chance)], chance)


def edited(text: tuple[Block, ...], chance: Random) -> tuple[Block, ...]:
    """Return a later version of a text: some blocks edited, gone, come, moved or doubled."""
    made: list[Block] = list(text)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(made))
        match chance.choice(["edit", "edit", "drop", "add", "move", "double"]):
            case "edit":
                made[at] = _edited(made[at], chance)
            case "drop" if len(made) > 1:
                del made[at]
            case "add":
                made.insert(at, _block(chance))
            case "move":
                moved = made.pop(at)
                made.insert(chance.randint(0, len(made)), moved)
            case "double":
                made.insert(at, made[at])
    return _closed([*made, Para()] if isinstance(made[-1], Table) else made, chance)


def _some(chance: Random, make: Callable[[Random], T], least: int, most: int) -> list[T]:
    return [make(chance) for _ in range(chance.randint(least, most))]


def _words(chance: Random) -> tuple[Word, ...]:
    """Return the words of a paragraph; one in some is no mere text, and some paragraphs are empty."""
    made: list[Word] = []
    for _ in range(chance.randint(0, 3)):
        made += [Word(" ")] if made else []
        texts = chance.choices(VOCABULARY, k=chance.randint(1, 4))
        made += [Word(part) for text in texts for part in (text, " ")][:-1]
        if chance.random() < 0.25:
            made.append(_sign(chance))
    return tuple(made)


def _sign(chance: Random) -> Word:
    match chance.choice(["word", "note", "picture", "break"]):
        case "word":
            return Word(chance.choice(VOCABULARY), chance.choice(["bold", "link", "field"]))
        case "note":
            return Word(chance.choice(NOTES), "note")
        case "picture":
            return Word(chance.choice(["a", "b"]), "picture")
        case _:
            return Word("", "break")


def _para(chance: Random) -> Para:
    item = chance.choice([None, None, (chance.choice(LISTS), chance.randint(0, 1))])
    return Para(_words(chance), chance.choice(STYLES), item, "", chance.random() < 1 / 13, chance.random() < 0.5)


def _line(chance: Random) -> Para:
    return Para(_words(chance), "BodyText", chance.choice([None, None, ("-c", 0)]))


def _cell(chance: Random) -> tuple[Para, ...]:
    return tuple(_some(chance, _line, 1, 2))


def _table(chance: Random) -> Table:
    """Return a table of one or two columns."""
    columns = chance.randint(1, 2)
    rows = _some(chance, lambda chance: tuple(_cell(chance) for _ in range(columns)), 1, 3)
    return Table(tuple(rows), chance.choice([1000, 2000]))


def _block(chance: Random) -> Block:
    return _table(chance) if chance.random() < 0.2 else _para(chance)


def _edited(block: Block, chance: Random) -> Block:
    if isinstance(block, Table):
        return _edited_table(block, chance)
    match chance.choice(["words", "words", "style", "item", "next", "section"]):
        case "style":
            return replace(block, style=chance.choice(STYLES))
        case "item":
            return replace(block, item=chance.choice([None, ("-a", 0), ("1a", 1), ("-d", 0)]))
        case "next":
            return replace(block, next=not block.next)
        case "section":
            return replace(block, section=not block.section)
        case _:
            return _edited_words(block, chance)


def _edited_table(table: Table, chance: Random) -> Table:
    rows = list(table.rows)
    at = chance.randrange(len(rows))
    match chance.choice(["cell", "drop", "add", "all", "width"]):
        case "cell":
            rows[at] = (*rows[at][:-1], tuple(_edited_words(line, chance) for line in rows[at][-1]))
        case "drop" if len(rows) > 1:
            del rows[at]
        case "add":
            rows.insert(at, tuple(_cell(chance) for _ in rows[at]))
        case "all":
            return _table(chance)
        case "width":
            return replace(table, width=table.width + 500)
    return replace(table, rows=tuple(rows))


def _edited_words(block: Para, chance: Random) -> Para:
    made = list(block.words)
    start = chance.randint(0, len(made))
    end = chance.randint(start, min(len(made), start + 3))
    if chance.random() < 0.5 and made[start:end]:
        made[start:end] = [replace(word, kind="bold") if word.kind == "text" else word for word in made[start:end]]
    else:
        made[start:end] = _words(chance)
    return replace(block, words=tuple(made))


def _closed(made: list[Block], chance: Random) -> tuple[Block, ...]:
    """Give some paragraphs a bookmark of their own, and let the last one end no section."""
    names: Iterator[str] = iter(chance.sample("abcdefgh", 8))
    for number, block in enumerate(made):
        if isinstance(block, Para):
            named = chance.random() < 1 / 3 and block.words
            made[number] = replace(block, name=next(names, "") if named else "")
    last = made[-1]
    assert isinstance(last, Para)
    made[-1] = replace(last, section=False)
    return tuple(made)
