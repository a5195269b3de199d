"""How long a conflict stays on the list."""

from dataclasses import replace

import pytest

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.versions import Conflict
from forankring.versions.conflicts import (
    Register,
    dump_register,
    load_register,
    still_open,
    with_conflicts,
    without,
)
from forankring.versions.prose import Prose

PATH = "chapters/forord.md"
PROSE = Prose(load_locale("da"))


def conflict(ours: str = "Min.\n", theirs: str = "Din.\n", base: str = "Før.\n", line: int = 1) -> Conflict:
    level = "sentence" if line else "chapter"
    return Conflict(path=PATH, line=line, ours=ours, theirs=theirs, base=base, level=level)


def registered(*found: Conflict) -> Register:
    return with_conflicts(Register(), found)[0]


def numbers(register: Register, chapter: str | None) -> list[int]:
    chapters = {} if chapter is None else {PATH: chapter.encode()}
    return [item.number for item in still_open(register, chapters, PROSE).open]


def test_a_conflict_is_open_while_the_human_text_stands_and_knows_its_line() -> None:
    register = registered(conflict())

    assert [item.line for item in still_open(register, {PATH: b"# Ny\n\nMin.\n"}, PROSE).open] == [3]
    assert numbers(register, "Vores.\n") == []
    assert numbers(register, "Din.\n") == []
    assert numbers(register, None) == []


def test_a_conflict_goes_with_its_chapter_to_another_name() -> None:
    open_now = still_open(registered(conflict()), {"chapters/indledning.md": b"# Ny\n\nMin.\n"}, PROSE).open

    assert [(item.path, item.line) for item in open_now] == [("chapters/indledning.md", 3)]


def test_a_table_that_was_edited_further_is_not_decided_until_it_is_theirs() -> None:
    mine = "| Mål | År | Pris |\n|----|----|----|\n| Et fælles mål | 2025 | 8 |\n| Et andet mål | 2026 | 9 |\n"
    theirs = mine.replace("2025", "2029")
    register = registered(replace(conflict(mine, theirs, "| Mål |\n|----|\n| Et fælles mål |\n"), level="block"))

    assert numbers(register, mine.replace("| 8 |", "| 10 |")) == [1]
    assert numbers(register, theirs) == []


def test_a_deleted_line_is_open_until_the_proposal_is_taken() -> None:
    register = registered(conflict(ours=""))

    assert numbers(register, "Andet.\n") == [1]
    assert numbers(register, "Andet.\nDin.\n") == []


def test_a_deleted_chapter_is_open_until_it_is_back_and_a_kept_one_until_it_is_gone() -> None:
    deleted, kept = registered(conflict(ours="", line=0)), registered(conflict(theirs="", line=0))

    assert (numbers(deleted, None), numbers(deleted, "Din.\n")) == ([1], [])
    assert (numbers(kept, "Min, rettet.\n"), numbers(kept, None)) == ([1], [])


def test_a_number_is_never_used_again() -> None:
    register = without(registered(conflict()), [1])

    assert [item.number for item in with_conflicts(register, [conflict()])[1]] == [2]


def test_a_newer_proposal_against_the_same_text_keeps_the_number() -> None:
    register, added = with_conflicts(registered(conflict()), [conflict(theirs="Nyt.\n", base="Din.\n")])

    assert [(item.number, item.theirs) for item in register.open] == [(1, "Nyt.\n")]
    assert added == register.open


def test_of_two_places_with_the_same_text_a_newer_proposal_belongs_to_the_one_whose_older_it_rests_on() -> None:
    register = registered(conflict("2025.\n", "2028.\n", "2024.\n"), conflict("2025.\n", "2029.\n", "2026.\n"))
    after, added = with_conflicts(register, [conflict("2025.\n", "2030.\n", "2029.\n")])

    assert [item.number for item in added] == [2]
    assert [(item.number, item.theirs) for item in after.open] == [(1, "2028.\n"), (2, "2030.\n")]


def test_two_places_with_the_same_text_are_two_conflicts() -> None:
    assert [item.number for item in registered(conflict(line=1), conflict(line=9)).open] == [1, 2]


def test_the_file_gives_back_what_was_written() -> None:
    register = registered(conflict(), conflict(ours="Æ «citat»\n"))

    assert load_register(dump_register(register)) == register
    assert load_register(None) == Register()


def test_a_broken_file_is_told_and_so_is_a_number_that_is_not_open() -> None:
    with pytest.raises(InputError, match="conflicts_unreadable"):
        load_register(b'{"next": "mange"')
    with pytest.raises(InputError, match="no_open_conflicts"):
        without(Register(), [7])
    with pytest.raises(InputError, match=r"^-: conflict_unknown.*given=7"):
        without(registered(conflict()), [1, 7])
