"""Each requirement counts what it needs, names what is missing, and says who can give it."""

from datetime import UTC, datetime

import pytest

from forankring.drafting.completeness import Answered, Requirement, assess, dump_completeness
from forankring.language import load_locale
from forankring.ledger import (
    GoalStatus,
    Initiative,
    InputKind,
    Ledger,
    Outcome,
    PartyRef,
    Point,
    Publication,
    Submission,
    Visibility,
)
from forankring.ledger.contents import Assessment, Benefit, BenefitType, Commitment, Content, CoParty, Cost, Funding
from forankring.workspace import PartyType, parse_catalogue, parse_strategy

DANISH = load_locale("da")
STRATEGY = parse_strategy(
    """
key: s
title: T
label: L
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: P}
parties: []
chapters: []
goals: [{id: M1, title: Mål et}, {id: M2, title: Mål to, assumptions: [en]}]
"""
)
CATALOGUE = parse_catalogue(
    {
        "goals.yaml": """
goals:
  - id: G1
    title: Et
    focus_areas: [{id: F1, title: A, fact: {source: s, verified: ja}}]
    fact: {source: s, verified: ja}
  - {id: G2, title: To, focus_areas: [], fact: {source: s, verified: ja}}
"""
    }
)


def submission(number: int, content: Content, **changes: object) -> Submission:
    key = f"B{number:03d}"
    visibility = Visibility(changes.pop("visibility", Visibility.PUBLIC))
    point = Point(id=f"{key}-01", kind=InputKind(content.kind), content=content, visibility=visibility)
    values: dict[str, object] = {
        "id": key, "round": "r", "outcome": Outcome.ACCEPTED, "places": (key,), "sha256": key, "size": 1,
        "format": "yaml", "received_at": datetime(2026, 11, 23, tzinfo=UTC), "points": (point,),
        "party": PartyRef(key="k", name="Eksempel Kommune", type=PartyType.MUNICIPALITY),
    }  # fmt: skip
    return Submission(**(values | changes))


def report(*submissions: Submission) -> dict[str, Requirement]:
    return {row.id: row for row in assess(STRATEGY, CATALOGUE, Ledger(submissions), DANISH)}


def test_nothing_received_is_missing_everywhere_and_says_so() -> None:
    rows = report()
    assert rows["RQ-20"].status is Answered.MISSING
    assert rows["RQ-20"].detail == "Der er endnu intet materiale at bygge svaret på."


def test_an_initiative_without_owner_names_the_point_and_its_sender() -> None:
    rows = report(submission(1, Initiative(owner="Eksempel Kommune")), submission(2, Initiative()))
    assert rows["RQ-20"].status is Answered.PARTLY
    assert rows["RQ-20"].detail == "1 af 2 er besvaret. Mangler: B002-01."
    assert rows["RQ-20"].by == ("Eksempel Kommune",)


def test_a_technology_without_value_or_owner_is_not_answered() -> None:
    bare = Initiative(technologies=("Robot",), process_change="x", owner="O")
    full = Initiative(
        technologies=("Robot",),
        process_change="x",
        owner="O",
        benefits=(Benefit(type=BenefitType.TIME, beneficiary="borger"),),
    )
    assert report(submission(1, bare))["RQ-11"].status is Answered.MISSING
    assert report(submission(1, full))["RQ-11"].status is Answered.ANSWERED


@pytest.mark.parametrize("change", [{"publication": Publication.WITHHELD}, {"visibility": Visibility.INTERNAL}])
def test_what_may_not_be_published_does_not_count(change: dict[str, object]) -> None:
    assert report(submission(1, Initiative(owner="O"), **change))["RQ-20"].detail == report()["RQ-20"].detail


def test_an_anonymous_sender_is_not_named() -> None:
    row = report(submission(1, Initiative(), publication=Publication.ANONYMOUS))["RQ-20"]
    assert row.by == ("Sekretariatet",)


def test_a_focus_area_counts_for_its_goal_and_its_level() -> None:
    rows = report(submission(1, GoalStatus(goal="F1", assessment=Assessment.REACHED, lesson="l")))
    assert rows["RQ-05"].status is Answered.MISSING
    assert rows["RQ-08"].by == ("staten", "regionerne", "kommunerne")
    assert rows["RQ-08"].status is Answered.PARTLY
    assert rows["RQ-09"].detail.startswith(
        "1 af 6 er besvaret. Mangler: »Et« (staten), »Et« (regionerne), »To« (staten)"
    )


def test_goals_without_measure_or_initiative_are_gaps() -> None:
    rows = report(submission(1, Initiative(goals=("M1",))))
    assert rows["RQ-02"].status is Answered.MISSING
    assert rows["RQ-04"].detail == "1 af 2 er besvaret. Mangler: mål M1."
    assert rows["RQ-35"].detail == "2 af 3 er besvaret. Mangler: M2 »Mål to«."


def test_an_assessment_of_the_goal_answers_whether_it_was_reached_but_does_not_document_it() -> None:
    rows = report(submission(1, GoalStatus(goal="G1", assessment=Assessment.REACHED)))
    assert rows["RQ-05"].detail == "1 af 2 er besvaret. Mangler: »To«."
    assert rows["RQ-06"].detail == "0 af 3 er besvaret. Mangler: »Et«, »To« og B001-01."


def test_an_agreement_that_is_missing_is_asked_of_the_co_party_not_of_the_sender() -> None:
    partners = (CoParty(party="Skov Kommune"), CoParty(party="KL", commitment=Commitment.DECLINED, date="2026-10-01"))
    assert report(submission(1, Initiative(co_parties=partners)))["RQ-21"].by == ("Skov Kommune",)
    assert report(submission(1, Initiative()))["RQ-21"].by == ("Eksempel Kommune",)


@pytest.mark.parametrize(
    ("funding", "detail"),
    [
        (Funding.FUNDED, "1 af 1 er besvaret."),
        (Funding.PARTLY, "0 af 1 er besvaret. Mangler: B001-01 (delvist finansieret)."),
        (None, "0 af 1 er besvaret. Mangler: B001-01."),
    ],
)
def test_only_what_is_funded_is_settled(funding: Funding | None, detail: str) -> None:
    costs = (Cost(year=2027, amount=1),)
    assert report(submission(1, Initiative(funding=funding, cost=costs)))["RQ-25"].detail == detail


def test_the_same_material_gives_the_same_bytes() -> None:
    rows = assess(STRATEGY, CATALOGUE, Ledger(), DANISH)
    assert dump_completeness(rows) == dump_completeness(assess(STRATEGY, CATALOGUE, Ledger(), DANISH))
