"""Measure the intake of many Word files beside bare pandoc, a process a file, on two workers."""

import functools
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measuring import Row, side_by_side, tell
from bench.scenes import WHEN, pandoc_path, word_files, workspace
from forankring.intake import list_inbox, read_files, register
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.workspace import Workspace, load_strategy, open_workspace

WORKERS = 2
SLOW = 200
"""From so many files on, half as many runs will do."""


def measure(runs: int, files: int) -> Row:
    """Read the same files both ways.

    The engine also keeps each original in its vault, guards the zip file, screens for personal numbers, splits the text
    into points, routes them and enters them in the ledger. Bare pandoc reads them to JSON and forgets them.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = workspace(Path(folder, "workspace"))
        tell(f"intake: making {files:,} Word files of five pages")
        word_files(place, files)
        scene = open_workspace(Path(folder, "workspace"))
        tell("intake: reading them both ways")
        turns = max(1, runs // 2) if files >= SLOW else runs
        ours, bare, spread = side_by_side(
            functools.partial(_ours, scene), functools.partial(_bare, sorted(place.iterdir())), turns, warm=False
        )
    notes = (f"{files:,} Word files: {files / ours:.0f} a second, bare {files / bare:.0f}", spread)
    return Row(name="intake", ours=ours, bare=bare, value=ours / bare, goal=1.15, notes=notes)


def _ours(scene: Workspace) -> None:
    """Read the whole inbox into an empty ledger, with an empty vault."""
    shutil.rmtree(scene.private, ignore_errors=True)
    strategy = load_strategy(scene)
    readings = read_files(scene, strategy, load_locale(strategy.locale), list_inbox(scene))
    gathered = register(Ledger(), readings, strategy, WHEN)
    refused = [item for item in gathered.ledger.submissions if item.refusals]
    if refused:
        raise RuntimeError(f"the scene is wrong: {refused[0].refusals}")


def _bare(files: Iterable[Path]) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        for _ in pool.map(_read, files):
            pass


def _read(file: Path) -> bytes:
    command = [pandoc_path(), "--sandbox", "--from", "docx", "--to", "json", str(file)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
