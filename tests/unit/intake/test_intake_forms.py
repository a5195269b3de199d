"""Forms: what the sender wrote becomes records, and every mistake is told at once with its line."""

import pytest

from forankring.errors import InputError
from forankring.intake.envelope import Form, read_fields
from forankring.language import Locale
from forankring.ledger import AnchoringPlan, GoalStatus, Initiative, InputKind, Publication, Stance
from forankring.ledger.contents import Assessment, BenefitType, Realised
from forankring.workspace import PartyType, read_yaml

INITIATIVE = """
kind: initiative
party: {name: Ærø Kommune, type: kommune}
contact: {email: a@b.dk}
title: Byggesager
number: "1.10"
ai: {use: beslutningsstøtte}
benefits:
  - {type: tid, owner: Ærø Kommune, baseline: 42}
"""


def form(text: str, locale: Locale) -> Form:
    return read_fields(read_yaml(text, "svar.yaml"), locale, origin="form")


def problems(text: str, locale: Locale) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as caught:
        form(text, locale)
    return [(problem.code, problem.field, problem.line) for problem in caught.value.problems]


def test_envelope_and_content_are_told_apart(danish: Locale) -> None:
    found = form(INITIATIVE, danish)
    assert found.envelope.kind == InputKind.INITIATIVE
    assert found.envelope.title == "Byggesager"
    assert isinstance(found.content, Initiative)
    assert found.content.number == "1.10"


def test_contact_data_is_kept_apart(danish: Locale) -> None:
    found = form(INITIATIVE, danish)
    assert found.private == {"contact": {"email": "a@b.dk"}}
    assert "a@b.dk" not in str((found.envelope, found.content, found.remarks))


def test_choices_may_be_written_in_the_words_of_the_form(danish: Locale) -> None:
    found = form(INITIATIVE, danish)
    assert isinstance(found.content, Initiative)
    assert found.stated.type == PartyType.MUNICIPALITY
    assert found.content.benefits[0].type == BenefitType.TIME
    status = form("kind: Status på mål\ngoal: G1\nassessment: delvist nået\n", danish).content
    assert isinstance(status, GoalStatus)
    assert status.assessment == Assessment.PARTLY
    case = form("kind: technology_case\ntechnology: x\nvalue_realised: yes\n", danish).content
    assert getattr(case, "value_realised", None) == Realised.YES


def test_every_mistake_is_named_at_once_with_its_line(danish: Locale) -> None:
    text = "kind: goal_status\nassessment: måske\nukendt: 1\ncapacity: andre\n"
    assert problems(text, danish) == [
        ("field_missing", "goal", 1),
        ("field_choice", "assessment", 2),
        ("field_unknown", "ukendt", 3),
        ("field_choice", "capacity", 4),
    ]


def test_the_possible_values_are_told_in_the_words_of_the_form_with_their_keys(danish: Locale) -> None:
    with pytest.raises(InputError) as caught:
        form("kind: initiative\ntitle: t\nbenefits: [{type: glæde}]\n", danish)
    _, remedy = danish.problem(caught.value.problems[0])
    assert "tid (time)" in remedy
    assert "økonomi" in remedy


@pytest.mark.parametrize("amount", ["NaN", "inf", "1e400"])
def test_an_amount_is_a_number_that_can_be_added_up(amount: str, danish: Locale) -> None:
    found = problems(f"kind: initiative\ncost: [{{year: 2027, amount: {amount}}}]", danish)
    assert [code for code, _, _ in found] == ["field_number"]


def test_a_response_has_no_fields_of_other_kinds(danish: Locale) -> None:
    assert problems("kind: response\ngoal: G1\n", danish) == [("field_unknown", "goal", 2)]


def test_an_unknown_kind_is_one_mistake(danish: Locale) -> None:
    assert problems("kind: noget\ngoal: G1\n", danish) == [("field_choice", "kind", 1)]


def test_withholding_needs_a_reason_and_a_declaration_may_not_be_refused(danish: Locale) -> None:
    text = "kind: response\npublication: withheld\ndeclaration: nej\n"
    assert [code for code, _, _ in problems(text, danish)] == ["reason_missing", "declaration_refused"]


def test_a_title_is_short(danish: Locale) -> None:
    assert problems(f"title: {'x' * 151}\n", danish) == [("title_too_long", "title", 1)]


def test_short_ways_of_writing_are_understood(danish: Locale) -> None:
    found = form("party: KL\nabout: anchoring\npoints: [En bemærkning]\n", danish)
    assert (found.stated.name, found.target, found.remarks[0].text) == ("KL", "anchoring", "En bemærkning")
    classed = form("points:\n- {text: x, class: juridisk}\n- {text: y, class: [legal, generel]}\n", danish)
    assert [[str(kind) for kind in item.classes] for item in classed.remarks] == [["legal"], ["legal", "general"]]


def test_publication_and_stance_are_carried(danish: Locale) -> None:
    found = form("publication: anonymous\nstance: støtter ikke\n", danish).envelope
    assert (found.publication, found.stance) == (Publication.ANONYMOUS, Stance.OPPOSES)


def test_an_anchoring_plans_capacity_is_its_staff(danish: Locale) -> None:
    plan = form("kind: anchoring_plan\ncapacity: 2 årsværk\n", danish)
    assert isinstance(plan.content, AnchoringPlan)
    assert (plan.content.capacity, plan.envelope.capacity) == ("2 årsværk", "own")
    assert form("kind: anchoring_plan\ncapacity: on_behalf\n", danish).envelope.capacity == "on_behalf"
