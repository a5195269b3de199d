"""Turn an editor's word about one submission or point into a commit of the ledger: withdrawn, erased, placed."""

from dataclasses import dataclass

from flows import steps
from flows.reports import Job
from forankring.errors import InputError, Problem
from forankring.intake import Erased, check_reason, erase
from forankring.ledger import (
    About,
    Ledger,
    Submission,
    find_submission,
    place_point,
    with_replaced,
    withdraw,
    withdrawn_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A withdrawn submission; ``erased`` is what left the vault and what stays, None where nothing should leave it."""

    submission: Submission
    erased: Erased | None = None


def withdraw_submission(job: Job, number: str, why: str, *, erased: bool) -> Withdrawn:
    """Leave a tombstone; with ``erased`` purge the private folder as well, before the commit that says so.

    A run that is killed between the two has erased without saying so; the same command again finishes it.
    """
    ledger = steps.recorded_ledger(job)
    item = find_submission(ledger, number)
    taken = tuple(with_replaced(ledger, item)) if erased else (item,)
    check_reason(job.workspace, why, taken)
    after = withdraw(ledger, number, withdrawn_at(job.when, why, erased=erased))
    gone = erase(job.workspace, ledger, taken) if erased else None
    message = job.locale.label(f"flows.messages.{'erased' if erased else 'withdrawn'}", number=item.id)
    _record(job, ledger, after, message)
    return Withdrawn(submission=find_submission(after, number), erased=gone)


def place(job: Job, number: str, chapter: str, goal: str, initiative: str) -> Submission:
    """Put a point in the chapter where the editor wants it; the choice outlives later readings of the file."""
    known = {item.key: item.title for item in job.strategy.chapters}
    if chapter not in known:
        allowed = ", ".join(known)
        raise InputError(Problem(code="chapter_unknown", values={"given": chapter, "allowed": allowed}))
    about = About(chapter=chapter, goal=goal, initiative=initiative)
    before = steps.recorded_ledger(job)
    after = place_point(before, number, about)
    message = job.locale.label("flows.messages.placed", number=number.strip().upper(), chapter=known[chapter])
    _record(job, before, after, message)
    return find_submission(after, number.partition("-")[0])


def _record(job: Job, before: Ledger, after: Ledger, message: str) -> None:
    """Commit what is different, and give its senders new receipts."""
    known = {item.id: item for item in before.submissions}
    steps.keep_ledger(job, Ledger(tuple(item for item in after.submissions if item != known.get(item.id))), message)
    steps.write_receipts(job, after)
