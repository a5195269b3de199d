"""The reference strategy is complete, consistent and made up where it must be."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forankring.ledger.contents import (
    AnchoringPlan,
    Content,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    TechnologyCase,
)
from forankring.workspace import (
    Catalogue,
    PartyType,
    Strategy,
    load_catalogue,
    load_strategy,
    open_workspace,
    read_yaml,
    reference_strategy,
    validate,
)
from forankring.workspace.catalogue import Fact

ROUND = "hoering-1"
ENVELOPE = frozenset(
    "party capacity on_behalf_of contact title language about publication publication_reason declaration "
    "attachments case_ref".split()
)
REFUSED = {
    "ukendt-afsender/kommentarer.txt",
    "borger-aaby-eksempel-kommune/min-sag.txt",
    "region-nordeksempel/hoeringssvar.docx",
}
PERSONAL_NUMBER = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[-\s]?\d{4}(?!\d)")
CHAPTERS = (
    "cover foreword summary status lessons context vision value anchoring leadership foundation initiatives whole "
    "governance economy next_steps annex_hearing annex_parties annex_glossary annex_method annex_versions"
).split()
STARTING_POINTS = {"G1", "G2", "G3", *(f"F{number}" for number in range(1, 10))}


@pytest.fixture(scope="module")
def strategy() -> Strategy:
    return load_strategy(open_workspace(reference_strategy()))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(open_workspace(reference_strategy()))


@pytest.fixture(scope="module")
def forms() -> dict[str, Any]:
    """Every YAML form but responses, as the ledger's own record."""
    found = {name: _form(path) for name, path in _files().items() if name.endswith(".yaml")}
    return {name: content for name, content in found.items() if content is not None}


def test_the_chapters_stand_in_the_order_that_the_reader_expects(strategy: Strategy) -> None:
    assert [chapter.key for chapter in strategy.chapters] == CHAPTERS


def test_free_text_is_routed_to_chapters_but_never_to_cover_foreword_or_annexes(strategy: Strategy) -> None:
    silent = {chapter.key for chapter in strategy.chapters if not chapter.keywords}
    assert silent == {"cover", "foreword", *(key for key in CHAPTERS if key.startswith("annex_"))}


def test_the_three_parties_sign_and_were_asked(strategy: Strategy) -> None:
    assert [party.name for party in strategy.signatories] == ["Regeringen", "KL", "Danske Regioner"]
    assert {party.type for party in strategy.signatories} == {
        PartyType.STATE,
        PartyType.MUNICIPALITY,
        PartyType.REGION,
    }


def test_the_round_is_longer_than_the_customary_four_weeks(strategy: Strategy) -> None:
    (item,) = strategy.rounds
    assert (item.key, item.days) == (ROUND, 75)


def test_some_goal_lacks_a_baseline_so_that_the_draft_shows_the_gap(strategy: Strategy) -> None:
    assert any(indicator.baseline is None for goal in strategy.goals for indicator in goal.indicators)


def test_every_fact_has_a_source(catalogue: Catalogue) -> None:
    facts = [fact for name in ("goals", "initiatives", "strategies") for fact in _facts(getattr(catalogue, name))]
    facts += [
        fact for name in ("evidence", "systems", "context", "principles") for fact in _facts(getattr(catalogue, name))
    ]
    assert len(facts) > 60
    assert all(fact.source.strip() for fact in facts)


def test_the_earlier_strategy_has_three_goals_nine_focus_areas_and_thirty_three_initiatives(
    catalogue: Catalogue,
) -> None:
    areas = [area.id for goal in catalogue.goals for area in goal.focus_areas]
    assert {goal.id for goal in catalogue.goals} | set(areas) == STARTING_POINTS
    assert catalogue.initiative_total == 33


def test_initiative_numbers_are_quoted_text(catalogue: Catalogue) -> None:
    text = (reference_strategy() / "catalogue/initiatives.yaml").read_text(encoding="utf-8")
    numbers = re.findall(r"number: (.+)", text)
    assert all(re.fullmatch(r'"\d+\.\d+[a-z]?"', number) for number in numbers)
    assert [item.number for item in catalogue.initiatives] == [number.strip('"') for number in numbers]


def test_only_four_titles_of_earlier_initiatives_are_official(catalogue: Catalogue) -> None:
    assert [item.number for item in catalogue.initiatives if item.official_title] == ["1.1", "1.3", "7.3", "9.2"]


def test_references_in_the_catalogue_exist(catalogue: Catalogue) -> None:
    assert {item.focus_area for item in catalogue.initiatives} <= STARTING_POINTS
    assert {ref for item in catalogue.evidence for ref in item.about} <= STARTING_POINTS


def test_the_systems_of_the_article_are_in_the_catalogue(catalogue: Catalogue) -> None:
    assert {"borger-dk", "digital-post", "nemid", "nemlog-in", "grunddata"} <= {item.key for item in catalogue.systems}
    assert [item.key for item in catalogue.systems if item.obsolete] == ["nemid"]


def test_principles_and_glossary_are_complete(catalogue: Catalogue) -> None:
    assert [item.number for item in catalogue.principles] == list(range(1, 8))
    assert [item.number for item in catalogue.principles if not item.fact.verified] == [6, 7]
    assert len(catalogue.glossary) >= 25


def test_every_type_of_party_has_sent_something(strategy: Strategy) -> None:
    types = {party.key: party.type for party in strategy.parties}
    senders = {name.partition("/")[0] for name in _files() if name not in REFUSED}
    assert {types[key] for key in senders if key in types} == set(PartyType)
    assert len(senders) >= 14


def test_every_kind_of_input_and_every_format_is_there(forms: dict[str, Any]) -> None:
    kinds = {type(content) for content in forms.values()}
    assert kinds == {GoalStatus, Initiative, TechnologyCase, AnchoringPlan, Evidence, GoalProposal}
    assert {Path(name).suffix for name in _files()} == {
        *(".md", ".yaml", ".docx", ".odt", ".rtf", ".txt", ".html", ".pdf"),
    }
    assert len(_files()) >= 20


def test_state_and_municipality_disagree_about_the_same_goal(forms: dict[str, Any]) -> None:
    statuses = {name.partition("/")[0]: item for name, item in forms.items() if isinstance(item, GoalStatus)}
    assert statuses["eksempelstyrelsen"].goal == statuses["eksempel-kommune"].goal == "G1"
    assert statuses["eksempelstyrelsen"].assessment != statuses["eksempel-kommune"].assessment


def test_one_initiative_answers_everything_and_one_only_names_a_technology(forms: dict[str, Any]) -> None:
    full = forms["eksempelstyrelsen/initiativ-beslutningsstoette.yaml"]
    assert not [field.name for field in dataclasses.fields(full) if getattr(full, field.name) in (None, (), "")]
    bare = forms["aaby-eksempel-kommune/initiativ-chatbot.yaml"]
    assert bare.technologies
    assert not (bare.benefits or bare.owner or bare.process_change)


def test_references_in_the_forms_exist(strategy: Strategy, catalogue: Catalogue, forms: dict[str, Any]) -> None:
    names = {party.name for party in strategy.parties}
    systems = {system.key for system in catalogue.systems}
    goals = {goal.id for goal in strategy.goals}
    groups = {group.id for group in strategy.steering_groups}
    initiatives = [item for item in forms.values() if isinstance(item, Initiative)]
    numbers = {item.number for item in initiatives}
    assert len(initiatives) == 4
    for item in initiatives:
        assert set(item.goals) <= goals
        assert set(item.systems) <= systems
        assert set(item.depends_on) <= numbers
        assert item.steering_group in groups | {None}
        assert {item.owner, item.operations_owner, *(party.party for party in item.co_parties)} <= names | {None}
    assert {item.goal for item in forms.values() if isinstance(item, GoalStatus)} <= STARTING_POINTS


def test_three_files_must_be_refused(strategy: Strategy) -> None:
    keys = {party.key for party in strategy.parties}
    assert set(_files()) >= REFUSED
    assert "ukendt-afsender" not in keys
    hits = {name for name in _files() if PERSONAL_NUMBER.search(_text(name))}
    assert hits == {"borger-aaby-eksempel-kommune/min-sag.txt"}


def test_no_real_organisation_has_sent_anything(strategy: Strategy) -> None:
    senders = {name.partition("/")[0] for name in _files()}
    assert senders.isdisjoint(party.key for party in strategy.signatories)
    others = [party.name for party in strategy.parties if not party.signs]
    assert all("eksempel" in name.casefold() for name in others)
    assert len(others) >= 16


def test_contacts_are_functions_at_the_example_domain() -> None:
    addresses = {found for name in _files() for found in re.findall(r"[\w.+-]+@[\w.-]+", _text(name))}
    assert addresses
    assert all(re.search(r"[@.]eksempel\.dk$", address) for address in addresses)


def test_an_internal_party_takes_part_and_some_were_asked_in_vain(strategy: Strategy) -> None:
    senders = {name.partition("/")[0] for name in _files()}
    assert {party.key for party in strategy.parties if party.internal} <= senders
    assert {party.key for party in strategy.parties if party.consulted} - senders


def _files() -> dict[str, Path]:
    folder = reference_strategy() / "inbox" / ROUND
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _text(name: str) -> str:
    """Return the file's text where the file is text; other formats are read by the intake's own tests."""
    path = _files()[name]
    plain = path.suffix in {".md", ".yaml", ".txt", ".html"}
    return path.read_text(encoding="utf-8", errors="replace") if plain else ""


def _form(path: Path) -> Any:
    source = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if source.data["kind"] == "response":
        return None
    data = {key: value for key, value in source.data.items() if key not in ENVELOPE}
    return validate(Content, source, data=data)


def _facts(value: Any) -> Iterator[Fact]:
    """Walk through records and lists to every fact in them."""
    if isinstance(value, Fact):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _facts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _facts(getattr(value, field.name))
