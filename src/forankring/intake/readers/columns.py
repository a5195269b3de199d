"""Tell which row of a grid holds the headings of a table of remarks, and which column is what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from forankring.intake.readers.grids import Grid
from forankring.intake.readers.headings import LONGEST, Guess, Headings

HEADER_WITHIN = 60
"""Rows that may stand above the headings: titles, instructions, the sender."""

WORD = re.compile(r"[^\W\d_]+")
_SAYS_WORDS, _SAYS_LETTERS = 4, 25


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand, and which column is what. ``guessed``: no heading told which is the text."""

    header: int
    fields: Mapping[str, int]
    targets: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()
    guessed: bool = False


def by_heading(grid: Grid, headings: Headings) -> Columns | None:
    """Find the row with the most known headings, one of them for the remark itself, with remarks below it."""
    best: tuple[int, int, tuple[Guess | None, ...]] | None = None
    for index, row in enumerate(grid.rows[:HEADER_WITHIN]):
        guesses = headings.guess(row)
        fields = {guess.field for guess in guesses if guess}
        filled = sum(map(bool, row))
        single = filled == 1 and grid.width > 1  # a title over the table may begin like a heading
        if not fields & {"text", "proposal"} or single or not any(map(any, grid.rows[index + 1 :])):
            continue
        weight = len(fields) + 100 * any(guess and guess.mapped for guess in guesses)
        if best is None or weight > best[0]:
            best = (weight, index, guesses)
    return _columns(grid, best[1], best[2]) if best else None


def _columns(grid: Grid, header: int, guesses: tuple[Guess | None, ...]) -> Columns:
    """Choose among columns with like headings: what the strategy maps, the fullest for words, else the first."""
    fields: dict[str, int] = {}
    for name in ("text", "proposal", "number", "classes", "party"):
        found = [index for index, guess in enumerate(guesses) if guess and guess.field == name]
        mapped = [index for index in found if (guess := guesses[index]) and guess.mapped]
        if found and name in ("text", "proposal"):
            fields[name] = max(mapped or found, key=lambda index: (_letters(grid, header, index), -index))
        elif found:
            fields[name] = (mapped or found)[0]
    every = list(enumerate(guesses))
    return Columns(
        header=header,
        fields=fields,
        targets=tuple(index for index, guess in every if guess and guess.field == "target"),
        contacts=tuple(index for index, guess in every if guess and guess.field == "contact"),
    )


def by_content(grid: Grid) -> Columns | None:
    """Find the column that says the most, in a grid with short headings over several columns."""
    header = next((i for i, row in enumerate(grid.rows[:HEADER_WITHIN]) if _is_head(row)), None)
    if header is None or not grid.rows[header + 1 :]:
        return None
    text = max(range(grid.width), key=lambda index: (_letters(grid, header, index), -index))
    cells = [row[text] for row in grid.rows[header + 1 :] if row[text]]
    if not grid.rows[header][text] or 2 * sum(map(says, cells)) < len(cells) or not cells:
        return None
    return Columns(header=header, fields={"text": text}, guessed=True)


def _is_head(row: tuple[str, ...]) -> bool:
    cells = [cell for cell in row if cell]
    return len(cells) > 1 and all(len(cell) <= LONGEST and WORD.search(cell) and cell[-1] != "." for cell in cells)


def _letters(grid: Grid, header: int, column: int) -> int:
    return sum(len(letters) for row in grid.rows[header + 1 :] for letters in WORD.findall(row[column]))


def says(cell: str) -> bool:
    """Tell whether a cell says something, also in a script that writes no gaps between words."""
    words = WORD.findall(cell)
    return len(words) >= _SAYS_WORDS or sum(map(len, words)) >= _SAYS_LETTERS
