"""Turn a ledger into what its points have in common, and count them both ways: as parties and as distinct points."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from forankring.ledger import Ledger, Point, Submission
from forankring.sharing.borrowing import find_passages, group_passages, join_copies
from forankring.sharing.endorsing import Known, find_endorsements
from forankring.sharing.records import Said, SentOut, Sharing, Tally
from forankring.workspace import Strategy


def find_sharing(ledger: Ledger, strategy: Strategy, draft: SentOut | None = None) -> Sharing:
    """Return who shares what, what each adds, who joins whom, and the counts; the ledger's order does not matter.

    ``draft`` is the latest text that was sent out: its own words, quoted by many, are no borrowed text.
    """
    said = sorted(said_in(ledger), key=lambda item: item.point)
    found = find_passages(said, draft)
    distinct = join_copies(said, found)
    return Sharing(
        shared=tuple(group_passages(found)),
        endorsements=tuple(find_endorsements(said, known_parties(ledger, strategy))),
        total=_tally(said, distinct),
        chapters={key: _tally(items, distinct) for key, items in sorted(_by_chapter(said).items())},
    )


def count_said(ledger: Ledger) -> Sharing:
    """Return the counts that need no search: points and parties."""
    said = [item for item in ledger.current if item.points]
    points = sum(len(item.points) for item in said)
    return Sharing(total=Tally(points=points, parties=len({party_key(item) for item in said}), distinct=None))


def said_in(ledger: Ledger) -> Iterator[Said]:
    """Yield every current point with its party."""
    for submission, point in ledger.points():
        yield Said(
            point=point.id,
            party=party_key(submission),
            text=_text(point),
            chapter=point.about.chapter,
            when=submission.received_at,
        )


def party_key(submission: Submission) -> str:
    """Return what tells the party from all others; one whose name is sealed counts as one of its own."""
    return (submission.party.key if submission.party else "") or submission.id


def _text(point: Point) -> str:
    return "\n".join(part for part in (point.text, point.proposal) if part)


def known_parties(ledger: Ledger, strategy: Strategy) -> Sequence[Known]:
    """Return all parties of the catalogue, and the bodies outside it that sent something."""
    listed = [Known(item.key, (item.name, *item.aliases, *_told(item.in_text))) for item in strategy.parties]
    senders = {item.party.key: item.party.name for item in ledger.current if item.party and not item.party.listed}
    return (*listed, *(Known(key, (name,)) for key, name in sorted(senders.items()) if key))


def _told(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _by_chapter(said: Iterable[Said]) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for item in said:
        found.setdefault(item.chapter, []).append(item)
    return found


def _tally(said: Sequence[Said], distinct: Mapping[str, int]) -> Tally:
    return Tally(
        points=len(said),
        parties=len({item.party for item in said}),
        distinct=len({distinct[item.point] for item in said}),
    )
