"""Measure the intake of many Word files, on threads or on a Dask cluster, beside bare pandoc, a process a file."""

import functools
import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.gathering import THREADS, forget, gather, workers
from bench.measuring import Row, seconds, side_by_side, tell
from bench.scenes import pandoc_path, word_files, workspace
from flows import steps
from flows.reports import Job
from forankring.intake import Reading, list_inbox
from forankring.ledger import Ledger, Outcome
from forankring.workspace import Workspace, open_workspace

SLOW = 200
"""From so many files on, half as many runs will do."""


def measure(runs: int, files: int, runner: str = THREADS) -> Row:
    """Read the same files both ways, on as many workers as there are cores.

    The engine also keeps each original in its vault, guards the zip file, screens for personal numbers, splits the text
    into points, routes them and numbers them for the ledger. Bare pandoc reads the files to JSON and forgets them. What
    the whole flow takes, with Prefect's records, git, receipts and the report, is told below (``flow`` has its goal).
    """
    name = "intake" if runner == THREADS else f"intake-{runner}"
    with tempfile.TemporaryDirectory() as folder, workers(runner) as hands:
        place = workspace(Path(folder, "workspace"))
        tell(f"{name}: making {files:,} Word files of five pages")
        word_files(place, files)
        scene = open_workspace(Path(folder, "workspace"))
        tell(f"{name}: reading them both ways")
        turns = max(1, runs // 2) if files >= SLOW else runs
        read = functools.partial(_on_threads, scene) if runner == THREADS else functools.partial(_on_dask, scene, hands)
        ours, bare, spread = side_by_side(read, functools.partial(_bare, sorted(place.iterdir())), turns, warm=False)
        forget(scene)
        whole = seconds(functools.partial(gather, scene, hands))
    notes = (
        f"{files:,} Word files: {files / ours:.0f} a second, bare {files / bare:.0f}; the whole flow {whole:.1f} s",
        spread,
    )
    return Row(name=name, ours=ours, bare=bare, value=ours / bare, goal=1.15, notes=notes)


def _on_threads(scene: Workspace) -> None:
    """Read the whole inbox for an empty ledger, with an empty vault."""
    forget(scene)
    job = steps.begin(scene)
    _register(job, steps.read_batch(job, list_inbox(scene)))


def _on_dask(scene: Workspace, hands: str) -> None:
    """Do the same, each batch where a worker is free."""
    from distributed import Client  # noqa: PLC0415  # an optional extra

    from flows.tasks import batches  # noqa: PLC0415  # Prefect reads its environment at import

    forget(scene)
    job = steps.begin(scene)
    with Client(hands.partition("=")[2]) as client:  # type: ignore[no-untyped-call]
        futures = client.map(functools.partial(steps.read_batch, job), list(batches(list_inbox(scene))))
        _register(job, [reading for part in client.gather(futures) for reading in part])


def _register(job: Job, readings: Sequence[Reading]) -> None:
    gathered = steps.register_readings(job, Ledger(), readings, ())
    refused = [item for item in gathered.ledger.submissions if item.outcome != Outcome.ACCEPTED]
    if refused:
        raise RuntimeError(f"the scene is wrong: {refused[0].refusals}")


def _bare(files: Iterable[Path]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(_read, files):
            pass


def _read(file: Path) -> bytes:
    command = [pandoc_path(), "--sandbox", "--from", "docx", "--to", "json", str(file)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
