"""The flow ``build``: from any version of the text to its editions."""

from pathlib import Path

from prefect import flow

from flows import steps, tasks
from flows.artifacts import show_editions
from flows.progress import tell
from flows.reports import BuildReport, Sealed
from forankring.workspace import EditionFormat, locked, open_workspace


@flow(name="forankring-build", task_runner=tasks.task_runner(), validate_parameters=True)
async def build(
    workspace: Path,
    version: str = "",
    formats: list[EditionFormat] | None = None,
    internal: bool = False,
    redline: str = "",
) -> Sealed[BuildReport]:
    """Build a version's editions again (the latest where none is named) and compare them with what was published;
    ``internal`` ones say what each paragraph rests on. With ``redline``, an older version, build instead the files
    that show what changed since then."""
    opened = open_workspace(workspace)
    with locked(opened):
        job = steps.begin(opened)
        tell("building")
        if redline:
            report = await tasks.done(tasks.build_redline, job, version, redline, formats)
        else:
            report = await tasks.done(tasks.rebuild, job, version, formats, internal=internal)
        await show_editions(job, report)
        return Sealed(report)
