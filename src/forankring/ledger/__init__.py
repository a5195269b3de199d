"""Keep account of who sent what: submissions, their points, and what became of each."""

from forankring.ledger.contents import (
    AnchoringPlan,
    Content,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    TechnologyCase,
)
from forankring.ledger.records import (
    About,
    Attachment,
    InputKind,
    Note,
    Outcome,
    PartyRef,
    Place,
    Point,
    Publication,
    Refusal,
    Route,
    Stance,
    Submission,
    Visibility,
)
from forankring.ledger.sealing import read_sealed, write_sealed
from forankring.ledger.store import Ledger, dump_ledger, dump_sealed, load_ledger

__all__ = [
    "About",
    "AnchoringPlan",
    "Attachment",
    "Content",
    "Evidence",
    "GoalProposal",
    "GoalStatus",
    "Initiative",
    "InputKind",
    "Ledger",
    "Note",
    "Outcome",
    "PartyRef",
    "Place",
    "Point",
    "Publication",
    "Refusal",
    "Route",
    "Stance",
    "Submission",
    "TechnologyCase",
    "Visibility",
    "dump_ledger",
    "dump_sealed",
    "load_ledger",
    "read_sealed",
    "write_sealed",
]
