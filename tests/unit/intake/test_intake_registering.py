"""The register: numbers are given once, nothing is entered twice, and what replaces what is linked."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from forankring.intake import Reading, SourceFile, register
from forankring.intake.records import Format
from forankring.ledger import About, Ledger, Outcome, PartyRef, Point, Refusal, Route, Submission
from forankring.ledger.records import InputKind
from forankring.workspace import PartyType, Strategy, parse_strategy
from tests.unit.intake.conftest import STRATEGY

IN_TIME = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATE = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # half past midnight in Copenhagen, the day after


def reading(place: str, data: str, *codes: str, points: int = 1) -> Reading:
    parts = place.split("/")
    file = SourceFile(place=place, round=parts[0], folder=parts[1], size=len(data), stamp=(0,), path=Path(place))
    return Reading(
        file=file,
        sha256=data,
        size=len(data),
        format=Format.TEXT,
        refusals=tuple(Refusal(code=code) for code in codes),
        party=PartyRef(key="kl", name="KL", type=PartyType.MUNICIPALITY),
        points=() if codes else tuple(Point(id="", kind=InputKind.RESPONSE, text="x") for _ in range(points)),
    )


def test_new_files_get_the_next_numbers_and_their_points_follow(strategy: Strategy) -> None:
    found = register(Ledger(), [reading("h1/kl/a", "A", points=2), reading("h1/kl/b", "B")], strategy, IN_TIME)
    assert [item.id for item in found.added] == ["B001", "B002"]
    assert [point.id for point in found.added[0].points] == ["B001-01", "B001-02"]
    assert found.added[0].received_at == IN_TIME


def test_the_same_readings_again_change_nothing(strategy: Strategy) -> None:
    readings = [reading("h1/kl/a", "A"), reading("h1/kl/b", "B", "no_party")]
    first = register(Ledger(), readings, strategy, IN_TIME)
    again = register(first.ledger, readings, strategy, LATE)
    assert (again.ledger, again.added, again.changed) == (first.ledger, (), ())


def test_the_same_bytes_twice_in_one_folder_are_one_submission_with_both_places(strategy: Strategy) -> None:
    found = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/under/b", "A")], strategy, IN_TIME)
    assert [item.places for item in found.added] == [("h1/kl/a", "h1/kl/under/b")]


def test_the_same_bytes_from_two_parties_are_two_submissions(strategy: Strategy) -> None:
    found = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/aeroe/a", "A")], strategy, IN_TIME)
    assert len(found.added) == 2


def test_other_bytes_at_a_known_place_replace_the_old_submission(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A2")], strategy, IN_TIME)
    old, new = second.ledger.submissions
    assert (old.replaced_by, new.replaces, new.id) == ("B002", "B001", "B002")
    assert [item.id for item in second.changed] == ["B001"]
    assert [item.id for item in second.ledger.current] == ["B002"]
    third = register(second.ledger, [reading("h1/kl/a", "A")], strategy, IN_TIME)
    assert third.added[0].replaces == "B002", "going back to the old bytes is a change as well"


def test_a_mended_file_keeps_its_number_and_its_time(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A", "no_party")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A")], strategy, LATE)
    (item,) = second.ledger.submissions
    assert (item.id, item.outcome, item.received_at, item.late) == ("B001", Outcome.ACCEPTED, IN_TIME, False)
    assert second.changed == (item,)


def test_a_file_that_could_not_be_opened_keeps_its_number_when_it_can(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "", "file_unreadable")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A")], strategy, IN_TIME)
    assert [(item.id, item.sha256) for item in second.ledger.submissions] == [("B001", "A")]


def test_a_file_after_the_deadline_in_the_workspaces_zone_is_late(strategy: Strategy) -> None:
    assert register(Ledger(), [reading("h1/kl/a", "A")], strategy, LATE).added[0].late
    assert not register(Ledger(), [reading("h1/kl/a", "A")], strategy, IN_TIME).added[0].late


def test_two_covered_names_never_replace_each_other(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/▇▇▇", "A", "personal_number")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/▇▇▇", "B", "personal_number")], strategy, IN_TIME)
    assert [item.replaced_by for item in second.ledger.submissions] == ["", ""]


def test_places_that_keep_the_old_bytes_keep_the_submission(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/b", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A2"), reading("h1/kl/b", "A")], strategy, IN_TIME)
    assert [(item.places, item.replaced_by, item.replaces) for item in second.ledger.submissions] == [
        (("h1/kl/b",), "", ""),
        (("h1/kl/a",), "", ""),
    ]


def test_a_copy_that_is_gone_keeps_no_submission(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/b", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A2")], strategy, IN_TIME)
    assert [item.replaced_by for item in second.ledger.submissions] == ["B002", ""]


def test_two_copies_changed_alike_are_one_submission_again(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/b", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "A2"), reading("h1/kl/b", "A2")], strategy, IN_TIME)
    assert [(item.places, item.replaced_by) for item in second.ledger.submissions] == [
        (("h1/kl/a", "h1/kl/b"), "B002"),
        (("h1/kl/a", "h1/kl/b"), ""),
    ]


def test_a_file_written_over_with_another_one_is_not_counted_twice(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/b", "B")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "B")], strategy, IN_TIME)
    assert [(item.places, item.replaced_by) for item in second.ledger.submissions] == [
        (("h1/kl/a",), "B002"),
        (("h1/kl/b", "h1/kl/a"), ""),
    ]


def test_two_files_that_change_places_are_both_kept(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A"), reading("h1/kl/b", "B")], strategy, IN_TIME)
    swapped = [reading("h1/kl/a", "B"), reading("h1/kl/b", "A")]
    second = register(first.ledger, swapped, strategy, IN_TIME)
    assert sorted((item.sha256, item.places) for item in second.ledger.current) == [
        ("A", ("h1/kl/b",)),
        ("B", ("h1/kl/a",)),
    ]


def test_a_refused_file_never_takes_the_place_of_an_accepted_one(strategy: Strategy) -> None:
    ledger = register(Ledger(), [reading("h1/kl/a", "A")], strategy, IN_TIME).ledger
    for data, code in (("X", "broken_file"), ("Y", "broken_file"), ("", "file_unreadable")):
        ledger = register(ledger, [reading("h1/kl/a", data, code)], strategy, IN_TIME).ledger
        assert [item.id for item in ledger.current] == ["B001"]
    assert [item.replaced_by for item in ledger.submissions] == ["", "B003", "B004", ""]
    accepted = register(ledger, [reading("h1/kl/a", "Z")], strategy, IN_TIME).ledger
    assert [(item.id, item.replaces) for item in accepted.current] == [("B004", "B001")]


def test_the_old_bytes_put_back_retire_the_refused_file(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "X", "broken_file")], strategy, IN_TIME)
    third = register(second.ledger, [reading("h1/kl/a", "A")], strategy, IN_TIME)
    assert [(item.id, item.replaced_by) for item in third.ledger.submissions] == [("B001", ""), ("B002", "B001")]


def test_a_refused_file_replaces_the_earlier_one_when_it_is_mended(strategy: Strategy) -> None:
    first = register(Ledger(), [reading("h1/kl/a", "A")], strategy, IN_TIME)
    second = register(first.ledger, [reading("h1/kl/a", "B", "no_party")], strategy, IN_TIME)
    third = register(second.ledger, [reading("h1/kl/a", "B")], strategy, IN_TIME)
    assert [(item.id, item.replaced_by) for item in third.ledger.submissions] == [("B001", "B002"), ("B002", "")]


PLACES = ("h1/kl/a", "h1/kl/b", "h1/aeroe/a", "h1/aeroe/b")


@st.composite
def one_gathering(draw: st.DrawFn) -> list[Reading]:
    """What one look into the inbox finds: the same bytes are refused everywhere, or nowhere."""
    refused = draw(st.sets(st.sampled_from("ABC"), max_size=2))
    held = draw(st.dictionaries(st.sampled_from(PLACES), st.sampled_from("ABC"), max_size=4))
    return [reading(place, data, *(("no_party",) if data in refused else ())) for place, data in held.items()]


@given(st.lists(one_gathering(), max_size=3), one_gathering(), st.integers(0, 4))
def test_readings_in_portions_end_with_the_same_ledger_as_all_at_once(
    earlier: list[list[Reading]], now: list[Reading], cut: int
) -> None:
    strategy = parse_strategy(STRATEGY)
    ledger = Ledger()
    for readings in earlier:
        ledger = register(ledger, readings, strategy, IN_TIME).ledger
    news = [replace(item.file, sha256=item.sha256) for item in now]
    first = register(ledger, now[:cut], strategy, LATE, news).ledger
    assert register(first, now[cut:], strategy, LATE, news).ledger == register(ledger, now, strategy, LATE).ledger


def read_by(version: int, *words: str, refused: str = "") -> Reading:
    codes = (refused,) if refused else ()
    points = () if refused else tuple(Point(id="", kind=InputKind.RESPONSE, text=text) for text in words)
    return replace(reading("h1/kl/a", "A", *codes), reader=version, points=points)


def placed(submission: Submission, number: str, chapter: str) -> Submission:
    about = About(chapter=chapter, route=Route.EDITOR)
    points = (replace(point, about=about) if point.id == number else point for point in submission.points)
    return replace(submission, points=tuple(points))


def test_a_newer_reader_keeps_the_numbers_of_the_same_words_and_gives_others_new_ones(strategy: Strategy) -> None:
    first = register(Ledger(), [read_by(1, "one", "two", "two", "three")], strategy, IN_TIME)
    again = register(first.ledger, [read_by(2, "two", "new", "one", "two")], strategy, LATE)
    (item,) = again.ledger.submissions
    assert [(point.id, point.text) for point in item.points] == [
        ("B001-02", "two"),
        ("B001-05", "new"),
        ("B001-01", "one"),
        ("B001-03", "two"),
    ]
    assert (item.reader, item.received_at) == (2, IN_TIME)
    third = register(again.ledger, [read_by(3, "one", "newest")], strategy, LATE)
    assert [point.id for point in third.ledger.submissions[0].points] == ["B001-01", "B001-06"]


def test_what_a_newer_reader_cannot_read_stands_unless_it_holds_a_personal_number(strategy: Strategy) -> None:
    first = register(Ledger(), [read_by(1, "one")], strategy, IN_TIME)
    slow = register(first.ledger, [read_by(2, refused="too_slow")], strategy, LATE).ledger.submissions[0]
    assert (slow.outcome, slow.reader, slow.points) == (Outcome.ACCEPTED, 2, first.ledger.submissions[0].points)
    number = register(first.ledger, [read_by(2, refused="personal_number")], strategy, LATE).ledger.submissions[0]
    assert (number.outcome, number.points) == (Outcome.QUARANTINED, ())


def test_where_an_editor_placed_a_point_outlives_a_newer_reader_and_a_newer_file(strategy: Strategy) -> None:
    first = register(Ledger(), [read_by(1, "one", "two")], strategy, IN_TIME)
    corrected = Ledger((placed(first.ledger.submissions[0], "B001-02", "value"),))
    reread = register(corrected, [read_by(2, "zero", "two")], strategy, LATE).ledger.submissions[0]
    assert [point.about.chapter for point in reread.points] == ["", "value"]
    newer = replace(read_by(2, "two", "three"), sha256="A2")
    replaced = register(corrected, [newer], strategy, LATE).ledger.submissions[1]
    assert [(point.id, point.about.chapter) for point in replaced.points] == [("B002-01", "value"), ("B002-02", "")]
