"""Turn what a run did into artifacts that an editor reads in the Prefect UI: tables, lists and links."""

from uuid import UUID

from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from flows.accounts import account_text
from flows.reports import BuildReport, DraftReport, GatherReport, Job
from flows.rows import ROWS, changes_text, completeness_rows, conflicts_text, marked_plain, refusals_text, register_rows
from flows.sharing import sharing_text
from forankring.language import slug


async def show_gathered(job: Job, report: GatherReport) -> None:
    """Leave what lies in the inbox, the register, what was refused and why, and who shares what."""
    await _markdown(job, "account", account_text(report.account, job.locale))
    await _table(job, "register", register_rows(report.ledger.submissions[-ROWS:], job.locale))
    refused = report.ledger.refused
    await _markdown(job, "refusals", refusals_text(refused, job.locale))
    await _markdown(job, "sharing", sharing_text(report.sharing, report.ledger, job.locale))


async def show_draft(job: Job, report: DraftReport) -> None:
    """Leave what changed, how complete the draft is, and what a human has to decide."""
    changed = changes_text(report.changes, job.strategy, job.locale)
    await _markdown(job, "changes", changed if report.made else job.locale.label("flows.artifacts.unchanged"))
    await _table(job, "completeness", completeness_rows(report.completeness, job.locale))
    await _markdown(job, "conflicts", conflicts_text(report.conflicts, job.locale))


async def show_editions(job: Job, report: BuildReport) -> None:
    """Leave links to the files of the editions."""
    links = [f"- [{marked_plain(file.name)}]({(report.folder / file.name).as_uri()})" for file in report.files]
    head = job.locale.label("flows.artifacts.editions_of", version=report.version)
    differing = [job.locale.label("flows.artifacts.differing", file=name) for name in report.differing]
    await _markdown(job, "editions", "\n".join([head, "", *links, "", *differing]))


async def begin_progress(job: Job, step: str) -> UUID:
    """Leave a progress bar and return its id."""
    return await acreate_progress_artifact(progress=0, description=job.locale.label(f"flows.artifacts.{step}"))


async def move_progress(artifact: UUID, done: int, total: int) -> None:
    """Move the progress bar."""
    await aupdate_progress_artifact(artifact, progress=100 * done / max(total, 1))


async def _table(job: Job, key: str, rows: list[dict[str, str]]) -> None:
    description = job.locale.label(f"flows.artifacts.{key}")
    await acreate_table_artifact(table=rows, key=f"{slug(job.strategy.key)}-{key}", description=description)


async def _markdown(job: Job, key: str, text: str) -> None:
    description = job.locale.label(f"flows.artifacts.{key}_title")
    await acreate_markdown_artifact(markdown=text, key=f"{slug(job.strategy.key)}-{key}", description=description)
