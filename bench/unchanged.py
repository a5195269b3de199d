"""Measure one new file among many known ones, on threads or a Dask cluster, beside the file alone and a listing."""

import functools
import os
import statistics
import tempfile
from pathlib import Path

from bench.gathering import THREADS, gather, workers
from bench.measuring import Row, seconds, tell
from bench.scenes import text_files, workspace
from forankring.workspace import open_workspace

NEW = "new-answer.txt"


def measure(runs: int, files: int, runner: str = THREADS) -> Row:
    """Gather with one new file, again and again, and the same file in an inbox of its own."""
    name = "unchanged" if runner == THREADS else f"unchanged-{runner}"
    with tempfile.TemporaryDirectory() as folder, workers(runner) as hands:
        crowd = workspace(Path(folder, "crowd"))
        alone = workspace(Path(folder, "alone"))
        tell(f"{name}: making and reading {files:,} files")
        text_files(crowd, files)
        alone.mkdir(parents=True)
        many, one = open_workspace(Path(folder, "crowd")), open_workspace(Path(folder, "alone"))
        gather(many, hands)
        turns: list[tuple[float, float, float]] = []
        for turn in range(runs):
            for place in (crowd, alone):
                (place / NEW).write_text(f"A new answer, number {turn}.\n", encoding="utf-8")
            turns.append(
                (
                    seconds(functools.partial(gather, many, hands)),
                    seconds(functools.partial(gather, one, hands)),
                    seconds(functools.partial(_listing, crowd)),
                )
            )
    ours, single, listing = (statistics.median(column) for column in zip(*turns, strict=True))
    notes = (f"{files:,} known files and one new; alone {single:.3f} s, listing with stat {listing:.3f} s",)
    bare = single + listing
    return Row(name=name, ours=ours, bare=bare, value=ours - bare, goal=2.0, unit="s", notes=notes)


def _listing(folder: Path) -> int:
    with os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries)
