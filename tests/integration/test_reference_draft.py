"""The reference strategy from a fresh copy to its versions, as an editor does it: the issue's own promises."""

import contextlib
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from forankring.ledger import Ledger, load_ledger, read_sealed
from forankring.workspace import Workspace, reference_strategy

REAL = Path(__file__).parents[2] / ".." / "shared" / "real-inputs"
EDITIONS = {*(f"strategi-2024-{{}}.{ending}" for ending in ("docx", "html", "pdf")), "report.html", "report.json"}
NEW_FILE = """---
party: {name: Eksempel Kommune, type: municipality}
---

# Organisatorisk forankring

Vi foreslår, at hvert initiativ får én ejer, der har sagt ja.
"""

Run = Callable[..., dict[str, Any]]

needs_real_inputs = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real-inputs is not beside this checkout")


@pytest.fixture(scope="module")
def run(prefect_server: str) -> Run:
    """Return a function that runs a command on a workspace, in this process, and returns what it says to a script."""

    def run(command: str, folder: Path, *more: str) -> dict[str, Any]:
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
            code = cli.run([command, *more, "--workspace", str(folder), "--json"])
        assert code == 0, err.getvalue()
        return dict(json.loads(out.getvalue()))

    return run


@pytest.fixture(scope="module")
def elsewhere(environment: dict[str, str]) -> Run:
    """Return a function that does the same in a process of its own, with other settings of the machine."""

    def elsewhere(command: str, folder: Path, *more: str, **changed: str) -> dict[str, Any]:
        program = Path(sys.executable).with_name("forankring")
        finished = subprocess.run(
            [program, command, *more, "--workspace", folder, "--json"],
            env=environment | changed,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return dict(json.loads(finished.stdout))

    return elsewhere


def copied(target: Path) -> Path:
    """Copy the reference strategy without what a draft makes."""
    made = shutil.ignore_patterns("text", "editions", ".forankring")
    return Path(shutil.copytree(reference_strategy(), target, ignore=made))


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder / "text", *arguments], capture_output=True, text=True, check=True).stdout


def ledger_of(folder: Path) -> Ledger:
    files = sorted((folder / "text" / "ledger").rglob("*.json"))
    found = {str(file.relative_to(folder / "text")): file.read_bytes() for file in files}
    return load_ledger(found, read_sealed(Workspace(folder)))


def hashes(folder: Path, version: str) -> dict[str, str]:
    files = sorted((folder / "editions" / version).iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def drafted(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which v1 of the reference strategy was drafted."""
    folder = copied(tmp_path_factory.mktemp("reference") / "strategi-2024")
    answer = run("draft", folder)
    assert answer["version"] == "v1"
    return folder


def test_the_first_draft_is_v1_in_three_editions_that_the_tag_answers_for(drafted: Path) -> None:
    found = hashes(drafted, "v1")
    assert set(found) == {name.format("v1") for name in EDITIONS}
    tag = git(drafted, "cat-file", "tag", "v1")
    assert all(digest in tag for digest in found.values())


def test_every_file_of_the_inbox_is_accounted_for(drafted: Path) -> None:
    files = {str(file.relative_to(drafted / "inbox")) for file in (drafted / "inbox").rglob("*") if file.is_file()}
    submissions = ledger_of(drafted).submissions
    assert {place for item in submissions for place in item.places} == files
    refused = {item.refusals[0].code for item in submissions if item.outcome == "quarantined"}
    assert refused == {"no_party", "personal_number", "broken_file"}


def test_no_original_contact_or_personal_number_is_in_git(drafted: Path) -> None:
    blobs = git(drafted, "log", "--all", "-p", "--format=%B")
    number = next(line for line in _lines_of(drafted, "min-sag.txt") if "-" in line and any(c.isdigit() for c in line))
    digits = "".join(character for character in number if character.isdigit())[:10]
    assert digits[:6] not in blobs
    assert "@eksempel.dk" not in blobs.replace("sekretariatet@eksempel.dk", "")


def test_two_clones_build_the_same_bytes_at_different_times(drafted: Path, elsewhere: Run, tmp_path: Path) -> None:
    built = []
    for number, (moment, zone) in enumerate((("1800000000", "Pacific/Auckland"), ("1900000000", "America/Lima"))):
        folder = copied(tmp_path / f"clone-{number}" / "strategi-2024")
        subprocess.run(["git", "clone", "-q", drafted / "text", folder / "text"], check=True)
        elsewhere("build", folder, "v1", SOURCE_DATE_EPOCH=moment, TZ=zone, PYTHONHASHSEED=str(number))
        built.append(hashes(folder, "v1"))
    assert built[0] == built[1] == hashes(drafted, "v1")


def test_the_same_inputs_make_no_commit_a_new_file_makes_v2_and_is_named_and_an_editors_edit_survives(
    drafted: Path, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "strategi-2024"
    shutil.copytree(drafted, folder)
    before = git(folder, "log", "--all", "--format=%H")
    again = run("draft", folder)
    assert (again["version"], again["made"]) == ("v1", False)
    assert git(folder, "log", "--all", "--format=%H") == before

    chapter = folder / "text/chapters/anchoring.md"
    text = chapter.read_text("utf-8")
    first = next(line for line in text.splitlines()[2:] if line.endswith("."))
    chapter.write_text(text.replace(first, "Redaktørens egen sætning står fast.", 1), encoding="utf-8")
    (folder / "inbox/hoering-1/eksempel-kommune/nyt-forslag.md").write_text(NEW_FILE, encoding="utf-8")

    answer = run("draft", folder)

    after = chapter.read_text("utf-8")
    assert (answer["version"], answer["made"], answer["conflicts"]) == ("v2", True, [])
    assert "nyt-forslag.md" in git(folder, "log", "-1", "--format=%B", "v2^{commit}")
    assert "Redaktørens egen sætning står fast." in after
    assert first not in after
    assert "Vi foreslår, at hvert initiativ får én ejer" in after
    provenance = json.loads((folder / "text/provenance.json").read_text("utf-8"))
    edited = [block for block in provenance["chapters"]["anchoring"] if block["origin"] == "editor"]
    assert len(edited) == 1


@needs_real_inputs
def test_every_real_and_hostile_file_ends_accepted_or_refused_and_the_draft_is_made(with_real_files: Path) -> None:
    ends = {Path(item.places[0]).name: item for item in ledger_of(with_real_files).submissions}
    for file in real_files():
        assert ends[file.name].points or ends[file.name].refusals, file.name
    assert set(hashes(with_real_files, "v2")) == {name.format("v2") for name in EDITIONS}


@needs_real_inputs
def test_the_article_that_asked_for_the_strategy_stands_in_the_right_chapters_with_its_source(
    with_real_files: Path,
) -> None:
    submissions = ledger_of(with_real_files).submissions
    points = [point for item in submissions if "efterlysning" in item.places[0] for point in item.points]
    expected = {
        "Nåede vi så de mål?": "status",
        "Digital Post, NemID og NemLog-in": "foundation",
        "Årtiet, som skal redde klimaet": "context",
        "stor teknologiglæde": "value",
        "digitalt lederskab": "leadership",
    }
    for words, chapter in expected.items():
        point = next(point for point in points if words in point.text)
        assert point.about.chapter == chapter
        text = (with_real_files / f"text/chapters/{chapter}.md").read_text("utf-8").replace("\n> ", " ")
        text = text.replace("\n", " ")
        assert words in text
        assert f"bidrag [{point.id}]" in text
    assert any(point.about.chapter == "anchoring" for point in points)


@pytest.fixture(scope="module")
def with_real_files(drafted: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workspace with the article, real files and hostile ones in its inbox, and v2 drafted from them."""
    folder = tmp_path_factory.mktemp("real") / "strategi-2024"
    shutil.copytree(drafted, folder)
    for file in (REAL / "efterlysning-2024-strategi.txt", *real_files()):
        shutil.copy(file, folder / "inbox/hoering-1/oerneoeje-data/")
    assert run("draft", folder)["made"] is True
    return folder


def real_files() -> list[Path]:
    return [file for name in ("mixed", "hostile") for file in sorted((REAL / name).iterdir())]


def _lines_of(folder: Path, name: str) -> list[str]:
    return next(folder.rglob(name)).read_text("utf-8").splitlines()
