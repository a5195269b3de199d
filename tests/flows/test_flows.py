"""What Prefect adds to the steps: retries for tools only, batches side by side, artifacts that an editor reads."""

import asyncio
import os
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from forankring.errors import InputError, Problem, ToolError
from tests.conftest import NOON, SMALL, CommandLine, Scene, write_scene

pytestmark = pytest.mark.usefixtures("prefect_server")


def test_a_tool_that_failed_is_tried_again_and_wrong_input_is_not() -> None:
    assert _tries(ToolError("pandoc", 1)) == 3
    assert _tries(InputError(Problem(code="no_version"))) == 1
    assert _tries(ZeroDivisionError()) == 1


def test_a_tool_that_recovers_gives_its_result() -> None:
    assert _tries(ToolError("pandoc", 1), failures=1) == 2


def test_many_files_are_read_in_batches_and_portions_in_their_order(
    scene: Scene, inside: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import tasks  # noqa: PLC0415  # imports Prefect, which must find the server first

    monkeypatch.setattr(tasks, "BATCH", 3)
    monkeypatch.setattr(tasks, "PORTION", 5)
    files = {f"inbox/hoering-1/eksempel-kommune/svar-{n:02d}.txt": f"Svar nummer {n}.\n" for n in range(10)}
    folder = scene(SMALL | files)

    assert inside("gather", "--workspace", folder).returncode == 0
    names = sorted(path.stem for path in (folder / "text/ledger/submissions").iterdir())
    assert names == [f"B{number:03d}" for number in range(1, 13)]
    assert '"svar-09.txt' in _submission(folder, "B010").replace("hoering-1/eksempel-kommune/", "")


def test_every_run_leaves_what_an_editor_wants_to_see(small: Path, inside: CommandLine) -> None:
    assert inside("draft", "--workspace", small).returncode == 0

    artifacts = _artifacts()
    assert "uden-afsender.txt" in artifacts["lille-refusals"]
    assert "Eksempel Kommune" in artifacts["lille-register"]
    assert "B001 Eksempel Kommune" in artifacts["lille-changes"]
    assert "RQ-01" in artifacts["lille-completeness"]
    assert (small / "editions/v1/lille-v1.html").as_uri() in artifacts["lille-editions"]
    assert "lille-conflicts" in artifacts


def test_a_file_name_is_never_read_as_markup_on_the_web_page(scene: Scene, inside: CommandLine) -> None:
    folder = scene(SMALL | {"inbox/hoering-1/ukendt/<b>[x](javascript:y)_.txt": "Hvem?\n"})

    assert inside("gather", "--workspace", folder).returncode == 0
    assert "<b>" not in _artifacts()["lille-refusals"].replace("\\<b\\>", "")


def test_the_task_runner_is_chosen_by_option_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import tasks  # noqa: PLC0415  # imports Prefect, which must find the server first

    assert type(tasks.task_runner()).__name__ == "ThreadPoolTaskRunner"
    assert type(tasks.task_runner("dask")).__name__ == "DaskTaskRunner"
    assert tasks.task_runner("dask=tcp://there:8786").address == "tcp://there:8786"
    monkeypatch.setenv("FORANKRING_TASK_RUNNER", "hamsters")
    with pytest.raises(InputError, match="hamsters"):
        tasks.task_runner()


def test_a_dask_cluster_gives_the_same_ledger_bit_for_bit(
    scene: Scene, inside: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    files = {f"inbox/hoering-1/eksempel-kommune/svar-{n:02d}.txt": f"Værdi nummer {n}.\n" for n in range(20)}
    here, there = write_scene(tmp_path / "here", SMALL | files), write_scene(tmp_path / "there", SMALL | files)

    assert inside("gather", "--workspace", here).returncode == 0
    done = inside("gather", "--workspace", there, "--task-runner", "dask")
    assert done.returncode == 0, done.stderr
    assert _head(here) == _head(there)


def _head(folder: Path) -> str:
    git = ["git", "-C", str(folder / "text"), "rev-parse", "main"]
    return subprocess.run(git, check=True, capture_output=True, text=True).stdout


def _tries(error: Exception, failures: int = 99) -> int:
    """Run a step that fails with this error so many times; return how often it was tried."""
    from prefect import flow  # noqa: PLC0415  # it must find the server first

    from flows import tasks  # noqa: PLC0415  # same

    tried: list[int] = []

    def step() -> int:
        tried.append(1)
        if len(tried) <= failures:
            raise error
        return len(tried)

    @flow
    async def run() -> int:
        return await tasks.done(_quick(tasks.step(step)))

    if failures < 3 and isinstance(error, ToolError):
        return asyncio.run(run())
    with pytest.raises(type(error)):
        asyncio.run(run())
    return len(tried)


def _quick(task: Any) -> Any:
    return task.with_options(retry_delay_seconds=0)


def _artifacts() -> dict[str, str]:
    """Return the newest artifact of each key, as text."""
    reply = httpx.post(f"{os.environ['PREFECT_API_URL']}/artifacts/latest/filter", json={}, timeout=30)
    return {row["key"]: str(row["data"]) for row in reply.json()}


def _submission(folder: Path, name: str) -> str:
    return (folder / f"text/ledger/submissions/{name}.json").read_text(encoding="utf-8")
