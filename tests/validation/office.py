"""Have LibreOffice lay out a Word file as pages, or fill in forms as somebody does who sits before it."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.validation import tools

_FILL_IN, _REDLINES = (Path(__file__).with_name(f"{name}_office.py") for name in ("fill_in", "redlines_in"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One form to open. ``steps`` are ``(sheet or bookmark, label, row, text)`` as ``fill_in_office.py`` wants them;
    ``saved`` tells by the names of the office's filters where to save the result."""

    form: str
    steps: tuple[tuple[str, str, int, str], ...] = ()
    saved: Mapping[str, str]


def lay_out(file: Path, folder: Path) -> Path:
    """Have LibreOffice open the Word file and print it into the folder; return the PDF file."""
    printed = folder / f"{file.stem}.pdf"
    command = [*_office(folder), "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert printed.is_file(), ended.stderr[-2000:]
    return printed


def fill_in(jobs: Iterable[Job], folder: Path) -> None:
    """Do all jobs in one office, which is started once: its start takes longer than a form."""
    listed = folder / "jobs.json"
    listed.write_text(json.dumps([asdict(job) for job in jobs]), encoding="utf-8")
    _bridged(folder, _FILL_IN, str(listed))


def redlines(files: Iterable[Path], folder: Path) -> dict[Path, dict[str, Any]]:
    """Have one office open all files and say what it makes of the tracked changes in each."""
    listed, said = folder / "redlines.json", folder / "said.json"
    listed.write_text(json.dumps([str(file) for file in files]), encoding="utf-8")
    _bridged(folder, _REDLINES, str(listed), str(said))
    return {Path(file): answer for file, answer in json.loads(said.read_text(encoding="utf-8")).items()}


def _bridged(folder: Path, script: Path, *arguments: str) -> None:
    """Start an office, let a script work in it, and wait for its end."""
    pipe = f"forankring{folder.stat().st_ino}"
    with subprocess.Popen([*_office(folder), f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.PIPE) as office:
        try:
            command = [str(tools.bridge()), str(script), pipe, *arguments]
            done = subprocess.run(command, capture_output=True, text=True, timeout=480, check=False)
            assert done.returncode == 0, done.stderr
            office.wait(30)
        finally:
            office.kill()


def _office(folder: Path) -> list[str]:
    profile = (folder / "profile").resolve().as_uri()
    return [str(tools.soffice()), "--headless", "--norestore", f"-env:UserInstallation={profile}"]
