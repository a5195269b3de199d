"""Turn a build that passed its checks into its report: ``report.json`` for programs, ``report.html`` for people."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from forankring import text
from forankring.errors import Problem
from forankring.language import Locale
from forankring.publishing.html.edition import html_edition
from forankring.publishing.manuscript.tables import table
from forankring.publishing.proof import checks_of
from forankring.publishing.records import Finding, Heading, Manuscript, ManuscriptChapter, VersionText
from forankring.text import Node
from forankring.workspace import EditionFormat

NAMES = ("report.html", "report.json")
_NOTHING = "–"


def report_files(
    version: VersionText,
    manuscript: Manuscript,
    findings: Sequence[Finding],
    files: Mapping[str, bytes],
    locale: Locale,
) -> dict[str, bytes]:
    """Return the report by file name: which files, what they were held against, and what was found in the text."""
    page = html_edition(_page(manuscript, findings, files, locale), locale)
    return dict(zip(NAMES, (page, _data(version, findings, files)), strict=True))


def findings_told(report: bytes) -> int:
    """Return how many findings a ``report.json`` tells of."""
    return len(json.loads(report)["findings"])


def _data(version: VersionText, findings: Sequence[Finding], files: Mapping[str, bytes]) -> bytes:
    data = {
        "edition": version.edition_id,
        "version": version.version,
        "commit": version.commit,
        "when": version.when.isoformat(),
        "files": [{"name": name, "sha256": _sum(files[name]), "size": len(files[name])} for name in sorted(files)],
        "checks": [{"code": code, "file": name, "passed": True} for name, code in _held(files)],
        "findings": [_finding(found.problem) for found in findings],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _finding(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "file": problem.file, "line": problem.line, "values": dict(problem.values)}


def _page(
    manuscript: Manuscript, findings: Sequence[Finding], files: Mapping[str, bytes], locale: Locale
) -> Manuscript:
    """Return the report as a manuscript of its own, so that it is set as the edition is."""
    chapters = (
        _chapter("files", [_files(files, locale)], locale),
        _chapter("checks", [_checks(files, locale), text.para(locale.label("proof.not_checked"))], locale),
        _chapter("findings", _findings(findings, locale), locale),
    )
    face = dataclasses.replace(
        manuscript.face,
        title=locale.label("proof.title"),
        subtitle=locale.label("proof.subtitle", title=manuscript.face.title),
        cover_lines=(),
    )
    headings = tuple(Heading(level=1, identifier=chapter.key, text=chapter.title) for chapter in chapters)
    return Manuscript(face=face, chapters=chapters, headings=headings, pictures={}, mends=(), look=manuscript.look)


def _chapter(key: str, blocks: Sequence[Node], locale: Locale) -> ManuscriptChapter:
    title = locale.label(f"proof.titles.{key}")
    return ManuscriptChapter(key=key, title=title, blocks=(text.header(1, title, key), *blocks))


def _files(files: Mapping[str, bytes], locale: Locale) -> Node:
    head = [locale.label(f"proof.columns.{key}") for key in ("file", "size", "sha256")]
    rows = [(name, locale.number(len(files[name])), _grouped(_sum(files[name]))) for name in sorted(files)]
    return table(head, rows)


def _checks(files: Mapping[str, bytes], locale: Locale) -> Node:
    head = [locale.label(f"proof.columns.{key}") for key in ("file", "check", "result")]
    passed = locale.label("proof.passed")
    return table(head, [(name, locale.label(f"proof.checks.{code}"), passed) for name, code in _held(files)])


def _held(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield every file with every check that it must pass: a report is written only where all of them did."""
    for name in sorted(files):
        yield from ((name, code) for code in checks_of(EditionFormat(name.rpartition(".")[2])))


def _findings(found: Sequence[Finding], locale: Locale) -> list[Node]:
    if not found:
        return [text.para(locale.label("proof.no_findings"))]
    head = [locale.label(f"proof.columns.{key}") for key in ("finding", "remedy")]
    return [
        text.para(locale.label("proof.about_findings")),
        table(head, [locale.problem(one.problem) for one in found]),
    ]


def _grouped(letters: str) -> str:
    """Return a long sum as groups that lines can end between, and that an eye can compare."""
    return " ".join(letters[start : start + 16] for start in range(0, len(letters), 16))


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()
