"""How two states of the text that grew from one become one."""

import pytest

from forankring.errors import InputError
from forankring.language import load_locale
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
