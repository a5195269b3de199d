"""Turn a proposed initiative into the list of answers that it lacks, and the anchoring level its answers can bear."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forankring.language import Locale
from forankring.ledger import Initiative
from forankring.ledger.contents import Funding

_TEXTS = (
    "problem",
    "content",
    "process_change",
    "owner",
    "leader_role",
    "operations_owner",
    "workflows",
    "roles",
    "skills",
    "anchoring_risk",
    "start",
    "end",
    "privacy",
    "security",
    "inclusion",
    "accessibility",
)
_AI = ("ai_use", "ai_legal_basis", "ai_human_control", "ai_transparency", "ai_data")
_LISTS = ("goals", "themes", "target_groups", "benefits", "co_parties", "milestones")

THREE_QUESTIONS = frozenset({"benefits", "benefit_owner", "benefit_indicator", "benefit_baseline", "process_change"})
"""The answers on value and on the work that changes; those on anchoring follow."""

ANCHORING = frozenset(
    {
        "owner",
        "co_parties",
        "confirmation",
        "leader_role",
        "steering_group",
        "steering_group_unknown",
        "operations_owner",
        "workflows",
        "roles",
        "skills",
        "anchoring_level",
        "anchoring_risk",
        "funding",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One missing answer: its key, its name in running text, and the parties that it must come from, where they are
    others than the one who sent the initiative."""

    key: str
    label: str
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What is missing in each part of an initiative's box, as a phrase; empty where nothing is."""

    what: str
    value: str
    anchoring: str
    means: str
    care: str


def find_gaps(content: Initiative, group_known: bool, locale: Locale) -> tuple[Gap, ...]:
    """Return what the initiative does not say, in the order of the form."""
    missing = frozenset(_missing(content, group_known))
    silent = tuple(item.party for item in content.co_parties if not item.answered)
    return tuple(make_gap(key, silent if key == "confirmation" else (), locale) for key in _ORDER if key in missing)


def make_gap(key: str, parties: Iterable[str], locale: Locale) -> Gap:
    """Return the gap with its name; the parties that have not answered are named in it."""
    silent = tuple(dict.fromkeys(parties))
    label = locale.label(f"drafting.gaps.{key}", parties=locale.listed(list(silent)))
    return Gap(key=key, label=label, parties=silent)


def lacking(gaps: tuple[Gap, ...], locale: Locale) -> Lacking:
    """Return the gaps of each part of the box. What a table or list there already marks is not said twice."""
    phrases = {part: locale.listed([gap.label for gap in gaps if gap.key in keys]) for part, keys in _PARTS.items()}
    return Lacking(**phrases)


def supported_level(content: Initiative, group_known: bool) -> int:
    """Return the highest anchoring level whose questions the initiative answers, each level resting on those below."""
    funded = content.funding in (Funding.FUNDED, Funding.PARTLY)
    measured = bool(content.benefits) and all(item.owner and item.indicator for item in content.benefits)
    steps = (
        bool(content.owner),
        group_known and funded,
        bool(content.workflows and content.roles and content.skills),
        bool(content.operations_owner) and measured,
    )
    return next((level for level, reached in enumerate(steps) if not reached), len(steps))


def _missing(content: Initiative, group_known: bool) -> Iterator[str]:
    yield from (name for name in (*_TEXTS, *_LISTS) if not getattr(content, name))
    yield from _missing_benefits(content)
    if not all(item.answered for item in content.co_parties):
        yield "confirmation"
    if not group_known:
        yield "steering_group_unknown" if content.steering_group else "steering_group"
    if content.anchoring_level is None:
        yield "anchoring_level"
    if content.funding is None:
        yield "funding"
    if not content.cost and content.funding != Funding.UNFUNDED:
        yield "cost"
    if content.legislation is None or content.legislation.change_needed is None:
        yield "legislation"
    yield from _missing_safeguards(content)


def _missing_benefits(content: Initiative) -> Iterator[str]:
    for name in ("beneficiary", "owner", "indicator", "baseline", "target"):
        if any(not getattr(benefit, name) for benefit in content.benefits):
            yield f"benefit_{name}"


def _missing_safeguards(content: Initiative) -> Iterator[str]:
    if content.ai is None:
        return
    for name in ("use", "legal_basis", "human_control", "transparency", "data"):
        if not getattr(content.ai, name):
            yield f"ai_{name}"


def rank(gap: Gap) -> int:
    """Return where the question stands in the form."""
    return _ORDER.index(gap.key)


_ORDER = (
    *("goals", "themes", "problem", "content", "target_groups", "process_change"),
    *_AI,
    *("benefits", "benefit_beneficiary", "benefit_owner", "benefit_indicator", "benefit_baseline", "benefit_target"),
    *("owner", "co_parties", "confirmation", "leader_role", "steering_group", "steering_group_unknown"),
    *("operations_owner", "workflows", "roles", "skills", "anchoring_level", "anchoring_risk"),
    *("cost", "funding", "start", "end", "milestones", "legislation"),
    *("privacy", "security", "inclusion", "accessibility"),
)

_PARTS = {
    "what": frozenset(
        {
            "process_change",
            "target_groups",
            "ai_use",
            "ai_legal_basis",
            "ai_human_control",
            "ai_transparency",
            "ai_data",
        }
    ),
    "value": frozenset({"benefits"}),
    "anchoring": ANCHORING - {"confirmation", "steering_group_unknown", "funding"},
    "means": frozenset({"cost", "funding", "start", "end", "milestones"}),
    "care": frozenset({"legislation", "privacy", "security", "inclusion", "accessibility"}),
}
