"""Turn reports into the plain data that ``--json`` prints; the keys are a promise to scripts."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flows.reports import BuildReport, DraftReport, GatherReport
from flows.rows import counts
from forankring.drafting import Requirement
from forankring.intake import account_data
from forankring.ledger import Ledger, Submission
from forankring.versions import Conflict


def gather_answer(report: GatherReport) -> dict[str, Any]:
    """Return what came in."""
    return {
        "registered": [_submission(item) for item in report.fresh],
        "hand_edits": report.hand_edits,
        "files": files_answer(report.ledger),
        "points": asdict(report.sharing.total),
        "account": account_data(report.account),
    }


def draft_answer(report: DraftReport) -> dict[str, Any]:
    """Return what the run ended with."""
    return {
        "version": report.editions.version,
        "made": report.made,
        "changed": {
            "submissions": [item.id for item in report.changes.submissions],
            "chapters": list(report.changes.chapters),
        },
        "gathered": gather_answer(report.gathered),
        "conflicts": conflicts_answer(report.conflicts),
        "completeness": completeness_answer(report.completeness),
        "editions": edition_answer(report.editions),
    }


def edition_answer(report: BuildReport) -> dict[str, Any]:
    """Return the files of the editions."""
    return {
        "version": report.version,
        "files": [
            {"path": str(report.folder / item.name), "sha256": item.sha256, "size": item.size} for item in report.files
        ],
        "differing": list(report.differing),
        "findings": report.findings,
        **({"since": report.since, "changes": report.changes, "rebuilt": list(report.rebuilt)} if report.since else {}),
    }


def files_answer(ledger: Ledger) -> dict[str, int]:
    """Return how many files ended how, and all of them."""
    return {"total": len(ledger.submissions), **counts(ledger)}


def completeness_answer(requirements: Iterable[Requirement]) -> dict[str, list[str]]:
    """Return the requirements by how far they are answered."""
    found: dict[str, list[str]] = {"answered": [], "partly": [], "missing": []}
    for item in requirements:
        found[str(item.status)].append(item.id)
    return found


def conflicts_answer(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Return the places where a human has to choose, without those that only want a look."""
    return [conflict_answer(conflict) for conflict in conflicts if not conflict.merged]


def conflict_answer(conflict: Conflict) -> dict[str, Any]:
    """Return one place where two edits met."""
    told = {key: getattr(conflict, key) for key in ("number", "path", "line", "level", "ours", "theirs", "base")}
    return {**told, "merged": conflict.merged, "editor": conflict.editor, "proposal": conflict.proposal}


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.id,
        "places": list(submission.places),
        "party": submission.party.key if submission.party else None,
        "outcome": str(submission.outcome),
        "refusals": [{"code": item.code, "field": item.field, "line": item.line} for item in submission.refusals],
    }
