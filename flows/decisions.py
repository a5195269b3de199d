"""Turn an editor's word about one submission or point into a commit of the ledger: withdrawn, erased, placed."""

from dataclasses import dataclass, replace

from flows import steps
from flows.reports import Job
from forankring.errors import InputError, Problem
from forankring.intake import Erased, check_reason, erase
from forankring.ledger import (
    About,
    Initiative,
    Ledger,
    Point,
    Submission,
    find_placeable,
    find_point,
    find_submission,
    place_point,
    with_replaced,
    withdraw,
    withdrawn_at,
)
from forankring.workspace import Catalogue, Strategy, load_catalogue


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


def place(job: Job, number: str, chapter: str, goal: str, initiative: str) -> Point:
    """Put a point in the chapter where the editor wants it; the choice outlives later readings of the file.

    Without a chapter it stays in its own, and what it was about otherwise stays known.
    """
    before = steps.recorded_ledger(job)
    about, was = About(chapter=chapter, goal=goal, initiative=initiative), find_placeable(before, number).about
    if not chapter:
        about = replace(about, chapter=was.chapter, goal=goal or was.goal, initiative=initiative or was.initiative)
    titles = {item.key: item.title for item in job.strategy.chapters}
    if about.chapter not in titles:
        code, values = "chapter_unknown" if about.chapter else "chapter_missing", {"given": about.chapter}
        raise InputError(Problem(code=code, values={**values, "allowed": ", ".join(titles)}))
    catalogue = load_catalogue(job.workspace)
    _refuse_unknown("goal_unknown", goal, _goals(job.strategy, catalogue))
    _refuse_unknown("initiative_unknown", initiative, _initiatives(catalogue, before))
    after = place_point(before, number, about)
    message = job.locale.label("flows.messages.placed", number=number.strip().upper(), chapter=titles[about.chapter])
    _record(job, before, after, message)
    return find_point(after, number)


def _refuse_unknown(code: str, given: str, known: list[str]) -> None:
    if given and given not in known:
        raise InputError(Problem(code=code, values={"given": given, "allowed": ", ".join(known) or "–"}))


def _goals(strategy: Strategy, catalogue: Catalogue) -> list[str]:
    """Return the goals of this strategy, then those of the earlier one with their focus areas."""
    areas = (area.id for goal in catalogue.goals for area in goal.focus_areas)
    return [*(goal.id for goal in strategy.goals), *(goal.id for goal in catalogue.goals), *areas]


def _initiatives(catalogue: Catalogue, ledger: Ledger) -> list[str]:
    """Return the numbers of the earlier strategy's initiatives and of those that are proposed now."""
    contents = (point.content for _, point in ledger.points())
    proposed = (content.number for content in contents if isinstance(content, Initiative) and content.number)
    return list(dict.fromkeys((*(item.number for item in catalogue.initiatives), *proposed)))


def _record(job: Job, before: Ledger, after: Ledger, message: str) -> None:
    """Commit what is different, and give its senders new receipts."""
    known = {item.id: item for item in before.submissions}
    steps.keep_ledger(job, Ledger(tuple(item for item in after.submissions if item != known.get(item.id))), message)
    steps.write_receipts(job, after)
