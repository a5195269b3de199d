"""Turn the points of a file that is read anew into points that keep their numbers and what an editor said of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from forankring.ledger import Point, Route, Submission
from forankring.ledger.store import point_id


def carry_points(before: Submission, fresh: Iterable[Point]) -> tuple[tuple[Point, ...], int]:
    """Return the points with numbers, and how many numbers the submission has given in all.

    A point with the same words keeps its number; equal ones keep their order. Any other gets a number that was never
    given. Raises nothing.
    """
    known = _by_words(before.points)
    given = max(before.numbers_given, len(before.points))
    points = []
    for point in fresh:
        same = known[_words(point)].pop(0) if known[_words(point)] else None
        given += same is None
        number = same.id if same else point_id(before.id, given)
        points.append(_placed_as(replace(point, id=number), same))
    return tuple(points), given


def carry_places(earlier: Iterable[Point], fresh: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points of a file that replaces another, each where an editor has placed the same words before."""
    known = _by_words(point for point in earlier if point.about.route == Route.EDITOR)
    return tuple(_placed_as(point, next(iter(known[_words(point)]), None)) for point in fresh)


def _placed_as(point: Point, known: Point | None) -> Point:
    if known is None or known.about.route != Route.EDITOR:
        return point
    return replace(point, about=known.about)


def _by_words(points: Iterable[Point]) -> dict[tuple[str, str], list[Point]]:
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in points:
        found[_words(point)].append(point)
    return found


def _words(point: Point) -> tuple[str, str]:
    """Return what tells a point: how a reader breaks its lines does not."""
    return " ".join(point.text.split()), " ".join(point.proposal.split())
