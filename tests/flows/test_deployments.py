"""The deployments of prefect.yaml, as a process worker runs them against a real server."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.conftest import SMALL, write_scene

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
SECONDS = 180.0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as an editor's machine has it: prefect.yaml, and the workspace that it names."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copyfile(ROOT / "prefect.yaml", folder / "prefect.yaml")
    write_scene(folder / "drafts/strategi-2024", SMALL)
    return folder


@pytest.fixture(scope="module")
def deployed(prefect_server: str, project: Path) -> str:
    """Deploy as the first lines of prefect.yaml tell it, and return what was printed."""
    _prefect(project, "work-pool", "create", "--overwrite", "--type", "process", "forankring")
    return _prefect(project, "--no-prompt", "deploy", "--all")


@pytest.fixture(scope="module")
def worker(deployed: str, project: Path) -> Iterator[None]:
    log = project / "worker.log"
    with log.open("wb") as sink:
        child = subprocess.Popen(
            [_program(), "worker", "start", "--pool", "forankring"],
            cwd=project.parent,
            env=os.environ | {"PREFECT_WORKER_QUERY_SECONDS": "1"},
            stdout=sink,
            stderr=sink,
        )
        yield
        child.terminate()
        child.wait(30)


def test_every_flow_has_a_deployment_and_a_form(deployed: str, prefect_server: str) -> None:
    found = _api(prefect_server, "deployments/filter")
    forms = {item["entrypoint"]: item["parameter_openapi_schema"] for item in found}

    assert set(forms) == {"flows.gather.gather", "flows.draft.draft", "flows.build.build"}
    assert all("workspace" in form["properties"] for form in forms.values())
    assert forms["flows.build.build"]["definitions"]["EditionFormat"]["enum"] == ["docx", "pdf", "html"]
    assert all(item["global_concurrency_limit"]["limit"] == 1 for item in found)
    assert all(item["concurrency_options"]["collision_strategy"] == "ENQUEUE" for item in found)


def test_prefect_yaml_names_no_machine() -> None:
    assert not [item for item in DEPLOYMENTS if Path(item["parameters"]["workspace"]).is_absolute()]


def test_a_process_worker_runs_each_deployment(worker: None, prefect_server: str, project: Path) -> None:
    # The first two at once, as two editors would: the lock of the workspace makes one wait for the other
    assert _run(prefect_server, "indbakke", "udkast") == {"COMPLETED"}, _log(project)
    assert _run(prefect_server, "udgaver") == {"COMPLETED"}, _log(project)

    assert (project / "drafts/strategi-2024/editions/v1/lille-v1.html").is_file()
    keys = {item["key"] for item in _api(prefect_server, "artifacts/latest/filter")}
    assert {f"lille-{name}" for name in ("register", "refusals", "changes", "completeness", "editions")} <= keys


def _run(url: str, *names: str) -> set[str]:
    """Run these deployments at the same time and return how they ended."""
    found = _api(url, "deployments/filter", {"deployments": {"name": {"any_": names}}})
    runs = [_api(url, f"deployments/{item['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}}) for item in found]
    ids = [run["id"] for run in runs]
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        states = [run["state_type"] for run in _api(url, "flow_runs/filter", {"flow_runs": {"id": {"any_": ids}}})]
        if not set(states) & {"SCHEDULED", "PENDING", "RUNNING"}:
            return set(states)
        time.sleep(0.3)
    return {"TIMEOUT"}


def _api(url: str, path: str, query: dict[str, Any] | None = None) -> Any:
    """Ask the server; one that is busy says 503, and Prefect's own client asks again too."""
    for _ in range(20):
        reply = httpx.post(f"{url}/{path}", json=query or {}, timeout=30)
        if reply.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.5)
    reply.raise_for_status()
    return reply.json()


def _prefect(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [_program(), *arguments], cwd=folder, env=os.environ, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _program() -> str:
    return str(Path(sys.executable).with_name("prefect"))


def _log(project: Path) -> str:
    return (project / "worker.log").read_text(encoding="utf-8", errors="replace")[-3000:]
