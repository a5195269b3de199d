"""Measure one new file among many known ones beside the one file alone and a listing of the folder."""

import functools
import os
import statistics
import tempfile
from pathlib import Path

from bench.measuring import Row, seconds, tell
from bench.scenes import WHEN, text_files, workspace
from forankring.intake import find_new, list_inbox, read_files, register
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.workspace import Workspace, load_strategy, open_workspace

NEW = "new-answer.txt"


def measure(runs: int, files: int) -> Row:
    """Gather with one new file, again and again from the same ledger, and the same file in an inbox of its own."""
    with tempfile.TemporaryDirectory() as folder:
        crowd = workspace(Path(folder, "crowd"))
        alone = workspace(Path(folder, "alone"))
        tell(f"unchanged: making and reading {files:,} files")
        text_files(crowd, files)
        alone.mkdir(parents=True)
        many, one = open_workspace(Path(folder, "crowd")), open_workspace(Path(folder, "alone"))
        ledger = _gather(many, Ledger())
        turns: list[tuple[float, float, float]] = []
        for turn in range(runs):
            for place in (crowd, alone):
                (place / NEW).write_text(f"A new answer, number {turn}.\n", encoding="utf-8")
            turns.append(
                (
                    seconds(functools.partial(_gather, many, ledger)),
                    seconds(functools.partial(_gather, one, Ledger())),
                    seconds(functools.partial(_listing, crowd)),
                )
            )
    ours, single, listing = (statistics.median(column) for column in zip(*turns, strict=True))
    notes = (f"{files:,} known files and one new; alone {single:.3f} s, listing with stat {listing:.3f} s",)
    bare = single + listing
    return Row(name="unchanged", ours=ours, bare=bare, value=ours - bare, goal=2.0, unit="s", notes=notes)


def _gather(scene: Workspace, ledger: Ledger) -> Ledger:
    strategy = load_strategy(scene)
    new = find_new(scene, ledger, strategy, list_inbox(scene))
    readings = read_files(scene, strategy, load_locale(strategy.locale), new)
    return register(ledger, readings, strategy, WHEN).ledger


def _listing(folder: Path) -> int:
    with os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries)
