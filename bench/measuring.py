"""Turn two ways of doing the same work into medians and their ratio."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the result. ``goal`` and ``value`` are a ratio, or seconds on top where ``unit`` is ``s``."""

    name: str
    ours: float
    bare: float
    value: float
    goal: float
    unit: str = "x"
    notes: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Tell whether the goal of DESIGN §8 is met."""
        return self.value <= self.goal


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes on the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def side_by_side(
    ours: Callable[[], object], bare: Callable[[], object], runs: int, *, warm: bool = True
) -> tuple[float, float, str]:
    """Return both medians and the spread, measured in turns, so that a busy minute meets both.

    ``warm``: each runs once before, uncounted, so that neither pays for a cold disk.
    """
    if warm:
        ours()
        bare()
    pairs = [_pair(ours, bare, turn) for turn in range(runs)]
    mine, theirs = zip(*pairs, strict=True)
    spread = f"{runs} runs; ours {min(mine):.2f}-{max(mine):.2f} s, bare {min(theirs):.2f}-{max(theirs):.2f} s"
    return statistics.median(mine), statistics.median(theirs), spread


def tell(text: str) -> None:
    """Say on the error output what is going on, so that the result stays clean."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _pair(ours: Callable[[], object], bare: Callable[[], object], turn: int) -> tuple[float, float]:
    """Measure both, the other one first every second time."""
    if turn % 2:
        theirs = seconds(bare)
        return seconds(ours), theirs
    mine = seconds(ours)
    return mine, seconds(bare)
