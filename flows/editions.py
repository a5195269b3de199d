"""Turn one version's text into its folder under editions/: whole or not at all, and nobody's own file is lost."""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flows.reports import BuildReport, Job
from forankring.publishing import BuiltFile, Pair, VersionText, build, build_redlines, findings_told, lint
from forankring.versions import EditionHash, Version
from forankring.workspace import EditionFormat, writing

_INTERNAL = "internal"
"""The folder of what is not sent out; those of the versions lie beside it."""


def build_editions(job: Job, text: VersionText, formats: Sequence[EditionFormat] | None = None) -> BuildReport:
    """Build beside, then move the finished files to ``editions/<version>``; what a killed run left there goes."""
    place = Path(_INTERNAL, text.version) if text.internal else Path(text.version)
    folder, beside = job.workspace.editions / place, job.workspace.editions / f".{text.version}.new"
    with writing(beside):
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        files = build(text, beside, formats)
        _move(files, beside, folder)
    findings = _told(folder) if formats is None else len(lint(text))
    return BuildReport(version=text.version, folder=folder, files=files, findings=findings)


def build_redline_files(job: Job, pair: Pair, formats: Sequence[EditionFormat] | None) -> BuildReport:
    """Build beside, then move the finished files to ``editions/<version>/redline-<older version>``."""
    old, new = pair.old, pair.new
    folder = job.workspace.editions / new.version / f"redline-{old.version}"
    beside = job.workspace.editions / f".{new.version}-{old.version}.new"
    with writing(beside):
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        made = build_redlines(pair, beside, formats)
        _move(made.files, beside, folder)
    return BuildReport(
        version=new.version,
        since=old.version,
        folder=folder,
        files=made.files,
        changes=made.changes,
        rebuilt=made.rebuilt,
    )


def published(job: Job, version: Version) -> BuildReport | None:
    """Return the editions as they lie in their folder, None where a file of the version is missing."""
    folder = job.workspace.editions / version.name
    present = {path.name: _sha256(path) for path in sorted(folder.glob("*")) if path.is_file()}
    if not version.editions or any(item.name not in present for item in version.editions):
        return None
    files = tuple(BuiltFile(name=item.name, sha256=item.sha256, size=item.size) for item in version.editions)
    differing = _differing(present, version)
    return BuildReport(version=version.name, folder=folder, files=files, differing=differing, findings=_told(folder))


def compared(report: BuildReport, version: Version) -> BuildReport:
    """Return the report with the files that are not the bytes that the version was published with."""
    built = {file.name: file.sha256 for file in report.files}
    return replace(report, differing=_differing(built, version))


def hashes(report: BuildReport) -> tuple[EditionHash, ...]:
    """Return what the tag promises about the files."""
    return tuple(EditionHash(name=file.name, sha256=file.sha256, size=file.size) for file in report.files)


def _move(files: Sequence[BuiltFile], beside: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        _keep_changed(folder / file.name, file)
        (beside / file.name).replace(folder / file.name)
    beside.rmdir()


def _told(folder: Path) -> int:
    """Return how many findings the report in a version's folder tells of; older versions have none."""
    report = folder / "report.json"
    return findings_told(report.read_bytes()) if report.is_file() else 0


def _differing(found: Mapping[str, str], version: Version) -> tuple[str, ...]:
    promised = {item.name: item.sha256 for item in version.editions}
    return tuple(name for name in sorted(found) if name in promised and found[name] != promised[name])


def _keep_changed(present: Path, built: BuiltFile) -> None:
    """Move a file that someone changed out of the way of the one that was built; the same bytes need no second copy."""
    if not present.is_file() or _sha256(present) == built.sha256:
        return
    number = 1
    while (aside := present.with_name(f"{present.stem}.old-{number}{present.suffix}")).exists():
        number += 1
    present.rename(aside)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
