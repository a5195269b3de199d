"""The checks behind the completeness report: one function per requirement of the strategy (domain §2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from forankring.ledger import AnchoringPlan, Evidence, GoalStatus, Initiative, Point, Publication, Submission
from forankring.ledger.contents import Assessment, Funding
from forankring.workspace import Catalogue, PartyType, Strategy
from forankring.workspace.strategy import Goal

T = TypeVar("T")

LEVELS = (PartyType.STATE, PartyType.REGION, PartyType.MUNICIPALITY)
_THEMES = {"climate": ("climate", "klima"), "demography": ("demography", "demografi")}
_MEASURED = ("baseline", "baseline_year", "target", "target_year", "data_owner", "source")
_AI_FIELDS = ("use", "legal_basis", "human_control", "transparency", "data")


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing answer: what it concerns, and who can give it (nobody named: the secretariat).

    ``what`` is an id or a name (empty: it has none yet); ``title``, quoted, and ``word``, a key under
    ``completeness.words``, are said after it or alone; ``levels`` are levels of government that can answer.
    """

    what: str = ""
    who: tuple[str, ...] = ()
    word: str = ""
    title: str = ""
    levels: tuple[PartyType, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """How many of the needed answers there are, and the gaps. ``frame`` is a key under ``completeness.frames``: what
    the bare numbers of the gaps are numbers of."""

    total: int
    gaps: tuple[Gap, ...] = ()
    frame: str = ""


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


def _each(items: Iterable[T], fine: Callable[[T], object], gap: Callable[[T], Gap], frame: str = "") -> Answer:
    """Count the items and name those that are not fine."""
    found = list(items)
    return Answer(len(found), tuple(gap(item) for item in found if not fine(item)), frame)


def _per_initiative(fine: Callable[[Initiative], object], wanted: Callable[[Initiative], object] = bool) -> Check:
    """Check every initiative for which ``wanted`` holds."""

    def check(material: Material) -> Answer:
        rows = [row for row in material.initiatives() if wanted(row[2])]
        return _each(rows, lambda row: fine(row[2]), lambda row: _point_gap(row[0], row[1]))

    return check


def _point_gap(submission: Submission, point: Point, word: str = "") -> Gap:
    """Name a point, its title and the one who sent it; what an anonymous sender called a file might tell its name."""
    public = submission.publication == Publication.PUBLIC
    title = point.title or (submission.title if public and point.content else "")
    return Gap(point.id, _sender(submission), word, title)


def _sender(submission: Submission) -> tuple[str, ...]:
    public = submission.party and submission.publication == Publication.PUBLIC
    return (submission.party.name,) if submission.party and public else ()


def _parties(material: Material) -> Answer:
    signing = {party.type for party in material.strategy.signatories}
    return Answer(2, () if signing >= set(LEVELS) else (Gap(word="parties"),))


def _ambition(material: Material) -> Answer:
    """Ask of every indicator what chapter ``vision`` prints a gap for (RQ-02)."""

    def measured(goal: Goal) -> bool:
        return bool(goal.indicators) and all(getattr(i, name) for i in goal.indicators for name in _MEASURED)

    return _each(material.strategy.goals, measured, lambda goal: Gap(goal.id), "goals")


def _predecessors(material: Material) -> Answer:
    found = [item for item in material.catalogue.strategies if item.relation == "predecessor"]
    return Answer(len(found))


def _reached(material: Material) -> Answer:
    """Only an answer on the goal itself says whether it was reached; one on a focus area does not (RQ-05)."""
    assessed = {content.goal for _, _, content in material.statuses()}
    return _each(
        material.catalogue.goals, lambda goal: goal.id in assessed, lambda goal: Gap(title=goal.title, levels=LEVELS)
    )


def _documented(material: Material) -> Answer:
    """Ask for documentation of each goal and of each assessment that needs one, as chapter ``status`` does (RQ-06)."""
    sent = [content.relevance for _, point in material.points if isinstance(content := point.content, Evidence)]
    known = [item.about for item in material.catalogue.evidence]
    shown = {_goal(material, ref) for refs in (*sent, *known) for ref in refs}
    goals = _each(
        material.catalogue.goals, lambda goal: goal.id in shown, lambda goal: Gap(title=goal.title, levels=LEVELS)
    )
    judged = [row for row in material.statuses() if row[2].assessment != Assessment.UNKNOWN]
    rows = _each(judged, lambda row: row[2].evidence, lambda row: _point_gap(row[0], row[1]))
    return Answer(goals.total + rows.total, (*goals.gaps, *rows.gaps))


def _fates(material: Material) -> Answer:
    known = [item for item in material.catalogue.initiatives if item.fate != "unknown"]
    total = material.catalogue.initiative_total or len(material.catalogue.initiatives)
    unknown = [Gap(item.number) for item in material.catalogue.initiatives if item.fate == "unknown"]
    rest = [Gap()] * max(0, total - len(known) - len(unknown))
    return Answer(total, (*unknown, *rest), "past_initiatives")


def _lessons(material: Material) -> Answer:
    learnt = {_goal(material, content.goal) for _, _, content in material.statuses() if content.lesson}
    return _each(
        material.catalogue.goals, lambda goal: goal.id in learnt, lambda goal: Gap(title=goal.title, levels=LEVELS)
    )


def _levels(material: Material) -> Answer:
    heard = {(_goal(material, c.goal), sub.party.type) for sub, _, c in material.statuses() if sub.party}
    wanted = [(goal, level) for goal in material.catalogue.goals for level in LEVELS]
    return _each(
        wanted,
        lambda pair: (pair[0].id, pair[1]) in heard,
        lambda pair: Gap(title=pair[0].title, word=pair[1], levels=(pair[1],)),
    )


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
    lacking = [_point_gap(sub, point) for sub, point, content in plans if not content.leadership_actions]
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

    return _each(material.initiatives(), fine, lambda row: _point_gap(row[0], row[1]))


def _whole(material: Material) -> Answer:
    goals = {goal.id: goal.title for goal in material.strategy.goals}
    served = {ref for _, _, content in material.initiatives() for ref in content.goals}
    orphans = [Gap(ref, title=title) for ref, title in sorted(goals.items()) if ref not in served]
    loose = [_point_gap(s, p) for s, p, c in material.initiatives() if not set(c.goals) & set(goals)]
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


def _agreed(material: Material) -> Answer:
    """Ask the co-parties that have not answered; where none is named, ask the one who proposed (RQ-21)."""
    gaps = (
        replace(_point_gap(sub, point), who=tuple(item.party for item in content.co_parties if not item.answered))
        if content.co_parties
        else _point_gap(sub, point)
        for sub, point, content in material.initiatives()
        if not content.co_parties or not all(item.answered for item in content.co_parties)
    )
    return Answer(len(material.initiatives()), tuple(gaps))


def _funded(material: Material) -> Answer:
    """Count what is funded and has an amount; the rest is no more settled here than in chapter ``economy`` (RQ-25)."""
    gaps = (
        _point_gap(sub, point, f"funding_{content.funding}" if content.funding else "")
        for sub, point, content in material.initiatives()
        if content.funding != Funding.FUNDED or not content.cost
    )
    return Answer(len(material.initiatives()), tuple(gaps))


def _valued(content: Initiative) -> bool:
    return any(benefit.beneficiary for benefit in content.benefits)


def _owned_benefits(content: Initiative) -> bool:
    return bool(content.benefits) and all(b.owner and b.indicator and b.baseline for b in content.benefits)


def _steered(material: Material) -> Answer:
    groups = {group.id for group in material.strategy.steering_groups}
    return _per_initiative(lambda content: content.steering_group in groups)(material)


def _lawful(material: Material) -> Answer:
    """Ask whether the law must change, and for every principle: what is not named stands as such (RQ-32)."""
    numbers = {principle.number for principle in material.catalogue.principles}

    def fine(content: Initiative) -> bool:
        law = content.legislation
        return law is not None and law.change_needed is not None and numbers <= set(law.principles)

    return _per_initiative(fine)(material)


CHECKS: Mapping[str, Check] = {
    "RQ-01": _parties,
    "RQ-02": _ambition,
    "RQ-03": _predecessors,
    "RQ-04": lambda m: _each(m.strategy.goals, lambda goal: goal.assumptions, lambda goal: Gap(goal.id), "goals"),
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
    "RQ-21": _agreed,
    "RQ-22": _per_initiative(lambda c: c.operations_owner),
    "RQ-23": _steered,
    "RQ-24": _per_initiative(lambda c: c.workflows and c.roles and c.skills),
    "RQ-25": _funded,
    "RQ-26": _per_initiative(lambda c: c.anchoring_risk),
    "RQ-27": _leader_demand,
    "RQ-28": _leadership,
    "RQ-30": _systems,
    "RQ-31": _names,
    "RQ-32": _lawful,
    "RQ-33": _per_initiative(lambda c: c.privacy and c.security and c.inclusion),
    "RQ-35": _whole,
    "RQ-40": _steps,
    "RQ-41": _governance,
    "RQ-42": _changes,
}
"""Requirement → check, in the order of the report (domain §2)."""
