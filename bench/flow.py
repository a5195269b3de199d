"""Measure the flow ``gather`` beside the same library calls without Prefect, start-up apart."""

import asyncio
import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Row, seconds, side_by_side, tell
from bench.scenes import text_files, word_files, workspace
from flows import server, steps
from flows.terminal.serverside import import_flow
from forankring.workspace import Workspace, locked, open_workspace

START = "from flows.terminal.serverside import import_flow; import_flow('gather', verbose=False)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Startup:
    """Seconds before the first step: with a new database, with the server's own, and with a server that runs."""

    first: float
    again: float
    running: float


def measure(runs: int, files: int) -> Row:
    """Gather the same files both ways, in the same batches: Word files for the row, plain text as the hardest case.

    Reading a Word file takes long and a text file hardly any time, so the text files show what Prefect itself costs.
    """
    with tempfile.TemporaryDirectory() as folder:
        tell(f"flow: making {files:,} Word files and {files:,} text files")
        word = _scene(Path(folder, "word"), word_files, files)
        text = _scene(Path(folder, "text"), text_files, files)
        startup = _start_server()
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


def _start_server() -> _Startup:
    """Run a server with a state of its own until this process ends, and take the time of every kind of start."""
    state = Path(tempfile.mkdtemp(prefix="forankring-bench-"))
    # Registered before Prefect is imported, so run after Prefect has sent its last records
    atexit.register(_end_server, state)
    os.environ["FORANKRING_STATE"] = str(state)
    os.environ.pop("PREFECT_API_URL", None)
    start = functools.partial(subprocess.run, [sys.executable, "-c", START], check=True)
    first = seconds(start)
    server.stop(state)
    again = seconds(start)
    running = seconds(start)
    import_flow("gather", verbose=False)
    return _Startup(first=first, again=again, running=running)


def _end_server(state: Path) -> None:
    server.stop(state)
    shutil.rmtree(state, ignore_errors=True)


def _both(scene: Workspace, runs: int) -> tuple[float, float, str]:
    return side_by_side(functools.partial(_ours, scene), functools.partial(_bare, scene), runs, warm=False)


def _ours(scene: Workspace) -> None:
    from flows.gather import gather  # noqa: PLC0415  # same

    _forget(scene)
    asyncio.run(gather(scene.root))


def _bare(scene: Workspace) -> None:
    """Call what the flow calls, in its order and its batches."""
    from flows.tasks import BATCH  # noqa: PLC0415  # imports Prefect, which reads the environment at import

    _forget(scene)
    cores = os.cpu_count() or 2
    with locked(scene):
        job = steps.begin(scene)
        steps.keep_edits(job)
        ledger = steps.recorded_ledger(job)
        files = steps.find_files(job, ledger)
        size = max(1, min(BATCH, -(-len(files) // (4 * cores))))
        batches = [files[start : start + size] for start in range(0, len(files), size)]
        with ThreadPoolExecutor(cores) as pool:
            readings = [
                reading for part in pool.map(lambda batch: steps.read_batch(job, batch), batches) for reading in part
            ]
        steps.record_ledger(job, steps.register_readings(job, ledger, readings, files))


def _forget(scene: Workspace) -> None:
    """Make the workspace as it was before the first run."""
    for folder in (scene.private, scene.text):
        shutil.rmtree(folder, ignore_errors=True)
