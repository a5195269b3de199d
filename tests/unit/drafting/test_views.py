"""What a chapter may know is computed once, from what may be published, and nothing is averaged or lost."""

from dataclasses import replace
from typing import Any

import pytest

from forankring.drafting.views import build_views
from forankring.drafting.views.entries import with_type
from forankring.drafting.views.when import when_key, when_label
from forankring.ledger import (
    AnchoringPlan,
    Evidence,
    GoalStatus,
    Initiative,
    InputKind,
    Ledger,
    Outcome,
    Refusal,
    Stance,
    TechnologyCase,
    Visibility,
)
from forankring.ledger.contents import (
    Ai,
    Assessment,
    Benefit,
    BenefitType,
    Commitment,
    CoParty,
    Cost,
    Funding,
    Milestone,
)
from forankring.workspace.strategy import Status
from tests.unit.drafting.scene import (
    ANONYMOUS,
    CATALOGUE,
    CHAPTERS,
    DANISH,
    STRATEGY,
    WITHHELD,
    form,
    ledger,
    remark,
    submission,
)


def views(*submissions: Any) -> Any:
    return build_views(STRATEGY, CATALOGUE, Ledger(submissions), DANISH)


def status(goal: str, assessment: Assessment, **more: Any) -> GoalStatus:
    return GoalStatus(goal=goal, assessment=assessment, **more)


def card(**fields: Any) -> Any:
    made = views(submission(1, "skov", form("B001-01", Initiative(**fields), "Titel")))
    return made["initiatives"].cards[0]


def test_every_chapter_has_a_view_even_without_any_input() -> None:
    assert list(views()) == CHAPTERS


def test_a_chapter_of_the_users_own_gets_its_contributions() -> None:
    own = replace(STRATEGY, chapters=(*STRATEGY.chapters, replace(STRATEGY.chapters[0], key="own")))
    made = build_views(own, CATALOGUE, ledger(submission(1, "skov", remark("B001-01", "x", "own"))), DANISH)
    assert [entry.point.id for entry in made["own"].contributions] == ["B001-01"]


@pytest.mark.parametrize(
    "hidden",
    [
        submission(1, "skov", remark("B001-01", "x", "status"), **WITHHELD),
        submission(1, "intern", remark("B001-01", "x", "status")),
        submission(1, "skov", remark("B001-01", "x", "status", visibility=Visibility.INTERNAL)),
        submission(1, "skov", remark("B001-01", "x", "status"), outcome=Outcome.WITHDRAWN),
        submission(1, "skov", remark("B001-01", "x", "status"), replaced_by="B002"),
    ],
    ids=["withheld", "internal party", "internal point", "withdrawn", "replaced"],
)
def test_what_may_not_be_shown_is_in_no_chapter(hidden: Any) -> None:
    made = views(hidden)
    assert made["status"].contributions == ()
    assert made["annex_hearing"].total == 0


def test_every_published_point_has_one_home_or_stands_with_the_unplaced() -> None:
    made = views(
        submission(
            1,
            "skov",
            remark("B001-01", "a", "leadership"),
            remark("B001-02", "b"),
            remark("B001-03", "c", "no_such_chapter"),
            remark("B001-04", "d", "cover"),
            form("B001-05", status("G1", Assessment.REACHED)),
            form("B001-06", Evidence(claim="e", relevance=("G1",))),
            form("B001-07", Evidence(claim="f", relevance=("klima",))),
        )
    )["annex_hearing"]
    placed = {group.chapter.key: [entry.point.id for entry in group.entries] for group in made.chapters}
    assert placed == {"status": ["B001-05", "B001-06"], "context": ["B001-07"], "leadership": ["B001-01"]}
    assert [entry.point.id for entry in made.unplaced] == ["B001-02", "B001-03", "B001-04"]


def test_an_anonymous_sender_shows_its_type_only() -> None:
    sent = submission(
        1, "skov", remark("B001-01", "x", "value"), title="Svar fra Skov Kommune", case_ref="24/1", **ANONYMOUS
    )
    made = views(sent)
    entry = made["value"].contributions[0]
    assert (entry.party, entry.title) == ("Anonym bidragyder (kommune)", "")
    assert (made["annex_method"].register[0].title, made["annex_method"].register[0].case_ref) == ("", "")
    assert not any(party.answered for party in made["annex_hearing"].rounds[0].consulted)
    assert made["annex_hearing"].rounds[0].others[0].name == "Anonym bidragyder (kommune)"


def test_conflicting_assessments_stand_side_by_side_and_are_counted_per_type() -> None:
    made = views(
        submission(1, "styrelsen", form("B001-01", status("G1", Assessment.REACHED))),
        submission(2, "skov", form("B002-01", status("G1", Assessment.PARTLY))),
        submission(3, "aaby", form("B003-01", status("F1", Assessment.PARTLY))),
    )["status"]
    goal = made.goals[0]
    assert goal.answers == "ét svar fra en statslig myndighed (nået) og ét svar fra en kommune (delvist nået)"
    assert [(part.subject, part.answers) for part in goal.parts] == [
        ("Brugervenligt", "ét svar fra en kommune (delvist nået)")
    ]
    assert goal.conflict
    assert goal.missing_levels == "regionerne"
    assert [item.subject for item in goal.assessed] == ["Målet som helhed", "Målet som helhed", "Brugervenligt"]


def test_several_answers_of_one_type_are_told_with_their_numbers_and_a_signing_party_by_name() -> None:
    goal = views(
        submission(1, "skov", form("B001-01", status("G1", Assessment.REACHED))),
        submission(2, "aaby", form("B002-01", status("G1", Assessment.NOT))),
        submission(3, "kl", form("B003-01", status("G1", Assessment.PARTLY))),
    )["status"].goals[0]
    assert goal.answers == "2 svar fra kommuner (1 nået, 1 ikke nået) og ét svar fra KL (delvist nået)"


def test_a_verdict_on_a_focus_area_is_no_verdict_on_the_goal() -> None:
    goal = views(submission(1, "skov", form("B001-01", status("F1", Assessment.NOT))))["status"].goals[0]
    assert (goal.answers, len(goal.parts), goal.missing_levels) == ("", 1, "staten og regionerne")


def test_different_assessments_of_different_focus_areas_are_no_conflict() -> None:
    made = views(
        submission(1, "styrelsen", form("B001-01", status("G1", Assessment.REACHED))),
        submission(2, "skov", form("B002-01", status("F1", Assessment.NOT))),
    )["status"]
    assert not made.goals[0].conflict


def test_an_assessment_of_something_unknown_is_kept_apart_not_lost() -> None:
    made = views(submission(1, "skov", form("B001-01", status("Z9", Assessment.REACHED, lesson="L"))))
    assert [item.subject for item in made["status"].other] == ["Z9"]
    assert len(made["lessons"].other) == 1


def test_the_fate_of_earlier_initiatives_is_counted_against_their_total() -> None:
    made = views()["status"]
    assert (made.illuminated, made.total, made.unlisted) == (1, 3, 1)
    assert [item.fate for item in made.initiatives] == ["afsluttet", "ikke samlet belyst"]


def test_a_technology_without_the_three_answers_is_flagged() -> None:
    made = views(submission(1, "skov", form("B001-01", Initiative(technologies=("Robot",)), "R")))["value"]
    assert [flag.lacks for flag in made.flagged] == ["værdi, forretning og forankring"]
    assert made.complete == 0


def test_an_initiative_that_answers_all_three_is_not_flagged() -> None:
    full = Initiative(process_change="x", owner="KL", operations_owner="KL", benefits=(Benefit(type=BenefitType.TIME),))
    made = views(submission(1, "skov", form("B001-01", full)))["value"]
    assert (made.flagged, made.complete) == ((), 1)


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({}, 0),
        ({"owner": "KL"}, 1),
        ({"owner": "KL", "steering_group": "SG-9", "funding": Funding.FUNDED}, 1),
        ({"owner": "KL", "steering_group": "SG-1", "funding": Funding.UNFUNDED}, 1),
        ({"owner": "KL", "steering_group": "sg-1", "funding": Funding.PARTLY}, 2),
        ({"steering_group": "SG-1", "funding": Funding.FUNDED}, 0),
    ],
)
def test_an_anchoring_level_rests_on_the_answers_to_every_level_below(fields: dict[str, Any], level: int) -> None:
    assert card(**fields).supported == level


def test_the_highest_level_needs_an_operations_owner_and_benefits_that_someone_measures() -> None:
    below = {"owner": "KL", "steering_group": "SG-1", "funding": Funding.FUNDED}
    changed = {"workflows": "a", "roles": "b", "skills": "c", "operations_owner": "KL"}
    measured = (Benefit(type=BenefitType.TIME, owner="KL", indicator="dage"),)
    assert card(**below, **changed).supported == 3
    assert card(**below, **changed, benefits=measured).supported == 4


def test_a_level_above_what_the_answers_bear_is_named() -> None:
    sent = submission(1, "skov", form("B001-01", Initiative(anchoring_level=3, owner="KL"), "T"))
    assert [item.title for item in views(sent)["anchoring"].overstated] == ["T"]


def test_without_an_accountable_authority_an_initiative_is_counted_on_level_0() -> None:
    made = views(
        submission(1, "skov", form("B001-01", Initiative(anchoring_level=2)), form("B001-02", Initiative(owner="KL")))
    )["anchoring"]
    assert {level.number: level.count for level in made.levels if level.count} == {"0": 1, "": 1}


def test_artificial_intelligence_asks_for_its_safeguards() -> None:
    gaps = {gap.key for gap in card(ai=Ai(human_control="ja")).gaps}
    assert {"ai_legal_basis", "ai_transparency", "ai_data", "ai_use"} <= gaps
    assert "ai_human_control" not in gaps
    assert not {gap.key for gap in card().gaps if gap.key.startswith("ai_")}


def test_a_partner_is_confirmed_only_with_a_date() -> None:
    made = card(
        co_parties=(
            CoParty(party="A", commitment=Commitment.CONFIRMED, date="2026-10-01"),
            CoParty(party="B", commitment=Commitment.CONFIRMED),
            CoParty(party="C"),
        )
    )
    assert [partner.confirmed for partner in made.partners] == [True, False, False]
    assert made.partners[0].when == "1.\u00a0oktober\u00a02026"


def test_those_who_have_not_answered_are_named_not_only_counted() -> None:
    points = [form(f"B001-0{n}", Initiative(co_parties=(CoParty(party=p),))) for n, p in enumerate("AB", 1)]
    made = views(submission(1, "skov", *points))
    told = [gap.label for card in made["initiatives"].cards for gap in card.gaps if gap.key == "confirmation"]
    assert told == ["svar fra A", "svar fra B"]


def test_initiatives_come_in_the_natural_order_of_their_numbers() -> None:
    numbers = ("1.10", "1.2", None)
    points = [form(f"B001-0{n}", Initiative(number=number), f"T{n}") for n, number in enumerate(numbers, 1)]
    assert [item.number for item in views(submission(1, "skov", *points))["initiatives"].cards] == [
        "1.2",
        "1.10",
        "B001-03",
    ]


def test_references_between_initiatives_are_found_by_id_number_or_title() -> None:
    points = (
        form("B001-01", Initiative(number="1.1"), "Første"),
        form("B001-02", Initiative(depends_on=("1.1", "første", "B001-01", "ukendt")), "Anden"),
    )
    found = views(submission(1, "skov", *points))["initiatives"].cards[1].depends_on
    assert [ref.anchor for ref in found] == ["initiativ-B001-01"] * 3 + [""]


def test_an_outdated_name_of_a_system_is_found_and_the_present_one_is_not() -> None:
    made = views(submission(1, "skov", form("B001-01", Initiative(systems=("NemID", "MitID", "Ukendt")))))["foundation"]
    assert [item.ref.name for item in made.outdated] == ["NemID"]
    assert [item.ref.name for item in made.unknown] == ["Ukendt"]


def test_the_key_of_a_system_is_shown_as_what_the_system_is_called_now() -> None:
    assert [ref.shown for ref in card(systems=("nemid", "mitid", "NemID")).systems] == ["MitID", "MitID", "NemID"]


def test_goals_and_initiatives_without_each_other_are_named() -> None:
    made = views(
        submission(1, "skov", form("B001-01", Initiative(goals=("m1",))), form("B001-02", Initiative(goals=("M9",))))
    )["whole"]
    assert [item.goal.id for item in made.orphan_goals] == ["M2"]
    assert [item.entry.point.id for item in made.orphan_cards] == ["B001-02"]


def test_a_steering_group_that_is_not_named_is_told_from_one_that_is_unknown() -> None:
    points = (form("B001-01", Initiative()), form("B001-02", Initiative(steering_group="SG-9")))
    made = views(submission(1, "skov", *points))["governance"]
    found = [[item.entry.point.id for item in cards] for cards in (made.ungoverned, made.misgoverned)]
    assert found == [["B001-01"], ["B001-02"]]


def test_money_is_added_exactly_and_never_across_price_levels() -> None:
    costs = (
        Cost(year=2028, amount=0.1, price_level="2026-PL"),
        Cost(year=2028, amount=0.2, price_level="2026-PL"),
        Cost(year=2027, amount=1, price_level="2027-PL"),
        Cost(year=2027, amount=1000, currency="EUR"),
    )
    made = views(submission(1, "skov", form("B001-01", Initiative(cost=costs))))["economy"]
    assert [(item.year, item.amount, item.price_level) for item in made.years] == [
        ("2027", "1.000\u00a0mio.\u00a0euro", ""),
        ("2027", "1\u00a0mio.\u00a0kr.", "2027-PL"),
        ("2028", "0,3\u00a0mio.\u00a0kr.", "2026-PL"),
    ]


def test_steps_and_milestones_come_in_order_of_time() -> None:
    milestones = (Milestone(when="2028", deliverable="c"), Milestone(when="2027-Q1", deliverable="a"))
    made = views(submission(1, "skov", form("B001-01", Initiative(milestones=milestones, owner="KL"))))["next_steps"]
    assert [step.title for step in made.steps] == ["Høringsnotat", "Beslutning"]
    assert [(item.when, item.title) for item in made.milestones] == [("1.\u00a0kvartal\u00a02027", "a"), ("2028", "c")]


def test_the_hearing_lists_the_consulted_in_danish_order_with_what_they_sent() -> None:
    made = views(
        submission(1, "skov", remark("B001-01", "x")),
        submission(2, "aaby", stance=Stance.NO_REMARKS),
        submission(3, "Ukendt ApS", remark("B003-01", "x")),
    )["annex_hearing"].rounds[0]
    assert [item.party.name for item in made.consulted] == [
        "KL",
        "Skov Kommune",
        "Styrelsen",
        "Ø Region",
        "Aaby Kommune",
    ]
    told = {item.party.key: (item.answered, item.remarks) for item in made.consulted}
    assert told["skov"] == (True, True)
    assert told["aaby"] == (True, False)
    assert told["kl"] == (False, False)
    assert (made.answered, made.without_remarks, made.days) == (2, 1, "28 dage")
    assert [item.name for item in made.others] == ["Ukendt ApS"]


def test_refused_files_are_counted_by_reason_and_never_named() -> None:
    refused = [
        submission(n, "skov", outcome=Outcome.QUARANTINED, refusals=(Refusal(code=code),))
        for n, code in enumerate(("format_sheet", "format_mail", "personal_number", "something_new"), 1)
    ]
    made = views(*refused)["annex_hearing"]
    assert {item.name: item.count for item in made.refused} == {
        "Andre årsager": 1,
        "Filen indeholder noget, der ligner et personnummer": 1,
        "Filens format kan ikke læses": 2,
    }


def test_a_number_that_is_not_reproduced_stands_in_the_register_without_its_sender() -> None:
    sent = submission(1, "skov", outcome=Outcome.QUARANTINED, title="Svar fra Skov Kommune")
    row = views(sent)["annex_method"].register[0]
    assert (row.reproduced, row.party, row.title) == (False, "", "")


def test_a_form_has_no_overall_position_to_count() -> None:
    made = views(
        submission(1, "skov", form("B001-01", Initiative()), kind=InputKind.INITIATIVE),
        submission(2, "aaby", remark("B002-01", "x"), kind=InputKind.RESPONSE),
    )["annex_hearing"].rounds[0]
    assert [(item.name, item.count) for item in made.stances] == [("Samlet holdning ikke angivet", 1)]


@pytest.mark.parametrize(("status", "is_open"), [(Status.CONSULTATION, True), (Status.REVISED, False)])
def test_a_round_is_open_until_the_draft_is_revised(status: Status, is_open: bool) -> None:
    made = build_views(replace(STRATEGY, status=status), CATALOGUE, Ledger(), DANISH)
    assert made["annex_hearing"].rounds[0].open is is_open


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Skov Kommune", "Skov Kommune (borger)"),
        ("Forum (eksempel)", "Forum (eksempel), borger"),
        ("Borger, By", "Borger, By"),
    ],
)
def test_a_name_has_its_type_in_one_pair_of_brackets(name: str, shown: str) -> None:
    assert with_type(name, "borger") == shown


def test_a_form_names_the_chapters_that_print_its_answers() -> None:
    judged = status("G1", Assessment.REACHED, lesson="L")
    entry = views(submission(1, "skov", form("B001-01", judged)))["annex_hearing"].chapters[0].entries[0]
    assert [chapter.key for chapter in entry.printed_in] == ["status", "lessons"]


def test_a_signing_partys_own_words_are_its_foreword() -> None:
    made = views(
        submission(1, "kl", remark("B001-01", "Vi vil.", "foreword")),
        submission(2, "skov", remark("B002-01", "Godt.", "foreword")),
    )["foreword"]
    assert [entry.point.id for entry in made.statements[0].entries] == ["B001-01"]
    assert [entry.point.id for entry in made.contributions] == ["B002-01"]


def test_a_plan_that_is_missing_is_asked_of_the_signing_parties() -> None:
    assert views()["anchoring"].without_plan == "KL"
    assert views(submission(1, "kl", form("B001-01", AnchoringPlan())))["anchoring"].without_plan == ""


def unasked() -> Any:
    parties = tuple(replace(party, in_text="kommunerne", consulted=not party.signs) for party in STRATEGY.parties)
    return build_views(replace(STRATEGY, parties=parties), CATALOGUE, Ledger(), DANISH)


def test_a_signing_party_that_was_not_asked_is_not_shown_as_silent() -> None:
    made = unasked()
    assert (made["anchoring"].without_plan, made["anchoring"].unasked_names) == ("", "kommunerne")
    assert "kl" not in {item.party.key for item in made["annex_hearing"].rounds[0].consulted}
    assert made["annex_parties"].total == 4


def test_the_parties_that_sign_stand_apart_from_those_of_their_type() -> None:
    made = views(submission(1, "kl", remark("B001-01", "x")), submission(2, "kl", remark("B002-01", "x"), **ANONYMOUS))
    assert {item.name: item.count for item in made["annex_hearing"].rounds[0].by_type} == {
        "Strategiens parter": 1,
        "Kommuner": 1,
    }
    names = {group.title: [party.name for party in group.parties] for group in made["annex_parties"].groups}
    assert names["Kommuner"] == ["Skov Kommune", "Aaby Kommune"]


@pytest.mark.parametrize(
    ("status", "line"),
    [(Status.CONSULTATION, "Foreslåede parter: KL"), (Status.FINAL, "KL"), (Status.WORKING, "Tænkte parter: KL")],
)
def test_a_drafts_cover_calls_its_parties_proposed(status: Status, line: str) -> None:
    made = build_views(replace(STRATEGY, status=status), CATALOGUE, Ledger(), DANISH)
    assert made["cover"].parties == line


def test_a_case_must_answer_the_three_questions_too() -> None:
    made = views(submission(1, "skov", form("B001-01", TechnologyCase(technology="Tale"))))["value"]
    assert [case.complete for case in made.cases] == [False]


def test_the_glossary_is_in_danish_order() -> None:
    assert [term.term for term in views()["annex_glossary"].terms] == ["Aftale", "Øvelse"]


@pytest.mark.parametrize(
    ("when", "label"),
    [
        ("2027-03-01", "1.\u00a0marts\u00a02027"),
        ("2027-Q2", "2.\u00a0kvartal\u00a02027"),
        ("2027-11", "november\u00a02027"),
        ("2027", "2027"),
        ("2027-13-45", "2027-13-45"),
        ("til foråret", "til foråret"),
    ],
)
def test_a_time_is_written_in_words_and_anything_else_is_left_alone(when: str, label: str) -> None:
    assert when_label(when, DANISH) == label


def test_a_quarter_ends_after_its_days_and_before_the_year() -> None:
    written = ["engang", "2027", "2027-05-01", "2027-Q4", "2027-Q1", "2027-04", "2027-03-31"]
    ordered = ["2027-03-31", "2027-Q1", "2027-04", "2027-05-01", "2027-Q4", "2027", "engang"]
    assert sorted(written, key=when_key) == ordered


def test_the_spread_over_chapters_counts_every_point_once() -> None:
    sent = submission(1, "kl", remark("B001-01", "Ansvar.", "anchoring"), remark("B001-02", "Andet."))
    made = views(sent)["annex_hearing"]
    assert sum(sum(row.counts) for row in made.spread) == made.total == 2
    assert made.spread[-1].title == "Uden kapitel"


def test_verdicts_are_counted_per_goal_in_the_order_of_the_form() -> None:
    made = views(submission(1, "kl", form("B001-01", status("G1", Assessment.REACHED))))["status"]
    counts = [goal.verdicts for goal in made.goals if goal.assessed]
    assert counts == [(1, 0, 0, 0, 0)]
    assert made.verdicts[0] == "nået"
