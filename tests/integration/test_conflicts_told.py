"""What met is told as an editor needs it to decide: whose text either side is, and what can be done with it."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from flows import cli, steps
from flows.rows import conflicts_text
from flows.terminal.screen import Screen
from flows.terminal.waiting import say_conflicts
from forankring.drafting import Draft
from forankring.language import load_locale
from forankring.versions import Conflict
from forankring.workspace import open_workspace
from tests.conftest import SMALL, write_scene
from tests.integration.versions_scene import EDITOR, plain_git, work_as

DANISH = load_locale("da")
PATH = "chapters/value.md"
LONG = "som skal gælde for alle kommuner, alle regioner og hele staten i de kommende fire år og måske længere endnu"
TEXT = "# Værdi {#value}\n\nDer er 10 mio. kr. til det.\n\nVi slutter her.\n\nVi måler hvert år.\n"
OTHER = "Kim Kollega"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    configuration = tmp_path / "gitconfig"
    configuration.write_text(f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n", encoding="utf-8")
    work_as(monkeypatch, configuration)
    monkeypatch.setenv("COLUMNS", "80")
    made = write_scene(tmp_path / "w", {name: words for name, words in SMALL.items() if "ukendt" not in name})
    generate(made, TEXT)
    return made


def generate(folder: Path, chapter: str) -> None:
    job = steps.begin(open_workspace(folder))
    steps.keep_edits(job)
    steps.record_draft(job, Draft(chapters={"value": chapter}, provenance={}, completeness=()))


def merge(folder: Path, ours: str, theirs: str) -> None:
    """Let a colleague write one text on a branch, the editor another on ``main``, and merge them with plain git."""
    text = folder / "text"
    for name, author, chapter in (("egen", OTHER, theirs), ("main", EDITOR.name, ours)):
        plain_git(text, "switch", "--quiet", *(["-c", name] if name == "egen" else [name]))
        (text / PATH).write_text(chapter, encoding="utf-8")
        plain_git(text, "commit", "--quiet", f"--author={author} <en@eksempel.dk>", "-am", name)
    plain_git(text, "merge", "--quiet", "--no-edit", "egen")


def told(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert cli.run(["conflicts", *more, "--workspace", str(folder)]) == 0
    return capsys.readouterr().out


def test_another_editors_text_is_told_as_theirs_and_not_as_the_templates(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merge(folder, TEXT.replace("slutter", "ender"), TEXT.replace("slutter", "lukker"))
    said = told(folder, capsys)
    [answer] = json.loads(told(folder, capsys, "--json"))["conflicts"]

    assert "Skabelonen" not in said
    assert "value.md.j2" not in said
    assert "  Den anden gren: Vi lukker her." in said
    assert f"  Rettet af:      {EDITOR.name}, " in said
    assert f"  Rettet dér af:  {OTHER}, " in said
    assert (answer["template"], answer["edited_by"]["name"]) == (None, EDITOR.name)
    assert answer["other_edited_by"]["name"] == OTHER
    assert cli.run(["resolve", "1", "--take", "generated", "--workspace", str(folder)]) == 0
    subject = plain_git(folder / "text", "log", "-1", "--format=%s")
    assert subject == f"Konflikt 1 i {PATH}: teksten fra den anden gren gælder"


def test_the_templates_text_is_still_told_with_its_template(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapter = folder / "text" / PATH
    chapter.write_text(TEXT.replace("slutter", "ender"), encoding="utf-8")
    generate(folder, TEXT.replace("slutter", "lukker"))
    said = told(folder, capsys)

    assert "  Skabelonen:     Vi lukker her." in said
    assert "  Bygger på:      chapters/value.md.j2" in said
    assert "Rettet dér af" not in said


def test_long_lines_go_on_below_their_first_word_and_merged_sentences_stand_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merge(
        folder,
        TEXT.replace("slutter her", f"ender her, {LONG}").replace("10 mio", "12 mio"),
        TEXT.replace("slutter her", "lukker her").replace("kr. til", "kr. årligt til"),
    )
    lines = told(folder, capsys).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  Redaktøren:"))
    looks = next(number for number, line in enumerate(lines) if line.startswith("I 1 sætning"))

    assert lines[at + 1].startswith(" " * 18)
    assert max(map(len, lines[at : at + 3])) <= 80
    assert lines[looks - 1] == ""


def test_what_can_be_done_is_told_of_what_it_can_be_done_with(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    merge(
        folder,
        TEXT.replace("slutter", "ender").replace("10 mio", "12 mio"),
        TEXT.replace("slutter", "lukker").replace("kr. til", "kr. årligt til"),
    )
    said = told(folder, capsys)
    found = json.loads(told(folder, capsys, "--json"))

    assert f"»forankring resolve {found['conflicts'][0]['number']} --take editor«" in said
    assert f"»forankring resolve {found['looks'][0]['number']} --take both«" in said
    assert said.count("--take both") == 1
    assert "--take both" not in told(folder, capsys, str(found["conflicts"][0]["number"]))


def test_a_draft_tells_of_a_deletion_as_one_and_of_a_whole_chapter_by_its_first_lines() -> None:
    gone = Conflict(path=PATH, line=0, ours="", theirs=TEXT + "Vi fortsætter.\n" * 50, base=TEXT, number=1)
    out = io.StringIO()
    console = Console(file=out, width=200)
    say_conflicts(Screen(DANISH, console, console, as_json=False), [gone])

    for said in (out.getvalue(), conflicts_text([gone], DANISH)):
        assert "(slettet)" in said
        assert said.count("Vi fortsætter.") < 8
