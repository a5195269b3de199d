"""A run that is killed at any moment is finished by the next one, with the same result as one that nobody disturbed."""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import NOON, SMALL, CommandLine, command_line, write_scene

KILLS = 6
LATER = {
    "inbox/hoering-1/region-eksempel/svar.md": """
        ---
        party: {name: Region Eksempel, type: region}
        ---

        # Fra teknologi til værdi

        Værdi er, hvad borgeren mærker.
        """,
}


@dataclass(frozen=True)
class Result:
    """All that a run leaves for others to see."""

    refs: str
    files: tuple[tuple[str, str], ...]
    unsaved: str


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch, prefect_server: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


@pytest.fixture
def beginnings(one_moment: None, inside: CommandLine, tmp_path: Path) -> tuple[Path, Path]:
    """Return two workspaces with something to do: a new one, and one with a version, a hand edit and a new file."""
    fresh, later = write_scene(tmp_path / "fresh", SMALL), write_scene(tmp_path / "later", SMALL)
    assert inside("draft", "--workspace", later).returncode == 0
    chapter = later / "text/chapters/foreword.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nEn rettelse med hånd.\n", encoding="utf-8")
    write_scene(later, LATER)
    return fresh, later


def test_the_next_run_finishes_a_killed_one_with_the_same_result(
    beginnings: tuple[Path, Path], inside: CommandLine, environment: dict[str, str], tmp_path: Path
) -> None:
    expected, seconds = _undisturbed(beginnings, environment, tmp_path)
    moments = random.Random(20241123)
    kills = 0

    for attempt in range(3 * KILLS):
        folder = tmp_path / f"kill-{attempt}"
        shutil.copytree(beginnings[kills % 2], folder)
        # Spread over the run; its first part imports and changes nothing
        share = 0.25 + 0.75 * (kills + moments.random()) / KILLS
        lasted = _killed(folder, share * seconds, environment)
        if lasted is not None:
            seconds = min(seconds, lasted)  # it was done before the kill: the machine has become quicker
            continue

        assert inside("draft", "--workspace", folder).returncode == 0
        assert _result(folder) == expected[kills % 2], f"killed after {share:.0%}"
        kills += 1
        if kills == KILLS:
            return

    pytest.fail(f"only {kills} of {3 * KILLS} runs were still at work when they were to be killed")


def _undisturbed(
    beginnings: tuple[Path, Path], environment: dict[str, str], tmp_path: Path
) -> tuple[list[Result], float]:
    """Return the results of runs that nobody kills, and how long one takes."""
    results, began = [], time.monotonic()
    for number, beginning in enumerate(beginnings):
        folder = tmp_path / f"undisturbed-{number}"
        shutil.copytree(beginning, folder)
        subprocess.run(_command(folder), env=_at_noon(environment), capture_output=True, check=True)
        results.append(_result(folder))
    return results, (time.monotonic() - began) / len(beginnings)


def _killed(folder: Path, seconds: float, environment: dict[str, str]) -> float | None:
    """Start a run and kill it and every program that it started; return how long it took if it was done before."""
    began = time.monotonic()
    with subprocess.Popen(
        _command(folder),
        env=_at_noon(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        done = child.poll() is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return time.monotonic() - began if done else None


def _command(folder: Path) -> list[str]:
    return command_line("draft", "--workspace", folder)


def _at_noon(environment: dict[str, str]) -> dict[str, str]:
    return environment | {"SOURCE_DATE_EPOCH": NOON}


def _result(folder: Path) -> Result:
    editions = sorted(path for path in (folder / "editions").rglob("*") if path.is_file())
    return Result(
        refs=_git(folder, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags"),
        files=tuple(
            (str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()) for path in editions
        ),
        unsaved=_git(folder, "status", "--porcelain"),
    )


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder / "text"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
