"""The checks behind the completeness report: one function per requirement of the strategy (domain §2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from forankring.ledger import AnchoringPlan, GoalStatus, Initiative, Point, Publication, Submission
from forankring.ledger.contents import Commitment
from forankring.workspace import Catalogue, PartyType, Strategy

T = TypeVar("T")

LEVELS = (PartyType.STATE, PartyType.REGION, PartyType.MUNICIPALITY)
_THEMES = {"climate": ("climate", "klima"), "demography": ("demography", "demografi")}
_AI_FIELDS = ("use", "legal_basis", "human_control", "transparency", "data")


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing answer: what it concerns, and who can give it (empty: the secretariat).

    ``what`` is an id or a title (empty: it has no name yet); ``word`` is a key under ``completeness.words``, said
    after it or alone.
    """

    what: str = ""
    who: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many of the needed answers there are, and the gaps."""

    total: int
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What the checks look at: only what may be published."""

    strategy: Strategy
    catalogue: Catalogue
    points: tuple[tuple[Submission, Point], ...]

    def initiatives(self) -> list[tuple[Submission, Point, Initiative]]:
        """Return the proposed initiatives with where they came from."""
        return [(sub, point, c) for sub, point in self.points if isinstance(c := point.content, Initiative)]

    def statuses(self) -> list[tuple[Submission, Point, GoalStatus]]:
        """Return the goal assessments with where they came from."""
        return [(sub, point, c) for sub, point in self.points if isinstance(c := point.content, GoalStatus)]


Check = Callable[[Material], Answer]


def _each(items: Iterable[T], fine: Callable[[T], object], gap: Callable[[T], Gap]) -> Answer:
    """Count the items and name those that are not fine."""
    found = list(items)
    return Answer(len(found), tuple(gap(item) for item in found if not fine(item)))


def _per_initiative(fine: Callable[[Initiative], object], wanted: Callable[[Initiative], object] = bool) -> Check:
    """Check every initiative for which ``wanted`` holds."""

    def check(material: Material) -> Answer:
        rows = [row for row in material.initiatives() if wanted(row[2])]
        return _each(rows, lambda row: fine(row[2]), lambda row: Gap(row[1].id, _sender(row[0])))

    return check


def _sender(submission: Submission) -> str:
    public = submission.party and submission.publication == Publication.PUBLIC
    return submission.party.name if submission.party and public else ""


def _parties(material: Material) -> Answer:
    signing = {party.type for party in material.strategy.signatories}
    return Answer(2, () if signing >= set(LEVELS) else (Gap(word="parties"),))


def _ambition(material: Material) -> Answer:
    def measured(goal: object) -> bool:
        indicators = getattr(goal, "indicators")  # noqa: B009  # goals of the strategy all have them
        return any(i.baseline and i.target and i.target_year and i.source for i in indicators)

    return _each(material.strategy.goals, measured, lambda goal: Gap(goal.id))


def _predecessors(material: Material) -> Answer:
    found = [item for item in material.catalogue.strategies if item.relation == "predecessor"]
    return Answer(len(found))


def _reached(material: Material) -> Answer:
    assessed = {_goal(material, content.goal) for _, _, content in material.statuses()}
    shown = {_goal(material, ref) for item in material.catalogue.evidence for ref in item.about}
    return _each(material.catalogue.goals, lambda goal: goal.id in assessed | shown, lambda goal: Gap(goal.title))


def _documented(material: Material) -> Answer:
    return _each(material.statuses(), lambda row: row[2].evidence, lambda row: Gap(row[1].id, _sender(row[0])))


def _fates(material: Material) -> Answer:
    known = [item for item in material.catalogue.initiatives if item.fate != "unknown"]
    total = material.catalogue.initiative_total or len(material.catalogue.initiatives)
    unknown = [Gap(item.number) for item in material.catalogue.initiatives if item.fate == "unknown"]
    rest = [Gap()] * max(0, total - len(known) - len(unknown))
    return Answer(total, (*unknown, *rest))


def _lessons(material: Material) -> Answer:
    learnt = {_goal(material, content.goal) for _, _, content in material.statuses() if content.lesson}
    return _each(material.catalogue.goals, lambda goal: goal.id in learnt, lambda goal: Gap(goal.title))


def _levels(material: Material) -> Answer:
    heard = {(_goal(material, c.goal), sub.party.type) for sub, _, c in material.statuses() if sub.party}
    wanted = [(goal, level) for goal in material.catalogue.goals for level in LEVELS]
    return _each(wanted, lambda pair: (pair[0].id, pair[1]) in heard, lambda pair: Gap(pair[0].title, word=pair[1]))


def _goal(material: Material, ref: str) -> str:
    goal = material.catalogue.goal_of(ref)
    return goal.id if goal else ref


def _themes(material: Material) -> Answer:
    named = {theme.casefold() for _, _, content in material.initiatives() for theme in content.themes}
    return _each(_THEMES, lambda key: named & set(_THEMES[key]), lambda key: Gap(word=key))


def _leadership(material: Material) -> Answer:
    return _each(material.strategy.leadership, lambda action: action.owner, lambda action: Gap(action.title))


def _leader_demand(material: Material) -> Answer:
    plans = [(s, p, c) for s, p in material.points if isinstance(c := p.content, AnchoringPlan)]
    roles = _per_initiative(lambda content: content.leader_role)(material)
    lacking = [Gap(point.id, _sender(sub)) for sub, point, content in plans if not content.leadership_actions]
    return Answer(roles.total + len(plans), (*roles.gaps, *lacking))


def _systems(material: Material) -> Answer:
    known = {name.casefold() for item in material.catalogue.systems for name in (item.key, item.name, item.now)}
    named = [(sub, ref) for sub, _, content in material.initiatives() for ref in content.systems]
    return _each(named, lambda pair: pair[1].casefold() in known, lambda pair: Gap(pair[1], _sender(pair[0])))


def _names(material: Material) -> Answer:
    """Find names that are out of use in what initiatives promise for the future (RQ-31)."""
    obsolete = [item.name.casefold() for item in material.catalogue.systems if item.obsolete]

    def fine(row: tuple[Submission, Point, Initiative]) -> bool:
        text = " ".join(filter(None, (row[1].title, row[2].content, row[2].process_change))).casefold()
        return not any(name in text for name in obsolete)

    return _each(material.initiatives(), fine, lambda row: Gap(row[1].id, _sender(row[0])))


def _whole(material: Material) -> Answer:
    goals = {goal.id for goal in material.strategy.goals}
    served = {ref for _, _, content in material.initiatives() for ref in content.goals}
    orphans = [Gap(ref) for ref in sorted(goals - served)]
    loose = [Gap(p.id, _sender(s)) for s, p, c in material.initiatives() if not set(c.goals) & goals]
    return Answer(len(goals) + len(material.initiatives()), (*orphans, *loose))


def _steps(material: Material) -> Answer:
    return _each(material.strategy.next_steps, lambda step: step.when and step.owner, lambda step: Gap(step.title))


def _governance(material: Material) -> Answer:
    fields = ("forum", "cadence", "report", "adjustment")
    return _each(fields, lambda name: getattr(material.strategy.governance, name), lambda name: Gap(word=name))


def _changes(material: Material) -> Answer:
    """No point has a decision before the ledger holds decisions: every one of them is open (RQ-42)."""
    return _each(material.points, lambda _: False, lambda pair: Gap(pair[1].id))


def _safeguards(content: Initiative) -> bool:
    return content.ai is not None and all(getattr(content.ai, name) for name in _AI_FIELDS)


def _confirmed(content: Initiative) -> bool:
    return bool(content.co_parties) and all(c.commitment != Commitment.PROPOSED and c.date for c in content.co_parties)


def _valued(content: Initiative) -> bool:
    return any(benefit.beneficiary for benefit in content.benefits)


def _owned_benefits(content: Initiative) -> bool:
    return bool(content.benefits) and all(b.owner and b.indicator and b.baseline for b in content.benefits)


def _steered(material: Material) -> Answer:
    groups = {group.id for group in material.strategy.steering_groups}
    return _per_initiative(lambda content: content.steering_group in groups)(material)


def _lawful(content: Initiative) -> bool:
    return content.legislation is not None and content.legislation.change_needed is not None


CHECKS: Mapping[str, Check] = {
    "RQ-01": _parties,
    "RQ-02": _ambition,
    "RQ-03": _predecessors,
    "RQ-04": lambda m: _each(m.strategy.goals, lambda goal: goal.assumptions, lambda goal: Gap(goal.id)),
    "RQ-05": _reached,
    "RQ-06": _documented,
    "RQ-07": _fates,
    "RQ-08": _lessons,
    "RQ-09": _levels,
    "RQ-10": _themes,
    "RQ-11": _per_initiative(lambda c: c.process_change and _valued(c) and c.owner, lambda c: c.technologies),
    "RQ-12": _per_initiative(lambda c: c.process_change),
    "RQ-13": _per_initiative(_safeguards, lambda c: c.ai is not None or "ai" in {t.casefold() for t in c.themes}),
    "RQ-14": _per_initiative(_valued),
    "RQ-15": _per_initiative(_owned_benefits),
    "RQ-20": _per_initiative(lambda c: c.owner),
    "RQ-21": _per_initiative(_confirmed),
    "RQ-22": _per_initiative(lambda c: c.operations_owner),
    "RQ-23": _steered,
    "RQ-24": _per_initiative(lambda c: c.workflows and c.roles and c.skills),
    "RQ-25": _per_initiative(lambda c: c.funding and (c.cost or c.funding == "unfunded")),
    "RQ-26": _per_initiative(lambda c: c.anchoring_risk),
    "RQ-27": _leader_demand,
    "RQ-28": _leadership,
    "RQ-30": _systems,
    "RQ-31": _names,
    "RQ-32": _per_initiative(_lawful),
    "RQ-33": _per_initiative(lambda c: c.privacy and c.security and c.inclusion),
    "RQ-35": _whole,
    "RQ-40": _steps,
    "RQ-41": _governance,
    "RQ-42": _changes,
}
"""Requirement → check, in the order of the report (domain §2)."""
