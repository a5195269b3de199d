"""The flow ``gather``: from the inbox to the ledger."""

from pathlib import Path

from prefect import flow

from flows import steps, tasks
from flows.artifacts import show_gathered
from flows.progress import tell
from flows.reports import GatherReport, Job, Sealed
from forankring.ledger import Submission
from forankring.workspace import locked, open_workspace


@flow(name="forankring-gather", task_runner=tasks.task_runner(), validate_parameters=True)
async def gather(workspace: Path) -> Sealed[GatherReport]:
    """Read what is new in the inbox into the ledger; a file that cannot be used is refused with a reason."""
    opened = open_workspace(workspace)
    with locked(opened):
        return Sealed(await gathered(steps.begin(opened)))


async def gathered(job: Job) -> GatherReport:
    """Keep the editors' edits, read what is new, and register it portion by portion: what is registered stays so."""
    tell("edits")
    edits = await tasks.done(tasks.keep_edits, job)
    ledger = await tasks.done(tasks.recorded_ledger, job)
    tell("reading")
    files = await tasks.done(tasks.find_files, job, ledger)
    fresh: dict[str, Submission] = {}
    async for readings in tasks.read_in_portions(job, files):
        found = await tasks.done(tasks.register_readings, job, ledger, readings, files)
        await tasks.done(tasks.record_ledger, job, found)
        ledger = found.ledger
        fresh |= {item.id: item for item in (*found.added, *found.changed)}
    tell("receipts")
    await tasks.done(tasks.write_receipts, job, ledger)
    tell("sharing")
    sharing = await tasks.done(tasks.count_shared, job, ledger)
    tell("account")
    account = await tasks.done(tasks.take_account, job, ledger, files)
    report = GatherReport(
        ledger=ledger, fresh=tuple(fresh.values()), hand_edits=edits, sharing=sharing, account=account
    )
    await show_gathered(job, report)
    return report
