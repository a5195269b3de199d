"""Scenes, a command line and one Prefect server for all tests that need them."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Scene = Callable[[Mapping[str, str]], Path]
CommandLine = Callable[..., "subprocess.CompletedProcess[str]"]

NOON = "1794830400"  # 2026-11-16 12:00:00 UTC

STRATEGY = """
key: lille
title: En lille strategi
label: Lille
locale: da
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Sekretariatet}
secretariat: {name: Sekretariatet, email: sekretariatet@eksempel.dk}
parties:
  - {key: eksempel-kommune, name: Eksempel Kommune, type: municipality, signs: true}
  - {key: region-eksempel, name: Region Eksempel, type: region, signs: true}
chapters:
  - {key: foreword, title: Forord}
  - {key: value, title: Fra teknologi til værdi, keywords: [værdi, teknologi]}
  - {key: anchoring, title: Organisatorisk forankring, keywords: [forankring]}
  - {key: annex_hearing, title: "Bilag: Høringsnotat"}
rounds:
  - {key: hoering-1, title: Første høring, opens: 2026-11-02, closes: 2027-01-15}
editions: [html]
"""

ANSWER = """
---
party: {name: Eksempel Kommune, type: municipality}
title: Svar fra Eksempel Kommune
---

# Organisatorisk forankring

Forankring kræver, at én myndighed får driftsansvaret, når projektet er slut.

# Fra teknologi til værdi

Teknologien skal skabe værdi for borgerne.
"""

SMALL = {
    "strategy.yaml": STRATEGY,
    "inbox/hoering-1/eksempel-kommune/svar.md": ANSWER,
    "inbox/hoering-1/ukendt/uden-afsender.txt": "Hvem skriver dette?\n",
}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Return a function that writes ``{path: text}`` below a new folder and returns the folder."""

    def write(files: Mapping[str, str]) -> Path:
        return write_scene(tmp_path / "scene", files)

    return write


def write_scene(folder: Path, files: Mapping[str, str]) -> Path:
    """Write ``{path: text}`` below the folder; texts may be indented and begin on a line of their own."""
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture
def small(scene: Scene) -> Path:
    """Return a small workspace: four chapters, one edition, one answer, and one file that must be refused."""
    return scene(SMALL)


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the state folder of the one server that the whole test run shares, workers of xdist included."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return shared / "state"


@pytest.fixture(scope="session")
def environment(state: Path) -> dict[str, str]:
    """Return the environment of the command line: our own server, which ends by itself, and nobody's settings."""
    foreign = ("PREFECT_", "FORANKRING_", "GIT_", "SOURCE_DATE_EPOCH")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    ours = {"FORANKRING_STATE": str(state), "FORANKRING_SERVER_IDLE": "60", "FORANKRING_LOCALE": "da", "COLUMNS": "200"}
    editor = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "Rie Redaktør", "GIT_AUTHOR_EMAIL": "rie@eksempel.dk"}
    return kept | ours | editor


@pytest.fixture
def forankring(environment: dict[str, str], tmp_path: Path) -> CommandLine:
    """Return a function that runs the command line in a process of its own, away from any workspace."""

    def run(*arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command_line(*arguments),
            env=environment | more,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run


def command_line(*arguments: str | Path) -> list[str]:
    """Return the command line as a list."""
    return [str(Path(sys.executable).with_name("forankring")), *map(str, arguments)]


@pytest.fixture(scope="session")
def server(environment: dict[str, str], state: Path) -> Iterator[str]:
    """Have a real server run and this process's Prefect talk to it; return the address of its API."""
    from flows import server as local  # noqa: PLC0415  # only the tests that ask for it need it

    with pytest.MonkeyPatch.context() as patch:
        for key in [key for key in os.environ if key.startswith("PREFECT_")]:
            patch.delenv(key)
        for key, value in environment.items():
            patch.setenv(key, value)
        found = local.start(state)
        for key, value in local.client_environment(found, state, {}).items():
            patch.setenv(key, value)
        yield found.url
