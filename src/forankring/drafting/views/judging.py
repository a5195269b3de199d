"""Turn assessments of an earlier goal into sentences: who answered what, the whole apart from its parts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forankring.drafting.views.entries import Entry
from forankring.drafting.views.material import Material
from forankring.language import natural_key
from forankring.ledger import GoalStatus, Publication
from forankring.ledger.contents import Assessment
from forankring.workspace import PartyType
from forankring.workspace.catalogue import PastGoal

LEVELS = (PartyType.STATE, PartyType.REGION, PartyType.MUNICIPALITY)
"""The three levels of government that each should say what they have experienced (RQ-09)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A focus area or initiative under a goal, and the answers on it: they say nothing of the whole goal."""

    subject: str
    answers: str


def answers_on_whole(goal: PastGoal, entries: Sequence[Entry[GoalStatus]], material: Material) -> str:
    """Return the answers on the goal itself, as a phrase; empty where there are none."""
    return _answers([entry for entry in entries if entry.content.goal == goal.id], material)


def answers_on_parts(goal: PastGoal, entries: Sequence[Entry[GoalStatus]], material: Material) -> tuple[Judged, ...]:
    """Return the answers on each focus area or initiative of the goal."""
    refs = sorted({entry.content.goal for entry in entries} - {goal.id}, key=natural_key)
    return tuple(
        Judged(
            subject=subject_of(ref, material),
            answers=_answers([entry for entry in entries if entry.content.goal == ref], material),
        )
        for ref in refs
    )


def subject_of(ref: str, material: Material) -> str:
    """Return the title of what was assessed: a goal, a focus area or an initiative; else the words of the party."""
    for goal in material.catalogue.goals:
        if ref == goal.id:
            return material.words("whole_goal")
        for area in goal.focus_areas:
            if ref == area.id:
                return area.title
    titles = {item.number: item.title for item in material.catalogue.initiatives}
    return titles.get(ref, ref)


def is_disputed(entries: Sequence[Entry[GoalStatus]]) -> bool:
    """Tell whether parties judge the same goal, focus area or initiative differently."""
    given: dict[str, set[Assessment]] = {}
    for entry in entries:
        given.setdefault(entry.content.goal, set()).add(entry.content.assessment)
    return any(len(values - {Assessment.UNKNOWN}) > 1 for values in given.values())


def silent_levels(entries: Sequence[Entry[GoalStatus]], material: Material) -> str:
    """Name the levels of government that have assessed neither the goal nor anything under it."""
    heard = {entry.party_type for entry in entries}
    return material.listed(material.words(f"levels_of_government.{kind.value}") for kind in LEVELS if kind not in heard)


def _answers(entries: Sequence[Entry[GoalStatus]], material: Material) -> str:
    """Return ``ét svar fra en region (nået) og 2 svar fra kommuner (1 nået, 1 ikke nået)``: never an average, and
    never the verdict of a whole level."""
    groups: dict[tuple[str, str], list[Assessment]] = {}
    for entry in sorted(entries, key=lambda entry: list(PartyType).index(entry.party_type)):
        groups.setdefault(_sender(entry, material), []).append(entry.content.assessment)
    return material.listed(
        f"{material.locale.count(f'drafting.answers.{kind}', len(given), party=party)} ({_spread(given, material)})"
        for (kind, party), given in groups.items()
    )


def _sender(entry: Entry[GoalStatus], material: Material) -> tuple[str, str]:
    """Return the type of a sender; a signing party speaks for a level and is named."""
    signing = {party.key: party.told for party in material.strategy.signatories}
    sent = entry.submission
    if sent.party and sent.party.key in signing and sent.publication == Publication.PUBLIC:
        return "signs", signing[sent.party.key]
    return entry.party_type.value, ""


def _spread(given: Sequence[Assessment], material: Material) -> str:
    """Return ``nået`` for one answer, ``2 nået, 1 ikke nået`` for several."""
    times = Counter(given)
    words = {value: material.words(f"assessment.{value.value}") for value in Assessment if times[value]}
    if len(given) == 1:
        return words[given[0]]
    return ", ".join(f"{material.locale.number(times[value])} {word}" for value, word in words.items())
