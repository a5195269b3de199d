"""Turn a human's word about a submission or a point into the next ledger: withdrawn, erased, placed in a chapter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from forankring.errors import InputError, Problem
from forankring.ledger.records import (
    About,
    Attachment,
    Outcome,
    PartyRef,
    Point,
    Publication,
    Route,
    Submission,
    Withdrawal,
)
from forankring.ledger.store import Ledger


def find_submission(ledger: Ledger, number: str) -> Submission:
    """Return the submission with this number (``B012`` or ``b012``); raise InputError where there is none."""
    wanted = number.strip().upper()
    for item in ledger.submissions:
        if item.id == wanted:
            return item
    raise InputError(Problem(code="submission_unknown", values={"given": number}))


def withdraw(ledger: Ledger, number: str, withdrawal: Withdrawal) -> Ledger:
    """Return the ledger with a tombstone in the submission's stead: the number and what kind of thing it was.

    What it replaced does not come back. Where it is erased, so are the files that it replaced.
    """
    item = find_submission(ledger, number)
    if item.withdrawal and (item.withdrawal.erased or not withdrawal.erased):
        raise InputError(Problem(code="already_withdrawn", values={"given": item.id}))
    taken = tuple(with_replaced(ledger, item)) if withdrawal.erased else (item,)
    return ledger.with_submissions(*(_tombstone(one, withdrawal) for one in taken))


def with_replaced(ledger: Ledger, item: Submission) -> Iterator[Submission]:
    """Yield the submission and all that it replaced, the newest first."""
    yield item
    for earlier in ledger.submissions:
        if earlier.replaced_by == item.id:
            yield from with_replaced(ledger, earlier)


def find_point(ledger: Ledger, number: str) -> Point:
    """Return the point with this number (``B012-03``); raise InputError where there is none."""
    item = find_submission(ledger, number.partition("-")[0])
    wanted = number.strip().upper()
    for point in item.points:
        if point.id == wanted:
            return point
    known = ", ".join(point.id for point in item.points) or "–"
    raise InputError(Problem(code="point_unknown", values={"given": number, "known": known}))


def find_placeable(ledger: Ledger, number: str) -> Point:
    """Return the point with this number; raise InputError where there is none or its submission is in no draft."""
    item = find_submission(ledger, number.partition("-")[0])
    if item.withdrawal:
        raise InputError(Problem(code="place_withdrawn", values={"given": item.id}))
    if item.replaced_by:
        raise InputError(Problem(code="place_replaced", values={"given": item.id, "newer": item.replaced_by}))
    return find_point(ledger, number)


def place_point(ledger: Ledger, number: str, about: About) -> Ledger:
    """Return the ledger with the point where an editor wants it; raise InputError where that cannot be."""
    item, wanted = find_submission(ledger, number.partition("-")[0]), find_placeable(ledger, number).id
    placed = replace(about, route=Route.EDITOR)
    points = (replace(point, about=placed) if point.id == wanted else point for point in item.points)
    return ledger.with_submissions(replace(item, points=tuple(points)))


def _tombstone(item: Submission, withdrawal: Withdrawal) -> Submission:
    """Return what is left: nothing that the sender wrote, and where it is erased nothing that names the sender.

    Until it is erased, it says by sha256 what of its attachments the vault holds: a later erasure needs that.
    """
    left = replace(
        item,
        outcome=Outcome.WITHDRAWN,
        withdrawal=withdrawal,
        refusals=(),
        title="",
        on_behalf_of="",
        case_ref="",
        notes=(),
        parts=tuple(_bare(part) for part in item.parts if part.sha256),
        points=tuple(Point(id=point.id, kind=point.kind, visibility=point.visibility) for point in item.points),
    )
    if not withdrawal.erased:
        return left
    party = item.party and PartyRef(key="", name="", type=item.party.type, listed=item.party.listed)
    return replace(
        left,
        party=party,
        party_evidence="",
        places=(),
        sha256="",
        size=0,
        parts=(),
        sealed=False,
        publication=Publication.PUBLIC,
    )


def _bare(part: Attachment) -> Attachment:
    return Attachment(name="", format=part.format, size=0, sha256=part.sha256, outcome=Outcome.WITHDRAWN)


def withdrawn_at(when: datetime, why: str, *, erased: bool) -> Withdrawal:
    """Return the mark of a withdrawal; ``why`` on one line."""
    return Withdrawal(when=when, why=" ".join(why.split()), erased=erased)
