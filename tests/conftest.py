"""Scenes, a command line and one Prefect server for all tests that need them."""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from flows import cli, server
from tests.validation import tools

settings.register_profile("untimed", deadline=None)  # a busy machine is no reason for a rule to fail
settings.load_profile("untimed")

Scene = Callable[[Mapping[str, str]], Path]
CommandLine = Callable[..., "subprocess.CompletedProcess[str]"]

STATE = "FORANKRING_TEST_STATE"
_OURS = pytest.StashKey[Path]()
_FOREIGN = ("PREFECT_", "FORANKRING_", "GIT_", "SOURCE_DATE_EPOCH")

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


def pytest_configure(config: pytest.Config) -> None:
    """Name one state folder for the whole run; workers of xdist are started by the process that names it."""
    if STATE not in os.environ:
        os.environ[STATE] = tempfile.mkdtemp(prefix="forankring-test-")
        config.stash[_OURS] = Path(os.environ[STATE])


LONG = (
    "test_word_redline test_reference_draft test_html_in_a_browser test_command_line_drafts test_validators "
    "test_killed_runs test_ten_rounds test_normal_form test_soak test_versions_killed test_merge test_deployments "
    "test_intake_real test_forms_in_office test_nothing_personal test_redline_editions test_word_redline_marks"
).split()
"""The files that take longest, begun first: at the end, one alone would keep a single process busy."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long files first; all others stay in their order (``--no-loadscope-reorder`` leaves it so)."""
    rank = {f"{name}.py": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server, if a test started it, when the last worker is done."""
    if folder := config.stash.get(_OURS, None):
        server.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ[STATE]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Say at the very end, after the list of skipped tests, what this machine could not validate."""
    yield
    if missing := tools.missing():
        terminalreporter.write_line("Not validated here: " + "; ".join(missing))


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
def state() -> Path:
    """Return the state folder of the one server that the whole test run shares, workers of xdist included."""
    return Path(os.environ[STATE])


@pytest.fixture(scope="session")
def environment(state: Path) -> dict[str, str]:
    """Return the environment of the command line: our own server, which ends by itself, and nobody's settings."""

    kept = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)}
    ours = {
        "FORANKRING_STATE": str(state),
        "FORANKRING_SERVER_IDLE": "300",
        "FORANKRING_LOCALE": "da",
        "COLUMNS": "200",
    }
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
            timeout=480,
            check=False,
        )

    return run


def command_line(*arguments: str | Path) -> list[str]:
    """Return the command line as a list."""
    return [str(Path(sys.executable).with_name("forankring")), *map(str, arguments)]


@pytest.fixture(scope="session")
def prefect_server(environment: dict[str, str], state: Path) -> Iterator[str]:
    """Have a real server run and this process's Prefect talk to it; return the address of its API."""
    with pytest.MonkeyPatch.context() as patch:
        for key in [key for key in os.environ if key.startswith(_FOREIGN) and key != STATE]:
            patch.delenv(key)
        for key, value in environment.items():
            patch.setenv(key, value)
        found = server.start(state)
        for key, value in server.client_environment(found, state, {}).items():
            patch.setenv(key, value)
        yield found.url


@pytest.fixture
def inside(prefect_server: str, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Return a function that runs the command line in this process: the same, without a second's imports each time."""

    def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [str(argument) for argument in arguments]
        capsys.readouterr()
        code = cli.run(command)
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(command, code, printed.out, printed.err)

    return run
