"""A party sees where each of its points went, and reads it once."""

from datetime import UTC, datetime

from forankring.drafting import BlockSource
from forankring.language import load_locale
from forankring.ledger import InputKind, Point
from forankring.publishing import Hand, points_in_margin

POINTS = [Point(id=f"B001-0{n}", kind=InputKind.RESPONSE, text=f"Ønske {n}.") for n in range(1, 10)]
ALL = tuple(point.id for point in POINTS)


def notes(chapters: dict[str, list[tuple[str, tuple[str, ...]]]]) -> list[tuple[str, str]]:
    provenance = {
        key: tuple(BlockSource(digest="", start=start, origin="template", sources=rests) for start, rests in blocks)
        for key, blocks in sorted(chapters.items())
    }
    by = Hand("Sekretariatet", datetime(2026, 5, 4, tzinfo=UTC))
    return [(note.words, note.text) for note in points_in_margin(provenance, chapters, POINTS, by, load_locale("da"))]


def test_a_point_is_quoted_once_and_later_only_its_number_stands_once_a_chapter() -> None:
    found = notes(
        {
            "value": [("Første", ALL[:1]), ("Igen", ALL[:1])],
            "anchoring": [("Anden", (*ALL[:1], "B002-01")), ("Igen", ALL[:1])],
        }
    )

    assert found == [("Første", "Jeres punkt B001-01: »Ønske 1.«"), ("Anden", "Jeres punkt B001-01")]


def test_a_passage_that_rests_on_many_points_does_not_quote_those_that_have_one_of_their_own() -> None:
    found = notes({"summary": [("Sum", ALL)], "value": [(f"Om {name}", (name,)) for name in ALL]})

    assert found[0] == ("Sum", f"Jeres punkter {', '.join(ALL[:6])} og 3 andre")
    assert found[1:] == [(f"Om {point.id}", f"Jeres punkt {point.id}: »{point.text}«") for point in POINTS]


def test_a_point_is_quoted_where_the_words_are_its_own_not_where_it_is_counted_with_those_of_others() -> None:
    found = notes({"summary": [("3 initiativer", (*ALL[:1], "B002-01", "B003-01"))], "value": [("Om 1", ALL[:1])]})

    assert found == [("3 initiativer", "Jeres punkt B001-01"), ("Om 1", "Jeres punkt B001-01: »Ønske 1.«")]


def test_a_passage_says_what_is_quoted_there_before_the_numbers_of_the_others() -> None:
    found = notes({"value": [("Om 1", ALL[:1])], "anchoring": [("Om 1 og 2", ALL[:2])]})

    assert found[1] == ("Om 1 og 2", "Jeres punkt B001-02: »Ønske 2.«\nJeres punkt B001-01")
