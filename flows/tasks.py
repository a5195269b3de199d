"""Turn the steps of a run into Prefect tasks: what is retried, what runs side by side, what a person can look at."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows import steps
from flows.artifacts import begin_progress, move_progress
from flows.progress import tell
from flows.reports import Job, Sealed
from forankring.errors import InputError, Problem, ToolError
from forankring.intake import Reading, SourceFile

P = ParamSpec("P")
R = TypeVar("R")

BATCH = 100
"""Files in one task at most: a task of Prefect costs as much as reading a small file (findings-prefect §3)."""

PORTION = 500
"""Files that are read before they are registered: so much is in memory at once, and lost where a run is killed."""


def task_runner(given: str = "") -> TaskRunner[Any]:
    """Return what runs tasks side by side: ``threads`` here, or ``dask``, ``dask=tcp://…`` for a cluster of its own.

    Where nothing is given, FORANKRING_TASK_RUNNER says it; without that it is threads. Raises InputError for any other.
    """
    given = given or os.environ.get("FORANKRING_TASK_RUNNER", "") or "threads"
    name, _, address = given.partition("=")
    if given == "threads":
        return ThreadPoolTaskRunner(max_workers=max(1, (os.cpu_count() or 2) // 2))  # reading has two threads itself
    try:
        if name == "dask":
            from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415  # an optional extra

            return DaskTaskRunner(address=address or None)
    except ImportError:
        pass  # said below: not installed is as good as unknown
    raise InputError(Problem(code="runner_unknown", values={"given": given}))


async def only_tool_errors(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Tell whether another try may help: a tool may fail by chance, input and bugs do not mend themselves."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, ToolError)


def step(function: Callable[P, R], *, retries: int = 2) -> Task[P, R]:
    """Make a task of one step. Nothing is cached: the text repository remembers what was done."""
    made: Callable[[Callable[P, R]], Task[P, R]] = task(
        cache_policy=NO_CACHE, retries=retries, retry_delay_seconds=1, retry_condition_fn=only_tool_errors
    )
    return made(function)


def _read_batch(work: Sealed[tuple[Job, tuple[SourceFile, ...]]]) -> Sealed[tuple[Reading, ...]]:
    """Read some files; sealed, for neither Prefect nor Dask shall look into records: one would take them apart."""
    return Sealed(steps.read_batch(*work.report))


keep_edits = step(steps.keep_edits)
recorded_ledger = step(steps.recorded_ledger)
find_files = step(steps.find_files)
read_batch = step(_read_batch)
register_readings = step(steps.register_readings)
record_ledger = step(steps.record_ledger)
write_receipts = step(steps.write_receipts)
take_account = step(steps.take_account)
count_shared = step(steps.count_shared)
render_draft = step(steps.render_draft)
record_draft = step(steps.record_draft)
build_version = step(steps.build_version)
restore_editions = step(steps.restore_editions)
rebuild = step(steps.rebuild)
build_redline = step(steps.build_redline)
tag_version = step(steps.tag_version)
find_changes = step(steps.changes)
version_due = step(steps.unpublished)
open_conflicts = step(steps.open_conflicts)


async def done(work: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a task and return its result, in a thread: a flow whose loop stands still sends no signs of life."""
    quoted = tuple(quote(argument) for argument in args)  # Prefect would look for futures in every record
    return await asyncio.to_thread(work, *quoted, **kwargs)  # type: ignore[arg-type]  # the task unquotes them


async def read_in_portions(job: Job, files: Sequence[SourceFile]) -> AsyncIterator[tuple[Reading, ...]]:
    """Yield the readings in the order of the files, a portion at a time; each is read in batches side by side.

    While whoever asks works on one portion, the next one is already being read.
    """
    if not files:
        return
    bar = await begin_progress(job, "reading")
    portions = [files[start : start + PORTION] for start in range(0, len(files), PORTION)]
    done, ahead = 0, _begin_reading(job, portions[0])
    for following in (*portions[1:], ()):
        readings: list[Reading] = []
        begun, ahead = ahead, _begin_reading(job, following)
        for future in begun:
            readings += (await asyncio.to_thread(future.result)).report
            tell("reading", done + len(readings), len(files))
            await move_progress(bar, done + len(readings), len(files))
        done += len(readings)
        yield tuple(readings)


def _begin_reading(job: Job, files: Sequence[SourceFile]) -> Sequence[PrefectFuture[Sealed[tuple[Reading, ...]]]]:
    return read_batch.map([Sealed((job, batch)) for batch in batches(files)]) if files else ()


def batches(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, ...]]:
    """Yield what one task reads: some files for each core, and never too many."""
    size = max(1, min(BATCH, -(-len(files) // (4 * (os.cpu_count() or 2)))))
    for start in range(0, len(files), size):
        yield tuple(files[start : start + size])
