"""Turn a workspace into a gathered one through the flow, as a command does it, on threads or on a Dask cluster."""

import asyncio
import atexit
import contextlib
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import seconds
from flows import server
from flows.reports import GatherReport
from flows.terminal.serverside import import_flow
from forankring.workspace import Workspace

THREADS, DASK = "threads", "dask"

_START = "from flows.terminal.serverside import import_flow; import_flow('gather', verbose=False)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Startup:
    """Seconds before the first step: with a new database, with the server's own, and with a server that runs."""

    first: float
    again: float
    running: float


@functools.cache
def start_server() -> Startup:
    """Run a server with a state of its own until this process ends, and take the time of every kind of start."""
    state = Path(tempfile.mkdtemp(prefix="forankring-bench-"))
    # Registered before Prefect is imported, so run after Prefect has sent its last records
    atexit.register(_end_server, state)
    os.environ["FORANKRING_STATE"] = str(state)
    os.environ.pop("PREFECT_API_URL", None)
    start = functools.partial(subprocess.run, [sys.executable, "-c", _START], check=True)
    first = seconds(start)
    server.stop(state)
    again = seconds(start)
    running = seconds(start)
    import_flow("gather", verbose=False)
    return Startup(first=first, again=again, running=running)


@contextlib.contextmanager
def workers(runner: str) -> Iterator[str]:
    """Yield what ``--task-runner`` takes: the threads of this process, or a Dask cluster here, a process for each core.

    The cluster runs as long as the block: starting it is not part of what is measured.
    """
    start_server()
    if runner == THREADS:
        yield THREADS
        return
    from distributed import LocalCluster  # noqa: PLC0415  # an optional extra, and a second to import

    settings = {"n_workers": os.cpu_count(), "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**settings) as cluster:  # type: ignore[no-untyped-call]
        yield f"{DASK}={cluster.scheduler_address}"


def gather(scene: Workspace, runner: str = THREADS) -> GatherReport:
    """Run the flow, Prefect's records and the ledger's commits included."""
    from flows.gather import gather as flow  # noqa: PLC0415  # Prefect reads its environment at import
    from flows.tasks import task_runner  # noqa: PLC0415  # same

    return asyncio.run(flow.with_options(task_runner=task_runner(runner))(scene.root)).report


def forget(scene: Workspace) -> None:
    """Make the workspace as it was before the first run."""
    for folder in (scene.private, scene.text):
        shutil.rmtree(folder, ignore_errors=True)


def _end_server(state: Path) -> None:
    server.stop(state)
    shutil.rmtree(state, ignore_errors=True)
