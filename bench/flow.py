"""Measure the flow ``gather`` beside the same library calls without Prefect, start-up apart."""

import functools
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.gathering import forget, gather, start_server
from bench.measuring import Row, side_by_side, tell
from bench.scenes import text_files, word_files, workspace
from flows import steps
from forankring.workspace import Workspace, locked, open_workspace


def measure(runs: int, files: int) -> Row:
    """Gather the same files both ways, in the same batches: Word files for the row, plain text as the hardest case.

    Reading a Word file takes long and a text file hardly any time, so the text files show what Prefect itself costs.
    """
    with tempfile.TemporaryDirectory() as folder:
        tell(f"flow: making {files:,} Word files and {files:,} text files")
        word = _scene(Path(folder, "word"), word_files, files)
        text = _scene(Path(folder, "text"), text_files, files)
        startup = start_server()
        tell("flow: gathering them both ways")
        text_ours, text_bare, _ = _both(text, runs)
        ours, bare, spread = _both(word, max(1, runs // 2))
    notes = (
        f"{files:,} Word files; {spread}",
        f"{files:,} text files: {text_ours:.2f} s, bare {text_bare:.2f} s, Prefect alone "
        f"{text_ours - text_bare:+.2f} s",
        f"start-up apart: {startup.running:.1f} s with a running server, {startup.again:.1f} s without, "
        f"{startup.first:.1f} s the first time on a machine",
    )
    return Row(name="flow", ours=ours, bare=bare, value=ours / bare, goal=1.10, notes=notes)


def _scene(root: Path, make: Callable[[Path, int], None], files: int) -> Workspace:
    make(workspace(root), files)
    return open_workspace(root)


def _both(scene: Workspace, runs: int) -> tuple[float, float, str]:
    return side_by_side(functools.partial(_ours, scene), functools.partial(_bare, scene), runs, warm=False)


def _ours(scene: Workspace) -> None:
    forget(scene)
    gather(scene)


def _bare(scene: Workspace) -> None:
    """Call what the flow calls, in its order, its portions and its batches."""
    from flows.tasks import PORTION, batches  # noqa: PLC0415  # Prefect reads its environment at import

    forget(scene)
    with locked(scene), ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2)) as pool:
        job = steps.begin(scene)
        steps.keep_edits(job)
        ledger = steps.recorded_ledger(job)
        files = steps.find_files(job, ledger)
        for start in range(0, len(files), PORTION):
            read = pool.map(functools.partial(steps.read_batch, job), batches(files[start : start + PORTION]))
            found = steps.register_readings(job, ledger, [reading for part in read for reading in part], files)
            steps.record_ledger(job, found)
            ledger = found.ledger
        steps.write_receipts(job, ledger)
        steps.count_shared(job, ledger)
        steps.take_account(job, ledger, files)
