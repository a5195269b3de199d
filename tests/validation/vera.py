"""Turn PDF files into veraPDF's findings against PDF/UA-1 and PDF/A-2a."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.validation import tools

PROFILES = ("PDFA-2A", "PDFUA-1")
_DRIVER = Path(__file__).with_name("Vera.java")


def check(files: Sequence[Path]) -> dict[tuple[Path, str], list[str]]:
    """Return for each file and profile what fails, as ``clause-test message``; one JVM for all, for it starts slowly.

    A file that veraPDF calls not compliant has at least one finding, even where it names no rule.
    """
    path = os.pathsep.join(map(str, tools.vera_jars()))
    ended = subprocess.run(
        [str(tools.java()), "-cp", path, str(_DRIVER), *map(str, files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith('{"file"')]
    found = {(Path(line["file"]), line["profile"]): _findings(line) for line in lines}
    assert set(found) == {(file, profile) for file in files for profile in PROFILES}
    return found


def _findings(line: dict[str, object]) -> list[str]:
    findings = line["findings"]
    assert isinstance(findings, list)
    return [] if line["passed"] else [str(finding) for finding in findings] or ["not compliant"]
