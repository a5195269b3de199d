"""Turn a Word file into the pages that an office program lays out."""

import subprocess
from pathlib import Path

from tests.validation import tools


def lay_out(file: Path, folder: Path) -> Path:
    """Have LibreOffice open the Word file and print it into the folder; return the PDF file."""
    profile = (folder / "profile").resolve().as_uri()
    printed = folder / f"{file.stem}.pdf"
    command = [str(tools.soffice()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    ended = subprocess.run(
        [*command, "--outdir", str(folder), str(file)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert printed.is_file(), ended.stderr[-2000:]
    return printed
