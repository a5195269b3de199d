"""Turn »this version goes to them« into what they get: its editions and what changed since they last got one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows import steps
from flows.reports import BuildReport, Job
from forankring.errors import InputError, Problem
from forankring.publishing import Dispatch, keep_dispatch, latest_dispatches, newest_received, read_dispatches


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What was sent: the record of it, the editions, and the redline since the newest version that they have received,
    or, where that is ``newer`` than this one, its name."""

    sent: Dispatch
    editions: BuildReport
    redline: BuildReport | None = None
    newer: str = ""


def send(job: Job, name: str, party: str, person: str = "") -> Sending:
    """Build what they get and record that they got it; nothing leaves the machine. A blank ``person`` is none.

    Raises InputError for a party or a version that there is not.
    """
    keys = [item.key for item in job.strategy.parties]
    if party not in keys:
        raise InputError(Problem(code="recipient_unknown", values={"given": party, "allowed": ", ".join(keys)}))
    person, text = person.strip(), steps.repository(job)
    version = text.version(name) if name else steps.latest(job)
    versions = [item.name for item in text.versions()]
    earlier = [sent for sent in read_dispatches(job.workspace) if sent.version != version.name]
    before = newest_received(earlier, versions, party, person)
    newer = before.version if before and versions.index(before.version) > versions.index(version.name) else ""
    editions = steps.editions_of(job, version)
    sent = Dispatch(version=version.name, party=party, person=person, when=job.when)
    redline = steps.build_redline(job, version.name, before.version, reader=party) if before and not newer else None
    keep_dispatch(job.workspace, sent)
    return Sending(sent=sent, editions=editions, redline=redline, newer=newer)


def sent_so_far(job: Job) -> Sequence[Dispatch]:
    """Return what every party and person received last."""
    return latest_dispatches(read_dispatches(job.workspace))
