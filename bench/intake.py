"""Measure the intake of many Word files, on threads or on a Dask cluster, beside bare pandoc, a process a file."""

import functools
import os
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.gathering import THREADS, forget, gather, workers
from bench.measuring import Row, side_by_side, tell
from bench.scenes import pandoc_path, word_files, workspace
from forankring.ledger import Outcome
from forankring.workspace import Workspace, open_workspace

SLOW = 200
"""From so many files on, half as many runs will do."""


def measure(runs: int, files: int, runner: str = THREADS) -> Row:
    """Gather the same files both ways, on as many workers as there are cores.

    The engine also keeps each original in its vault, guards the zip file, screens for personal numbers, splits the text
    into points, routes them, commits them to the ledger and writes receipts and report. Bare pandoc reads the files to
    JSON and forgets them.
    """
    name = "intake" if runner == THREADS else f"intake-{runner}"
    with tempfile.TemporaryDirectory() as folder, workers(runner) as hands:
        place = workspace(Path(folder, "workspace"))
        tell(f"{name}: making {files:,} Word files of five pages")
        word_files(place, files)
        scene = open_workspace(Path(folder, "workspace"))
        tell(f"{name}: reading them both ways")
        turns = max(1, runs // 2) if files >= SLOW else runs
        ours, bare, spread = side_by_side(
            functools.partial(_ours, scene, hands), functools.partial(_bare, sorted(place.iterdir())), turns, warm=False
        )
    notes = (f"{files:,} Word files: {files / ours:.0f} a second, bare {files / bare:.0f}", spread)
    return Row(name=name, ours=ours, bare=bare, value=ours / bare, goal=1.15, notes=notes)


def _ours(scene: Workspace, hands: str) -> None:
    """Gather the whole inbox into an empty ledger, with an empty vault."""
    forget(scene)
    refused = [item for item in gather(scene, hands).ledger.submissions if item.outcome != Outcome.ACCEPTED]
    if refused:
        raise RuntimeError(f"the scene is wrong: {refused[0].refusals}")


def _bare(files: Iterable[Path]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(_read, files):
            pass


def _read(file: Path) -> bytes:
    command = [pandoc_path(), "--sandbox", "--from", "docx", "--to", "json", str(file)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
