"""How two states of the text that grew from one become one."""

from dataclasses import replace

import pytest

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.text import Context
from forankring.versions import Conflict, Merged
from forankring.versions.merging import has_markers, merge_file, merge_files, normal
from forankring.versions.prose import Prose

PROSE = Prose(load_locale("da"))
BASE = b"# Forord\n\nDer er 10 mio. kr. til det. Vi slutter.\n"


def test_where_both_changed_the_same_words_the_human_text_stays_and_both_are_listed() -> None:
    merged = PROSE.merge(BASE, BASE.replace(b"slutter", b"ender"), BASE.replace(b"slutter", b"afrunder"))

    assert merged.text == BASE.replace(b"slutter", b"ender")  # not a byte of it is touched
    (conflict,) = merged.conflicts
    assert (conflict.line, conflict.level, conflict.ours, conflict.theirs, conflict.base) == (
        3,
        "sentence",
        "Vi ender.\n",
        "Vi afrunder.\n",
        "Vi slutter.\n",
    )


def test_two_edits_in_one_sentence_are_both_made_and_listed_for_a_look() -> None:
    merged = PROSE.merge(BASE, BASE.replace(b"10 mio", b"12 mio"), BASE.replace(b"kr. til", "kr. årligt til".encode()))

    assert merged.text.decode() == "# Forord\n\nDer er 12 mio. kr. årligt til det.\nVi slutter.\n"
    (look,) = merged.conflicts
    assert (look.merged, look.ours) == ("Der er 12 mio. kr. årligt til det.\n", "Der er 12 mio. kr. til det.\n")
    assert look.standing == look.merged


def test_a_deletion_against_an_edit_is_known_by_what_stands_around_it() -> None:
    merged = PROSE.merge(BASE, BASE.replace(b" Vi slutter.", b""), BASE.replace(b"slutter", b"afrunder"))

    assert merged.text == BASE.replace(b" Vi slutter.", b"")
    (conflict,) = merged.conflicts
    assert (conflict.ours, conflict.theirs, conflict.before) == (
        "",
        "Vi afrunder.\n",
        "Der er 10 mio. kr. til det.\n",
    )


@pytest.mark.parametrize("level", ["sentence", "block", "item", "row"])
@pytest.mark.parametrize("deleted", [False, True], ids=["edited", "deleted"])
def test_what_did_not_stand_can_take_its_place_wherever_it_is(level: str, deleted: bool) -> None:
    base, ours, theirs = SCENES[level]
    ours = base.replace(ours[0], "" if deleted else ours[1])
    wanted = base.replace(*theirs)
    merged = PROSE.merge(base.encode(), ours.encode(), wanted.encode())

    (conflict,) = merged.conflicts
    assert PROSE.stands({"": merged.text.decode()}, [conflict]) == [True]
    decided = PROSE.decided(merged.text.decode(), conflict, conflict.theirs)
    assert PROSE.read([decided]) == PROSE.read([wanted])
    assert PROSE.stands({"": decided}, [conflict]) == [False]


def test_a_sentence_keeps_its_footnote_in_a_conflict_and_when_it_is_taken() -> None:
    base = "Vi skriver om to ting.^[Se *bilaget*.] Vi slutter.\n"
    theirs = base.replace("skriver", "tier")
    merged = PROSE.merge(base.encode(), base.replace("skriver", "taler").encode(), theirs.encode())

    (conflict,) = merged.conflicts
    assert "Se *bilaget*." in conflict.ours
    assert PROSE.stands({"": merged.text.decode()}, [conflict]) == [True]
    decided = PROSE.decided(merged.text.decode(), conflict, conflict.theirs)
    assert PROSE.read([decided]) == PROSE.read([theirs])


@pytest.mark.parametrize(
    "base",
    [
        "| a | b |\n|---|---|\n| Første sag er her. Den anden står der. | x |\n",
        "| a | b |\n|---|---|\n| x | y |\n\n: Første sag er her. Den anden står der.\n",
        "Teksten.^[Første sag er her. Den anden står der.]\n",
    ],
    ids=["cell", "caption", "note"],
)
def test_a_conflict_where_sentences_share_a_line_is_found_again_and_decided(base: str) -> None:
    ours, theirs = (base.replace("står", word) for word in ("ligger", "hviler"))
    merged = PROSE.merge(base.encode(), ours.encode(), theirs.encode())

    (conflict,) = (met for met in merged.conflicts if not met.merged)
    assert PROSE.stands({"": merged.text.decode()}, [conflict]) == [True]
    decided = PROSE.decided(merged.text.decode(), conflict, conflict.theirs)
    assert PROSE.read([decided]) == PROSE.read([theirs])
    assert PROSE.stands({"": decided}, [conflict]) == [False]


def test_a_conflict_that_no_part_of_the_text_is_any_more_stays_open_while_its_words_stand() -> None:
    merged = PROSE.merge(BASE, BASE.replace(b"slutter", b"ender"), BASE.replace(b"slutter", b"afrunder"))
    joined = merged.text.decode().replace("Vi ender.", "Det vil sige: Vi ender.")

    assert PROSE.stands({"": joined}, list(merged.conflicts)) == [True]
    with pytest.raises(InputError, match="conflict_place_gone"):
        PROSE.decided(joined, merged.conflicts[0], "Vi afrunder.\n")


TABLE = "| a | b |\n|---|---|\n| første række | tal 1 |\n| anden række | tal 2 |\n| tredje række | tal 3 |\n"
SCENES = {
    "sentence": (
        "Et. Vi skriver om to ting. Tre.\n",
        ("Vi skriver om to ting. ", "Vi taler om to ting. "),
        ("Vi skriver", "Vi tier"),
    ),
    "block": (
        "# A\n\n## Mål for fem\n\nTekst.\n",
        ("## Mål for fem\n\n", "## Mål for seks\n\n"),
        ("for fem", "for syv"),
    ),
    "item": (
        "- et\n- to ting der er\n- tre\n",
        ("- to ting der er\n", "- to ting der var\n"),
        ("der er", "der bliver"),
    ),
    "row": (TABLE, ("| anden række | tal 2 |\n", "| anden række | tal 4 |\n"), ("tal 2", "tal 5")),
}


def test_bytes_that_are_no_text_are_left_to_the_human() -> None:
    for odd in (b"b\0\n", b"\xff\n"):
        merged = PROSE.merge(b"a\n", odd, b"c\n")

        assert merged.text == odd
        assert merged.conflicts[0].theirs == "c\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "conflicts"),
    [
        (None, None, b"ny\n", b"ny\n", 0),  # generated for the first time
        (None, b"min\n", None, b"min\n", 0),  # the human's own chapter
        (b"a\n", None, b"a\n", None, 0),  # deleted by hand
        (b"a\n", None, b"b\n", None, 1),  # deleted by hand, changed since
        (b"a\n", b"a\n", None, None, 0),  # no longer generated
        (b"a\n", b"b\n", None, b"b\n", 1),  # edited by hand, no longer generated
        (b"a\n", b"a\r\n", b"b\n", b"b\n", 0),  # line ends are no edit
        (b"a\n", b"\xef\xbb\xbfa", b"a\n", b"\xef\xbb\xbfa", 0),  # nothing to merge in: not a byte is touched
    ],
)
def test_a_file_that_is_absent_on_one_side_stays_as_the_human_has_it(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, result: bytes | None, conflicts: int
) -> None:
    text, found = merge_file(base, ours, theirs, PROSE.merge)

    assert text == result
    assert [conflict.line for conflict in found] == [0] * conflicts


def test_files_are_merged_one_by_one() -> None:
    def joined(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(ours + theirs, (Conflict(path="", line=1, ours="2", theirs="3", base="1"),))

    merged = merge_files({"a.md": b"1\n"}, {"a.md": b"2\n"}, {"a.md": b"3\n"}, joined)

    assert merged.files == {"a.md": b"2\n3\n"}
    assert [conflict.path for conflict in merged.conflicts] == ["a.md"]


def test_line_ends_and_byte_order_marks_are_not_stored() -> None:
    assert normal(b"\xef\xbb\xbfen\r\nto\rtre") == b"en\nto\ntre\n"
    assert normal(b"") == b""


def test_only_a_pair_of_markers_is_an_unfinished_merge() -> None:
    assert has_markers(b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n")
    assert not has_markers(b"Overskrift\n=======\n\n<<<<<<<< otte\n>>>>>>>\n")


def _decided(base: str, ours: str, theirs: str, later: tuple[str, str] = ("", "")) -> str:
    """Merge, let the editor edit something else, and take what was generated for the only conflict."""
    merged = PROSE.merge(base.encode(), ours.encode(), theirs.encode())
    (conflict,) = merged.conflicts
    chapter = merged.text.decode()
    assert later[0] in chapter
    return PROSE.decided(chapter.replace(*later), conflict, conflict.theirs)


ROWS = "| Mål | År |\n|----|----|\n| M1 | 2025 |\n| M2 | 2026 |\n"
TWICE = "## Et\n\nArbejdet begynder i 2025. Det er aftalt.\n\n## To\n\nArbejdet begynder i 2026. Det er vedtaget.\n"


@pytest.mark.parametrize("text", [ROWS, TWICE], ids=["cells", "sentences"])
def test_of_two_places_that_say_the_same_the_one_that_met_is_decided(text: str) -> None:
    merged = PROSE.merge(text.encode(), text.replace("2026", "2025").encode(), text.replace("2026", "2029").encode())
    (conflict,) = merged.conflicts

    decided = PROSE.decided(merged.text.decode(), conflict, conflict.theirs)
    assert PROSE.read([decided]) == PROSE.read([text.replace("2026", "2029")])
    assert merged.text.decode().split("\n")[conflict.line - 1].count("2025")
    assert conflict.line > len(merged.text.decode().split("2025")[0].split("\n"))


def test_a_few_letters_that_stand_elsewhere_do_not_keep_open_what_was_decided_by_hand() -> None:
    merged = PROSE.merge(ROWS.encode(), ROWS.replace("2026", "2025").encode(), ROWS.replace("2026", "2029").encode())
    (conflict,) = merged.conflicts

    assert PROSE.stands({"": merged.text.decode()}, [conflict]) == [True]
    assert PROSE.stands({"": merged.text.decode().replace("M2 | 2025", "M2 | 2027")}, [conflict]) == [False]


def test_a_deleted_place_is_found_again_though_the_sentence_beside_it_was_edited() -> None:
    base = "Dette er et udkast. Vi begynder i morgen, og så fortsætter vi i lang tid.\n"
    ours, theirs = base.replace("Dette er et udkast. ", ""), base.replace("et udkast", "et foreløbigt udkast")

    decided = _decided(base, ours, theirs, ("i morgen", "i overmorgen"))
    assert decided == "Dette er et foreløbigt udkast.\nVi begynder i overmorgen, og så fortsætter vi i lang tid.\n"


@pytest.mark.parametrize(
    "put",
    [
        "- et punkt\n- to punkter\n",
        "# En overskrift\n",
        "> Et citat\n",
        "    kode\n",
        "En.\n\n| a |\n|---|\n| b |\n",
        "En.\n\nTo.\n",
        "[^1]: Alene\n",
        "En.\n\n[^1]: Ingen kalder den.\n",
    ],
)
def test_a_text_that_cannot_all_stand_in_a_sentence_s_place_is_refused(put: str) -> None:
    merged = PROSE.merge(BASE, BASE.replace(b"slutter", b"ender"), BASE.replace(b"slutter", b"afrunder"))
    (conflict,) = merged.conflicts

    with pytest.raises(InputError) as refused:
        PROSE.decided(merged.text.decode(), conflict, put)
    assert [problem.code for problem in refused.value.problems] == ["conflict_text_unfit"]


def test_a_row_is_decided_by_a_row_of_as_many_cells_and_by_nothing_else() -> None:
    base, ours, theirs = ROWS, ROWS.replace("| M2 | 2026 |\n", ""), ROWS.replace("2026", "2029")
    merged = PROSE.merge(base.encode(), ours.encode(), theirs.encode())
    (conflict,) = merged.conflicts

    for put in ("Bare en sætning.\n", "| a | b | c |\n|---|---|---|\n| M2 | 1 | 2 |\n"):
        with pytest.raises(InputError):
            PROSE.decided(merged.text.decode(), conflict, put)
    assert "| M2 | 2029 |" in PROSE.decided(merged.text.decode(), conflict, conflict.theirs)


def test_what_one_joined_and_the_other_has_as_two_sentences_is_told_of_as_a_whole() -> None:
    base, theirs = "Vi går hjem. Vi spiser mad.\n", "Vi går straks hjem. Vi spiser mad.\n"
    merged = PROSE.merge(base.encode(), b"Vi g\xc3\xa5r hjem, og vi spiser mad.\n", theirs.encode())
    (conflict,) = merged.conflicts

    assert merged.text.decode() == "Vi går straks hjem, og vi spiser mad.\n"
    assert PROSE.read([PROSE.decided(merged.text.decode(), conflict, conflict.theirs)]) == PROSE.read([theirs])


@pytest.mark.parametrize("frame", ["::: boks\n{}\n:::\n", "- {}\n", "> {}\n"], ids=["box", "item", "quote"])
def test_what_one_deleted_and_the_other_framed_is_listed_and_can_be_deleted_again(frame: str) -> None:
    gone = "Kommunerne skal selv betale for det hele."
    base = f"Det første afsnit.\n\n{gone}\n\nDet sidste afsnit.\n"
    ours, theirs = base.replace(f"{gone}\n\n", ""), base.replace(gone, frame.format(gone))
    merged = PROSE.merge(base.encode(), ours.encode(), theirs.encode())
    (conflict,) = merged.conflicts

    assert (conflict.ours, conflict.merged) == ("", f"{gone}\n")
    assert gone not in PROSE.decided(merged.text.decode(), conflict, conflict.ours)


def test_where_no_letters_around_a_deleted_place_are_known_its_neighbours_tell_it() -> None:
    base = "Det første afsnit.\n\nDet andet afsnit.\n\nDet her bliver slettet.\n\nDet sidste afsnit.\n"
    ours, wanted = base.replace("Det her bliver slettet.\n\n", ""), base.replace("slettet", "rettet")
    merged = PROSE.merge(base.encode(), ours.encode(), wanted.encode())
    (conflict,) = merged.conflicts
    decided = PROSE.decided(merged.text.decode(), replace(conflict, around=Context()), conflict.theirs)

    assert PROSE.read([decided]) == PROSE.read([wanted])
