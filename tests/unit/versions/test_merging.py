"""How two texts that grew from one become one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.versions import Merged, git_merge
from forankring.versions.merging import has_markers, merge_file, merge_files, normal

BASE = b"# Forord\n\nVi skriver.\n\nVi slutter.\n"

paragraphs = st.lists(st.text("abcæøå ,.<>=|", min_size=1, max_size=30), min_size=2, max_size=12)


def text(parts: list[str]) -> bytes:
    return "\n\n".join(f"{number} {part}" for number, part in enumerate(parts)).encode() + b"\n"


@settings(max_examples=60, deadline=None)
@given(paragraphs, st.data())
def test_a_hand_edit_survives_and_a_generated_change_arrives_when_they_are_in_different_paragraphs(
    parts: list[str], data: st.DataObject
) -> None:
    numbers = st.integers(0, len(parts) - 1)
    mine = data.draw(numbers)
    other = data.draw(numbers.filter(lambda number: number != mine))
    ours, theirs, both = list(parts), list(parts), list(parts)
    ours[mine] = both[mine] = parts[mine] + " i hånden"
    theirs[other] = both[other] = parts[other] + " fra skabelonen"

    assert git_merge(text(parts), text(ours), text(theirs)) == Merged(text(both))


@settings(max_examples=40, deadline=None)
@given(paragraphs, paragraphs, paragraphs)
def test_whatever_meets_the_result_has_no_markers_and_every_conflict_stands_where_it_says(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    merged = git_merge(text(base), text(ours), text(theirs))

    lines = merged.text.decode().splitlines(keepends=True)
    assert b"<" * 31 not in merged.text
    for conflict in merged.conflicts:
        height = conflict.ours.count("\n")
        assert "".join(lines[conflict.line - 1 : conflict.line - 1 + height]) == conflict.ours


def test_where_both_changed_one_line_the_human_text_stays_and_both_are_listed() -> None:
    merged = git_merge(BASE, BASE.replace(b"slutter", b"ender"), BASE.replace(b"slutter", b"afrunder"))

    assert merged.text == BASE.replace(b"slutter", b"ender")
    (conflict,) = merged.conflicts
    assert (conflict.line, conflict.ours, conflict.theirs, conflict.base) == (
        5,
        "Vi ender.\n",
        "Vi afrunder.\n",
        "Vi slutter.\n",
    )


def test_a_text_that_looks_like_markers_is_a_text() -> None:
    nasty = b"<<<<<<< ours\nen\n" + b"=" * 31 + b"\nto\n>>>>>>> theirs\n"

    merged = git_merge(nasty, nasty + b"\nMin.\n", nasty + b"\nDin.\n")

    assert merged.text == nasty + b"\nMin.\n"
    assert [conflict.theirs for conflict in merged.conflicts] == ["Din.\n"]


def test_bytes_that_are_no_text_are_left_to_the_human() -> None:
    merged = git_merge(b"a\n", b"b\0\n", b"c\n")

    assert merged.text == b"b\0\n"
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
    text, found = merge_file(base, ours, theirs, git_merge)

    assert text == result
    assert [conflict.line for conflict in found] == [0] * conflicts


def test_any_merge_of_texts_can_take_the_place_of_git() -> None:
    def joined(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(ours + theirs)

    merged = merge_files({"a.md": b"1\n"}, {"a.md": b"2\n"}, {"a.md": b"3\n"}, joined)

    assert merged.files == {"a.md": b"2\n3\n"}


def test_line_ends_and_byte_order_marks_are_not_stored() -> None:
    assert normal(b"\xef\xbb\xbfen\r\nto\rtre") == b"en\nto\ntre\n"
    assert normal(b"") == b""


def test_only_a_pair_of_markers_is_an_unfinished_merge() -> None:
    assert has_markers(b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n")
    assert not has_markers(b"Overskrift\n=======\n\n<<<<<<<< otte\n>>>>>>>\n")
