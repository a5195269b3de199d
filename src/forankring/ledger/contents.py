"""What a structured point says, per kind of input (domain §3.3): a missing answer is ``None`` and shown as a gap."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field

from forankring.workspace import YesNo, record


def _with_point(value: object) -> object:
    return value.replace(",", ".") if isinstance(value, str) and re.fullmatch(r"\s*-?\d+,\d+\s*", value) else value


Decimal = Annotated[float, BeforeValidator(_with_point), Field(allow_inf_nan=False)]
"""A finite number that may be written with a comma (``6,5``), also where nothing says in which language it is."""


class Assessment(StrEnum):
    """Was the goal reached?"""

    REACHED = "reached"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NOT = "not"
    UNKNOWN = "unknown"


class Carry(StrEnum):
    """What should happen to it now?"""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"


class EvidenceType(StrEnum):
    """How a finding was made."""

    MEASUREMENT = "measurement"
    EVALUATION = "evaluation"
    AUDIT = "audit"
    STATISTICS = "statistics"
    CASE = "case"
    ESTIMATE = "estimate"


class AiUse(StrEnum):
    """What AI is used for; an automated decision needs more answers than support."""

    SUPPORT = "support"
    CASE_PREP = "case_prep"
    AUTOMATED = "automated"


class BenefitType(StrEnum):
    """The kinds of benefit."""

    ECONOMIC = "economic"
    SERVICE = "service"
    QUALITY = "quality"
    TIME = "time"
    CLIMATE = "climate"
    TRUST = "trust"


class Commitment(StrEnum):
    """Has a co-party said yes?"""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Funding(StrEnum):
    """Is the money there?"""

    FUNDED = "funded"
    PARTLY = "partly"
    UNFUNDED = "unfunded"


class Realised(StrEnum):
    """Was value realised?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@record
class Source:
    """A document that supports a statement."""

    title: str
    url: str | None = None
    date: str | None = None
    type: EvidenceType | None = None
    finding: str | None = None


@record
class GoalStatus:
    """A. Was a goal, focus area or initiative of 2016-2020 reached? ``goal`` refers to the catalogue."""

    kind: Literal["goal_status"] = "goal_status"
    goal: str
    assessment: Assessment
    rationale: str | None = None
    evidence: tuple[Source, ...] = ()
    achieved: str | None = None
    outstanding: str | None = None
    lesson: str | None = None
    carry_forward: Carry | None = None
    carry_reason: str | None = None


@record
class Ai:
    """Safeguards where AI is used (RQ-13)."""

    use: AiUse | None = None
    legal_basis: str | None = None
    human_control: str | None = None
    transparency: str | None = None
    data: str | None = None


@record
class Benefit:
    """One benefit: for whom, measured how, owned by whom. Values are text with their unit."""

    type: BenefitType
    beneficiary: str | None = None
    indicator: str | None = None
    baseline: str | None = None
    target: str | None = None
    year: int | None = None
    owner: str | None = None
    low: str | None = None
    high: str | None = None


@record
class CoParty:
    """A party that takes part, and whether it said yes, and when."""

    party: str
    commitment: Commitment = Commitment.PROPOSED
    date: str | None = None

    @property
    def answered(self) -> bool:
        """Has it said yes or no, on a known day?"""
        return self.commitment != Commitment.PROPOSED and bool(self.date)


@record
class Cost:
    """Money in one year. ``amount`` is in millions of ``currency`` at ``price_level`` (``2026-PL``)."""

    year: int
    amount: Decimal
    currency: str = "DKK"
    price_level: str | None = None
    party: str | None = None


@record
class Milestone:
    """``when`` is a date (2027-03-01), quarter (2027-Q2) or year (2027)."""

    when: str
    deliverable: str


@record
class Legislation:
    """Does it need a new law, and were the principles of digital-ready law considered?"""

    change_needed: YesNo | None = None
    text: str | None = None
    principles: tuple[int, ...] = ()


@record
class Initiative:
    """B. A proposed initiative. ``number`` is text and given by the editor (``"1.10"``)."""

    kind: Literal["initiative"] = "initiative"
    number: str | None = None
    goals: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    problem: str | None = None
    content: str | None = None
    target_groups: tuple[str, ...] = ()
    process_change: str | None = None
    technologies: tuple[str, ...] = ()
    ai: Ai | None = None
    benefits: tuple[Benefit, ...] = ()
    owner: str | None = None
    co_parties: tuple[CoParty, ...] = ()
    leader_role: str | None = None
    steering_group: str | None = None
    operations_owner: str | None = None
    workflows: str | None = None
    roles: str | None = None
    skills: str | None = None
    anchoring_level: Annotated[int, Field(ge=0, le=4)] | None = None
    anchoring_risk: str | None = None
    cost: tuple[Cost, ...] = ()
    funding: Funding | None = None
    funding_source: str | None = None
    start: str | None = None
    end: str | None = None
    milestones: tuple[Milestone, ...] = ()
    systems: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    legislation: Legislation | None = None
    privacy: str | None = None
    security: str | None = None
    inclusion: str | None = None
    accessibility: str | None = None


@record
class TechnologyCase:
    """C. Experience with a technology: did it give value, and where is it anchored?"""

    kind: Literal["technology_case"] = "technology_case"
    technology: str
    used_where: str | None = None
    purpose: str | None = None
    result: str | None = None
    value_realised: Realised | None = None
    business_effect: str | None = None
    anchored_in: str | None = None
    difficulties: str | None = None
    transferable: str | None = None
    evidence: tuple[Source, ...] = ()


@record
class AnchoringPlan:
    """D. How one party anchors the strategy in its own organisation.

    A form calls ``capacity`` ``staff_years``: there, ``capacity`` is the envelope's (domain §3.2) and says for whom the
    party speaks.
    """

    kind: Literal["anchoring_plan"] = "anchoring_plan"
    mandate: str | None = None
    organisation: str | None = None
    leadership_actions: tuple[str, ...] = ()
    competence_plan: str | None = None
    employee_involvement: str | None = None
    capacity: Annotated[str | None, Field(validation_alias=AliasChoices("staff_years", "capacity"))] = None
    follow_up: str | None = None
    barriers: tuple[str, ...] = ()
    needs_from_others: tuple[str, ...] = ()


@record
class Evidence:
    """E. A finding with its source and method. ``relevance`` names goals or themes."""

    kind: Literal["evidence"] = "evidence"
    claim: str
    source: str | None = None
    date: str | None = None
    method: str | None = None
    relevance: tuple[str, ...] = ()
    licence: str | None = None


@record
class ProposedIndicator:
    """How a proposed goal would be measured."""

    title: str
    baseline: str | None = None
    baseline_year: int | None = None
    target: str | None = None
    target_year: int | None = None


@record
class GoalProposal:
    """F. A proposed goal for the new strategy."""

    kind: Literal["goal_proposal"] = "goal_proposal"
    statement: str
    indicators: tuple[ProposedIndicator, ...] = ()
    data_owner: str | None = None
    assumptions: tuple[str, ...] = ()


Content = Annotated[
    GoalStatus | Initiative | TechnologyCase | AnchoringPlan | Evidence | GoalProposal,
    Field(discriminator="kind"),
]
