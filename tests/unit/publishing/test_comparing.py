"""Two manuscripts become one in which each change has a number, and no name or link is of what went."""

from dataclasses import replace
from typing import Any

import pytest

from forankring import text
from forankring.language import load_locale
from forankring.publishing.manuscript.comparing import Compared, compared
from forankring.publishing.records import Face, Manuscript, ManuscriptChapter
from forankring.text import Document, Node, attributes, header, inlines, para, plain, walk
from forankring.text.marks import ADDED, MOVED_AWAY, MOVED_HERE, OLD, REMOVED, mark_of

FACE = Face(
    edition_id="lille-v1", title="Lille", subtitle="", parties="", label="", mark="", version="Version 1", date="i dag",
    status="Kladde",
)  # fmt: skip
LONG = "Strategien skal skabe værdi for borgere og virksomheder i hele landet."
STAYED = "Den første fælles strategi blev aftalt for mange år siden mellem stat, regioner og kommuner i landet."


def test_words_in_the_place_of_others_are_one_change_with_them() -> None:
    found = _compared({"a": [para("Et mål er nået.")]}, {"a": [para("To mål er ikke nået.")]})
    assert [change.kind for change in found.changes] == [REMOVED, ADDED]


def test_the_two_ends_of_a_move_know_each_other_and_their_headings() -> None:
    head = header(2, "Om mål", "om-maal")
    old, new = [para(LONG), head, para(STAYED)], [head, para(STAYED), para(LONG)]
    away, here = _compared({"a": old}, {"a": new}).changes
    assert (away.kind, away.other, away.under) == (MOVED_AWAY, 2, "")
    assert (here.kind, here.other, here.under) == (MOVED_HERE, 1, "Om mål")
    ways = [each.way((away, here), load_locale("da")) for each in (away, here)]
    assert ways == ["Flyttet til »Om mål«", "Flyttet hertil fra et andet sted i kapitlet"]


def test_moves_in_two_chapters_are_not_taken_for_each_other() -> None:
    old, new = [para(LONG), para(STAYED)], [para(STAYED), para(LONG)]
    found = _compared({"a": old, "b": old}, {"a": new, "b": new})
    assert [change.other for change in found.changes] == [2, 1, 4, 3]


def test_a_chapter_that_went_stands_where_it_was_and_has_no_heading() -> None:
    found = _compared({"a": [], "b": [para(LONG)], "c": []}, {"a": [], "c": [], "d": []})
    assert [chapter.key for chapter in found.manuscript.chapters] == ["a", "b", "c", "d"]
    assert not [node for node in walk(found.manuscript.chapters[1].blocks) if node["t"] == "Header"]


def test_a_link_to_what_went_keeps_its_words_alone() -> None:
    place = {"t": "Div", "c": [["maal", ["boks"], []], [para(LONG)]]}
    link = {"t": "Para", "c": [{"t": "Link", "c": [["", [], []], inlines("Se mål"), ["#maal", ""]]}]}
    found = _compared({"a": [link, place]}, {"a": [link]})
    assert "Se mål" in plain(found.manuscript.chapters[0].blocks)
    assert not [node for node in _nodes(found) if node["t"] == "Link"]


def test_no_name_stands_twice() -> None:
    box = {"t": "Div", "c": [["maal", ["boks"], []], [para(LONG)]]}
    found = _compared({"a": [box, para(STAYED)]}, {"a": [para(STAYED), box]})
    names = [attr[0] for node in _nodes(found) if (attr := attributes(node)) and attr[0]]
    assert sorted(names) == sorted(set(names))
    gone = [node for node in _nodes(found) if (mark := mark_of(node)) and mark.kind in OLD]
    assert gone and not [each for node in gone for each in walk(node) if (attributes(each) or [""])[0]]


def test_a_passage_whose_name_alone_is_another_is_not_marked() -> None:
    passages = [{"t": "Div", "c": [[name, ["passage"], []], [para(LONG)]]} for name in ("p-1", "p-2")]
    assert _compared({"a": passages[:1]}, {"a": passages[1:]}).changes == ()


def test_a_flipped_page_is_no_change() -> None:
    flipped = {"t": "Div", "c": [["", ["wide"], []], [para(LONG)]]}
    assert _compared({"a": [flipped]}, {"a": [para(LONG)]}).changes == ()


def test_a_note_of_removed_words_says_that_it_went_too() -> None:
    noted = para(f"{LONG} Mere.")
    noted["c"].append({"t": "Note", "c": [para("Noten.")]})
    found = _compared({"a": [para(STAYED), noted]}, {"a": [para(STAYED)]})
    [note] = [node for node in _nodes(found) if node["t"] == "Note"]
    assert mark_of(note["c"][0]) and mark_of(note["c"][0]).kind == REMOVED  # type: ignore[union-attr]  # just asked
    assert len(found.changes) == 1


def test_the_face_says_what_is_compared() -> None:
    face = _compared({"a": []}, {"a": []}).manuscript.face
    assert face.version == "Ændringer fra version 1 til version 2" and face.edition_id == "lille-v2-redline-v1"
    assert "Ingen ændringer" in face.cover_lines
    assert any(line.startswith("Sammenligning af version 1 (") for line in face.cover_lines)


def test_a_chapter_whose_redline_is_not_exact_is_shown_whole_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    accept = text.accept
    monkeypatch.setattr(text, "accept", lambda tree: Document(accept(tree).blocks[1:]))
    found = _compared({"a": [para("Et mål er nået.")]}, {"a": [para("To mål er nået.")]})

    assert found.rebuilt == ("A",)
    assert plain(found.manuscript.chapters[0].blocks).count("mål er nået") == 2


def _compared(old: dict[str, list[Node]], new: dict[str, list[Node]]) -> Compared:
    after = replace(FACE, version="Version 2", edition_id="lille-v2")
    return compared(_manuscript(FACE, old), _manuscript(after, new), load_locale("da"))


def _manuscript(face: Face, chapters: dict[str, list[Node]]) -> Manuscript:
    made = tuple(
        ManuscriptChapter(key=key, title=key.upper(), blocks=(header(1, key.upper(), key), *blocks))
        for key, blocks in chapters.items()
    )
    return Manuscript(face=face, chapters=made, headings=(), pictures={}, mends=())


def _nodes(found: Compared) -> list[Any]:
    return list(walk([chapter.blocks for chapter in found.manuscript.chapters]))
