"""Forms filled in by LibreOffice itself: every field comes back right."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from forankring.intake.forms.controls import bookmark_name
from forankring.intake.forms.fields import Field
from forankring.language import load_locale
from forankring.ledger import InputKind
from tests.integration.forms_scene import Answers, expected, filled_in, made, one_by_one, read, shown
from tests.integration.test_forms import EXAMPLES
from tests.validation import tools

FILL_IN = Path(__file__).parents[1] / "validation/fill_in_writer.py"
DANISH = load_locale("da")


@pytest.fixture
def bridge() -> str:
    """Return a Python that speaks with LibreOffice."""
    if tools.soffice() is None:
        pytest.skip("LibreOffice is not installed")
    candidates = [shutil.which("python3", path="/usr/bin"), sys.executable]
    for python in filter(None, candidates):
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    pytest.skip("no Python here can speak with LibreOffice (Debian: apt install python3-uno)")


@pytest.mark.parametrize("kind", [InputKind.INITIATIVE, InputKind.RESPONSE])
def test_a_word_form_filled_in_with_writer_comes_back_with_every_field_right(
    kind: InputKind, bridge: str, tmp_path: Path
) -> None:
    data = _in_writer(bridge, tmp_path, made(kind, "word"), kind, EXAMPLES[kind])

    found = read(tmp_path, data, "word")

    assert found.form is not None
    assert found.form.data == expected(kind, EXAMPLES[kind])
    assert not found.pieces


@pytest.mark.parametrize("kind", [InputKind.INITIATIVE, InputKind.RESPONSE])
@pytest.mark.parametrize(("form", "suffix"), [("word", "docx"), ("excel", "xlsx")])
def test_a_form_that_an_office_program_saved_again_comes_back_with_every_field_right(
    kind: InputKind, form: str, suffix: str, tmp_path: Path
) -> None:
    if tools.soffice() is None:
        pytest.skip("LibreOffice is not installed")
    file = tmp_path / f"skema.{suffix}"
    file.write_bytes(filled_in(kind, form, EXAMPLES[kind]))
    (tmp_path / "ud").mkdir()
    saved = tmp_path / "ud" / file.name
    command = [*_office(tmp_path), "--convert-to", suffix, "--outdir", str(saved.parent), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    if form == "excel" and "could not be loaded" in done.stdout + done.stderr:
        pytest.skip("LibreOffice Calc is not installed (Debian: apt install libreoffice-calc-nogui)")

    found = read(tmp_path, saved.read_bytes(), form)

    assert found.form is not None
    assert found.form.data == expected(kind, EXAMPLES[kind])
    assert not found.pieces


def _in_writer(bridge: str, folder: Path, data: bytes, kind: InputKind, answers: Answers) -> bytes:
    form, result = folder / "skema.docx", folder / "svar.docx"
    form.write_bytes(data)
    pipe = f"forankring{os.getpid()}{kind.value.replace('_', '')}"
    steps = [[bookmark_name(item.name), row, text] for item, row, text in _steps(kind, answers)]
    with subprocess.Popen([*_office(folder), f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.PIPE) as office:
        try:
            command = [bridge, FILL_IN, pipe, form, json.dumps(steps), result]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == 0, done.stderr
            office.wait(30)
        finally:
            office.kill()
    return result.read_bytes()


def _steps(kind: InputKind, answers: Answers) -> Iterator[tuple[Field, int, str]]:
    for item, value, row in one_by_one(kind, answers):
        yield item, row + 1 if item.column else 0, shown(item, value, DANISH)


def _office(folder: Path) -> list[str]:
    profile = (folder / "profile").resolve().as_uri()
    return [str(tools.soffice()), "--headless", "--norestore", f"-env:UserInstallation={profile}"]
