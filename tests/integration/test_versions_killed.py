"""A run that is killed at any moment is finished by the next one, as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from versions_scene import EDITOR, FIRST, FOREWORD, GOALS, WHEN, configure, draft, encoded, history, text_in, work_as

from forankring.versions import EditionHash, plumbing, worktree

KILLS = 5
EVERY = 6  # of the steps, one in so many is tried, so that the test stays quick
LATER = WHEN + timedelta(days=2)
LEDGER = {f"ledger/submissions/B{number:03d}.json": b'{"id": %d}\n' % number for number in range(5)}
SECOND = FIRST | {
    "chapters/forord.md": FOREWORD.replace("slutter", "ender"),
    "chapters/maal.md": GOALS.replace("to", "nr. 2"),
    "chapters/ny.md": "# Ny\n",
}


def run(folder: Path) -> None:
    """Do everything that a draft does with a text; what is done already is not done again."""
    text = text_in(folder)
    text.collect_edits(LATER)
    text.record(LEDGER, "Register", LATER)
    text.record_generated(encoded(SECOND), "Skabelonerne", LATER)
    text.merge_generated("Flet", LATER, derive=lambda chapters: {"provenance.json": b"%d" % len(chapters)})
    if text.needs_version():
        text.tag(text.next_name(), (EditionHash("udkast.pdf", "0" * 64, 1),), "Version", LATER)


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n"
    work_as(monkeypatch, configure(tmp_path / "user", words))


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A text with one version, hand edits since (one of which will meet a generated change), and none collected."""
    folder = tmp_path / "before"
    text = text_in(folder)
    draft(text, FIRST)
    text.tag("v1", (), "Version", WHEN)
    (folder / "chapters/forord.md").write_text(FOREWORD.replace("begynder", "indleder"), encoding="utf-8")
    (folder / "chapters/maal.md").write_text(GOALS.replace("to", "2"), encoding="utf-8")
    return folder


@pytest.fixture
def undisturbed(before: Path, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    folder = Path(shutil.copytree(before, tmp_path / "undisturbed"))
    run(folder)
    assert "refs/tags/v2" in history(folder)
    assert len(text_in(folder).open_conflicts()) == 1
    return outcome(folder)


def outcome(folder: Path) -> tuple[str, dict[str, bytes]]:
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    return history(folder), files


def test_a_run_killed_at_random_moments_ends_as_an_undisturbed_one(
    before: Path, undisturbed: tuple[str, dict[str, bytes]], tmp_path: Path
) -> None:
    chance = random.Random(20240301)
    child = start(before, tmp_path / "measured")
    started = time.monotonic()
    assert child.wait() == 0
    whole = time.monotonic() - started
    killed = number = 0
    while killed < KILLS:
        folder = tmp_path / f"killed-{number}"
        child = start(before, folder)
        time.sleep(chance.uniform(0, whole))
        end = os.killpg if number % 2 else os.kill  # with the git commands that it started, or without them
        end(child.pid, signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        run(folder)
        assert outcome(folder) == undisturbed, f"kill {number}"
        number += 1
        assert number < 5 * KILLS


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_killed_at_any_step_ends_as_an_undisturbed_one(
    before: Path, undisturbed: tuple[str, dict[str, bytes]], tmp_path: Path, moment: str
) -> None:
    steps = count_steps(Path(shutil.copytree(before, tmp_path / "counted")))
    assert steps > 40
    for step in range(1 if moment == "before" else EVERY // 2, steps + 1, EVERY):
        folder = Path(shutil.copytree(before, tmp_path / f"{moment}-{step}"))
        assert killed_at(folder, step, moment), step
        run(folder)
        assert outcome(folder) == undisturbed, f"killed {moment} step {step} of {steps}"


def test_a_run_that_is_killed_again_and_again_gets_there(
    before: Path, undisturbed: tuple[str, dict[str, bytes]]
) -> None:
    step = 4
    while killed_at(before, step, "after"):
        step += 7
    run(before)

    assert outcome(before) == undisturbed


def test_locks_that_a_killed_git_left_do_not_block(before: Path, undisturbed: tuple[str, dict[str, bytes]]) -> None:
    for name in ("index.lock", "HEAD.lock", "packed-refs.lock", "refs/heads/main.lock", "refs/tags/v2.lock"):
        (before / ".git" / name).write_bytes(b"")
    run(before)

    assert outcome(before) == undisturbed


def start(before: Path, folder: Path) -> "subprocess.Popen[bytes]":
    """Start a run on a copy in a process group of its own, and wait until it begins."""
    shutil.copytree(before, folder)
    code = (
        "import sys; from pathlib import Path; from test_versions_killed import run;"
        "folder = Path(sys.argv[1]); (folder / '.git/started').touch(); run(folder)"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    child = subprocess.Popen([sys.executable, "-c", code, str(folder)], env=env, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (folder / ".git/started").exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    return child


def count_steps(folder: Path) -> int:
    """Return how many git commands and file writes a whole run takes."""
    steps = 0

    def one_more(step: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal steps
        steps += 1
        return step(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        watch(patch, one_more)
        run(folder)
    return steps


def killed_at(folder: Path, step: int, moment: str) -> bool:
    """Do a run in a forked process that kills itself at the step; tell whether it got that far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = step

    def until(taken: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = taken(*arguments)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    try:
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, until)
            run(folder)
        os._exit(0)
    finally:
        os._exit(1)


def watch(patch: pytest.MonkeyPatch, around: Callable[..., Any]) -> None:
    """Let ``around`` take every git command and every write to the working tree."""
    execute, write = plumbing.execute, worktree._write
    patch.setattr(plumbing, "execute", lambda *arguments: around(execute, *arguments))
    patch.setattr(worktree, "_write", lambda *arguments: around(write, *arguments))
