"""The command line and the past: what a version is, what was changed when, and who wrote which sentence."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from tests.conftest import SMALL, CommandLine, write_scene

CHAPTER = "text/chapters/value.md"
OWN = "Redaktørens egen sætning står her."
SECOND = """
---
party: {name: Region Eksempel, type: region}
title: Svar fra Region Eksempel
---

# Fra teknologi til værdi

Regionen vil måle værdien hvert år.
"""


@pytest.fixture(scope="module")
def drafted(prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two versions: an editor's sentence and a second answer came in between."""
    folder = write_scene(tmp_path_factory.mktemp("history") / "scene", SMALL)
    assert cli.run(["draft", "--workspace", str(folder)]) == 0
    file = folder / CHAPTER
    file.write_text(file.read_text(encoding="utf-8") + f"\n{OWN}\n", encoding="utf-8")
    write_scene(folder, {"inbox/hoering-1/region-eksempel/svar.md": SECOND})
    assert cli.run(["draft", "--workspace", str(folder)]) == 0
    return folder


def test_every_sentence_has_its_author_its_points_and_its_version(inside: CommandLine, drafted: Path) -> None:
    sentences = _answer(inside, drafted, "blame", "value")["sentences"]
    found = {item["words"]: item for item in sentences}
    own = found[OWN]
    first = next(item for words, item in found.items() if "skabe værdi" in words)
    second = next(item for words, item in found.items() if "måle værdien" in words)

    assert (own["origin"], own["author"], own["since"], own["points"]) == ("hand", "Rie Redaktør", "v2", [])
    assert (first["origin"], first["since"]) == ("generated", "v1")
    assert any(point.startswith("B001") for point in first["points"])
    assert (second["origin"], second["since"]) == ("generated", "v2")
    assert any(point.startswith("B003") for point in second["points"])
    assert OWN not in json.dumps(_answer(inside, drafted, "blame", "value", "--version", "v1"), ensure_ascii=False)
    said = inside("blame", "chapters/value.md", "--workspace", drafted).stdout
    assert "Rie Redaktør" in said and "skabelonen" in said and "B001" in said
    assert f"{len(sentences)} sætninger" in said and "+ 1 skrevet i hånden + 0 af begge" in said


def test_a_version_is_shown_with_its_editions_and_chapters(inside: CommandLine, drafted: Path) -> None:
    shown = _answer(inside, drafted, "show", "v1")
    told = inside("show", "v1", "--workspace", drafted).stdout

    assert [chapter["key"] for chapter in shown["chapters"]] == ["foreword", "value", "anchoring", "annex_hearing"]
    assert shown["editions"][0]["name"] == "lille-v1.html" and len(shown["editions"][0]["sha256"]) == 64
    assert "Fra teknologi til værdi" in told and "lille-v1.html" in told and "Nye filer" in told
    assert inside("show", "--workspace", drafted).stdout.startswith("v2, ")
    chapter = inside("show", "v2", "--chapter", "value", "--workspace", drafted).stdout
    assert chapter == (drafted / CHAPTER).read_text(encoding="utf-8")
    assert OWN not in _answer(inside, drafted, "show", "v1", "--chapter", "value")["markdown"]


def test_the_log_tells_what_came_when_and_by_whom(inside: CommandLine, drafted: Path) -> None:
    commits = _answer(inside, drafted, "log")["commits"]
    of_chapter = _answer(inside, drafted, "log", "--chapter", "value")["commits"]

    assert [item["commit"] for item in commits] == _git(drafted, "rev-list", "--first-parent", "main").split()
    assert commits[0]["versions"] == ["v2"] and commits[-1]["since"] == "v1"
    assert [(item["author"], item["since"]) for item in of_chapter] == [
        ("Sekretariatet", "v2"),
        ("Rie Redaktør", "v2"),
        ("Sekretariatet", "v1"),
    ]
    assert of_chapter[1]["chapters"] == ["value"]
    told = inside("log", "--workspace", drafted).stdout
    assert "Redaktørens rettelser i kapitlerne" in told and "Modtaget: B003 Region Eksempel (svar.md)" in told


def test_what_there_is_not_is_answered_with_what_there_is(inside: CommandLine, drafted: Path) -> None:
    for arguments in (["blame", "vaerdi"], ["log", "--chapter", "vaerdi"], ["show", "v1", "--chapter", "vaerdi"]):
        refused = inside(*arguments, "--workspace", drafted)
        assert refused.returncode == 2
        assert "»vaerdi«" in refused.stderr and "anchoring, annex_hearing, foreword, value" in _flat(refused.stderr)
    for arguments in (["show", "v9"], ["blame", "value", "--version", "v9"]):
        refused = inside(*arguments, "--workspace", drafted)
        assert refused.returncode == 2
        assert "»v9«" in refused.stderr and "v1, v2" in refused.stderr


@pytest.mark.parametrize("arguments", [["show"], ["log"], ["blame", "value"]], ids=" ".join)
def test_before_the_first_draft_there_is_no_past_and_none_is_made(
    arguments: list[str], forankring: CommandLine, small: Path
) -> None:
    refused = forankring(*arguments, "--workspace", small)

    assert refused.returncode == 2
    assert "forankring draft" in refused.stderr
    assert not (small / "text").exists()


def _answer(inside: CommandLine, folder: Path, *arguments: str) -> dict[str, Any]:
    done = inside(*arguments, "--json", "--workspace", folder)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _flat(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder / "text", capture_output=True, text=True, check=True)
    return done.stdout.strip()
