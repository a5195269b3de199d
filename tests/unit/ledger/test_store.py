"""The ledger on disk is the ledger: nothing that a party said is lost on the way to a file and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.ledger import (
    AnchoringPlan,
    Attachment,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    InputKind,
    Ledger,
    Note,
    Outcome,
    PartyRef,
    Point,
    Publication,
    Refusal,
    Submission,
    TechnologyCase,
    Visibility,
    dump_ledger,
    dump_sealed,
    load_ledger,
)
from forankring.ledger.contents import Ai, Benefit, Cost, Legislation
from forankring.ledger.store import point_id, submission_id

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=2))])

texts = st.text(st.characters(codec="utf-8"), max_size=12)
maybe = st.none() | texts
contents = st.one_of(
    st.builds(
        Initiative,
        anchoring_level=st.none() | st.integers(0, 4),
        owner=maybe,
        goals=st.lists(texts, max_size=2).map(tuple),
        benefits=st.lists(st.builds(Benefit, target=maybe, year=st.none() | st.integers(0, 2050)), max_size=2).map(
            tuple
        ),
        cost=st.lists(st.builds(Cost, amount=st.sampled_from([0.0, 1.5, -2.0])), max_size=2).map(tuple),
        legislation=st.none() | st.builds(Legislation, change_needed=st.none() | st.booleans()),
        ai=st.none() | st.builds(Ai),
    ),
    st.builds(GoalStatus),
    st.builds(TechnologyCase),
    st.builds(AnchoringPlan),
    st.builds(Evidence),
    st.builds(GoalProposal),
)
blocks = st.sampled_from(
    [
        {"t": "Para", "c": []},
        {"t": "HorizontalRule"},
        {"t": "Header", "c": [1, ["", [], []], [{"t": "Str", "c": ""}]]},
        {"t": "Table", "c": [["", [], []], [None, []], [], [["", [], []], []], [], [["", [], []], []]]},
    ]
)
points = st.builds(
    Point,
    id=st.just("B001-01"),
    text=texts,
    content=st.none() | contents,
    visibility=st.sampled_from(Visibility),
    blocks=st.lists(blocks, max_size=2).map(tuple),
)
values = st.dictionaries(texts, st.integers(-1, 2) | texts, max_size=2)
submissions = st.builds(
    Submission,
    received_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES),
    points=st.lists(points, max_size=3).map(tuple),
    notes=st.lists(st.builds(Note, values=values), max_size=2).map(tuple),
    refusals=st.lists(st.builds(Refusal, values=values), max_size=2).map(tuple),
    places=st.lists(texts, max_size=2).map(tuple),
    party=st.none() | st.builds(PartyRef, name=texts),
    late=st.booleans(),
    title=texts,
    publication=st.sampled_from(Publication),
)


@given(st.lists(submissions, max_size=3))
@QUICK
def test_a_ledger_read_back_is_the_same_ledger_and_writes_the_same_bytes(made: list[Submission]) -> None:
    ledger = Ledger().with_submissions(*(replace(item, id=submission_id(n)) for n, item in enumerate(made, start=1)))
    files, sealed = dump_ledger(ledger), dump_sealed(ledger)

    assert load_ledger(files, sealed) == ledger
    assert dump_ledger(load_ledger(files, sealed)) == files
    assert dump_ledger(load_ledger(files)) == files, "the public faces alone stay what they are"


@given(submissions)
@QUICK
def test_git_gets_no_word_and_no_name_that_is_not_for_everybody(made: Submission) -> None:
    [face] = load_ledger(dump_ledger(Ledger((replace(made, id="B001"),)))).submissions

    withheld = made.publication == Publication.WITHHELD
    for whole, shown in zip(made.points, face.points, strict=True):
        if withheld or whole.visibility == Visibility.INTERNAL:
            assert not (shown.text or shown.blocks or shown.content)
        else:
            assert shown == whole
    if made.publication != Publication.PUBLIC:
        assert not (face.places or face.title or face.on_behalf_of or (face.party and face.party.name))


@pytest.mark.parametrize("publication", [Publication.ANONYMOUS, Publication.WITHHELD])
def test_git_gets_no_name_of_an_attachment_of_a_sender_who_is_not_named(publication: Publication) -> None:
    refusals = (Refusal(code="encrypted", file="r1/kl/mail.eml/Ane Hemmelig.pdf"),)
    part = Attachment(name="Ane Hemmelig.pdf", format="pdf", size=77123, sha256="ab" * 32, refusals=refusals)
    plain = _submission(1)
    points = tuple(replace(point, place=replace(point.place, part="Ane Hemmelig.pdf")) for point in plain.points)
    sealed = replace(plain, publication=publication, parts=(part,), points=points)
    kept = b"".join(dump_ledger(Ledger((sealed,))).values()).decode()

    assert not any(word in kept for word in ("Hemmelig", "77123", "abab"))
    assert "encrypted" in kept


def test_a_sealed_submission_without_its_private_record_stops_the_run_instead_of_being_numbered_anew() -> None:
    ledger = Ledger((replace(_submission(1), publication=Publication.WITHHELD),))
    with pytest.raises(InputError, match="ledger_sealed_missing"):
        load_ledger(dump_ledger(ledger), {})


def test_zero_and_no_are_answers() -> None:
    said = Initiative(anchoring_level=0, legislation=Legislation(change_needed=False), benefits=())
    ledger = Ledger((_submission(1, points=(Point(id="B001-01", kind=InputKind.INITIATIVE, content=said),)),))

    assert load_ledger(dump_ledger(ledger)).submissions[0].points[0].content == said


def test_what_is_as_by_default_is_not_written() -> None:
    written = dump_ledger(Ledger((_submission(1),)))["ledger/submissions/B001.json"].decode()

    assert "points" not in written
    assert "publication" not in written
    assert written.endswith("}\n")


def test_files_of_others_are_passed_over() -> None:
    files = dump_ledger(Ledger((_submission(1),))) | {"chapters/goals.md": b"#", "provenance.json": b"{}"}

    assert len(load_ledger(files).submissions) == 1


def test_numbers_beyond_a_thousand_stay_in_order() -> None:
    ledger = Ledger().with_submissions(_submission(1000), _submission(999), _submission(2))

    assert [item.id for item in ledger.submissions] == ["B002", "B999", "B1000"]
    assert load_ledger(dump_ledger(ledger)) == ledger
    assert ledger.next_number() == 1001
    assert point_id("B1000", 100) == "B1000-100"


def test_a_number_is_never_given_twice_even_after_a_withdrawal() -> None:
    ledger = Ledger().with_submissions(_submission(1), _submission(2, outcome=Outcome.WITHDRAWN))

    assert ledger.next_number() == 3
    assert Ledger().next_number() == 1


def test_only_accepted_files_that_nothing_replaced_are_current() -> None:
    point = Point(id="B003-01", kind=InputKind.RESPONSE)
    ledger = Ledger().with_submissions(
        _submission(1, replaced_by="B003"),
        _submission(2, outcome=Outcome.QUARANTINED),
        _submission(3, points=(point,)),
    )

    assert [item.id for item in ledger.current] == ["B003"]
    assert list(ledger.points()) == [(ledger.submissions[2], point)]


def test_a_changed_submission_takes_its_old_place() -> None:
    ledger = Ledger().with_submissions(_submission(1), _submission(2)).with_submissions(_submission(1, title="ny"))

    assert [(item.id, item.title) for item in ledger.submissions] == [("B001", "ny"), ("B002", "")]


@pytest.mark.parametrize("broken", [b'{"nonsense": 1}', b"{", b"", b"\xff", b"[]"])
def test_a_file_of_the_ledger_that_a_hand_broke_is_named(broken: bytes) -> None:
    with pytest.raises(InputError) as caught:
        load_ledger(dump_ledger(Ledger((_submission(1),))) | {"ledger/submissions/B002.json": broken})

    assert [(item.code, item.file) for item in caught.value.problems] == [
        ("ledger_unreadable", "ledger/submissions/B002.json")
    ]


def test_a_file_of_the_ledger_bears_the_number_of_its_submission() -> None:
    [data] = dump_ledger(Ledger((_submission(1),))).values()

    with pytest.raises(InputError, match="ledger_unreadable"):
        load_ledger({"ledger/submissions/B001.json": data, "ledger/submissions/B002.json": data})


def _submission(number: int, **changes: object) -> Submission:
    plain = Submission(
        id=submission_id(number),
        round="r1",
        outcome=Outcome.ACCEPTED,
        places=("r1/kl/a.md",),
        sha256="0" * 64,
        size=1,
        format="markdown",
        received_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields by name
