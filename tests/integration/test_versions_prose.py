"""Plain ``git merge`` merges prose as the engine does: by words, with nothing lost and no marks in a chapter."""

import subprocess
from pathlib import Path

import pytest

from forankring.versions import TextRepository
from tests.integration.versions_scene import EDITOR, WHEN, draft, plain_git, text_in, work_as

PATH = "chapters/maal.md"
TEXT = "# Mål\n\nDer er 10 mio. kr. til det.\nVi måler hvert år.\n\nVi slutter her.\n"
IDENTITY = f"[user]\n  name = {EDITOR.name}\n  email = {EDITOR.email}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    configuration = tmp_path / "gitconfig"
    configuration.write_text(IDENTITY, encoding="utf-8")
    work_as(monkeypatch, configuration)
    return tmp_path / "en mappe" / "text"


@pytest.fixture
def text(folder: Path) -> TextRepository:
    made = text_in(folder)
    draft(made, {PATH: TEXT})
    return made


def branch(folder: Path, ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """Commit one edit on ``main`` and another on a branch of the editor's own."""
    chapter = folder / PATH
    for name, edit in (("egen", theirs), ("main", ours)):
        plain_git(folder, "switch", "--quiet", *(["-c", name] if name == "egen" else [name]))
        chapter.write_text(TEXT.replace(*edit), encoding="utf-8")
        plain_git(folder, "commit", "--quiet", "-am", f"{name}: {edit[1]}")


def test_edits_of_one_sentence_are_both_made(text: TextRepository, folder: Path) -> None:
    branch(folder, ("10 mio", "12 mio"), ("kr. til", "kr. årligt til"))
    plain_git(folder, "merge", "--quiet", "--no-edit", "egen")

    assert (folder / PATH).read_text(encoding="utf-8") == TEXT.replace("10 mio. kr.", "12 mio. kr. årligt")
    (look,) = text.open_conflicts()
    assert (look.path, look.line, look.merged) == (PATH, 3, "Der er 12 mio. kr. årligt til det.\n")


def test_where_they_do_not_go_together_ours_stands_and_both_are_listed_with_a_number(
    text: TextRepository, folder: Path
) -> None:
    branch(folder, ("slutter", "ender"), ("slutter", "lukker"))
    plain_git(folder, "merge", "--quiet", "--no-edit", "egen")
    listed = text.open_conflicts()
    draft(text, {PATH: TEXT.replace("hvert år", "hver måned")})

    (conflict,) = text.open_conflicts()
    assert listed[0].ours == conflict.ours == "Vi ender her.\n"
    assert (conflict.number, conflict.theirs) == (1, "Vi lukker her.\n")
    assert plain_git(folder, "show", "main:conflicts.json").count("lukker") == 1
    text.decide(1, conflict.theirs, "Afgjort", WHEN, EDITOR)
    assert text.files("main")[PATH].decode() == TEXT.replace("slutter", "lukker").replace("hvert år", "hver måned")


def test_git_merge_says_what_met_in_which_chapter_and_nothing_else(text: TextRepository, folder: Path) -> None:
    branch(folder, ("slutter", "ender"), ("slutter", "lukker"))
    merged = subprocess.run(
        ["git", "merge", "--quiet", "--no-edit", "egen"], cwd=folder, capture_output=True, text=True, check=True
    )

    assert merged.stderr == f"I {PATH} er der 1 ny konflikt. Den vises med »forankring conflicts«.\n"
    assert text.open_conflicts()


def test_a_merge_that_the_editor_gave_up_lists_nothing(text: TextRepository, folder: Path) -> None:
    branch(folder, ("slutter", "ender"), ("slutter", "lukker"))
    plain_git(folder, "merge", "--quiet", "--no-commit", "egen")
    plain_git(folder, "merge", "--abort")

    assert text.open_conflicts() == ()


def test_a_repository_that_was_made_before_learns_it(text: TextRepository, folder: Path) -> None:
    plain_git(folder, "config", "--unset", "merge.forankring.driver")
    (folder / ".git" / "info" / "attributes").write_text("*.md text eol=lf\n", encoding="ascii")
    text_in(folder)
    branch(folder, ("10 mio", "12 mio"), ("kr. til", "kr. årligt til"))
    plain_git(folder, "merge", "--quiet", "--no-edit", "egen")

    assert "12 mio. kr. årligt" in (folder / PATH).read_text(encoding="utf-8")


def test_a_file_in_the_folder_that_is_named_like_a_module_is_never_run(text: TextRepository, folder: Path) -> None:
    (folder / "json.py").write_text("raise SystemExit('kørt')\n", encoding="utf-8")
    branch(folder, ("10 mio", "12 mio"), ("hvert år", "hver måned"))
    plain_git(folder, "merge", "--quiet", "--no-edit", "egen")

    assert "12 mio" in (folder / PATH).read_text(encoding="utf-8")
