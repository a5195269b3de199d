"""The flow ``draft``, the main job: from the inbox to the next version and its editions."""

from pathlib import Path

from prefect import flow

from flows import steps, tasks
from flows.artifacts import show_draft, show_editions
from flows.gather import gathered
from flows.progress import tell
from flows.reports import BuildReport, DraftReport, Job, Sealed
from forankring.workspace import locked, open_workspace


@flow(name="forankring-draft", task_runner=tasks.task_runner(), validate_parameters=True)
async def draft(workspace: Path) -> Sealed[DraftReport]:
    """Gather, render, merge, build and publish; the same inputs twice make no second version."""
    opened = open_workspace(workspace)
    with locked(opened):
        return Sealed(await drafted(steps.begin(opened)))


async def drafted(job: Job) -> DraftReport:
    """Bring the text up to date with its inputs, and publish it where that changed something."""
    came = await gathered(job)
    tell("rendering")
    rendered = await tasks.done(tasks.render_draft, job, came.ledger)
    tell("merging")
    await tasks.done(tasks.record_draft, job, rendered)
    changed = await tasks.done(tasks.find_changes, job)
    due = await tasks.done(tasks.version_due, job)
    editions = await (published(job, due) if due else tasks.done(tasks.restore_editions, job))
    report = DraftReport(
        gathered=came,
        made=bool(due),
        changes=changed,
        conflicts=await tasks.done(tasks.open_conflicts, job),
        completeness=rendered.completeness,
        editions=editions,
    )
    await show_draft(job, report)
    await show_editions(job, report.editions)
    return report


async def published(job: Job, name: str) -> BuildReport:
    """Build the editions and set the tag: a version that has a tag is whole."""
    tell("building")
    built = await tasks.done(tasks.build_version, job, name)
    tell("tagging")
    await tasks.done(tasks.tag_version, job, built)
    return built
