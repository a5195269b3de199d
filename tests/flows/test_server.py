"""The local server: started once on first use, found again, replaced when it is gone, ended when nobody asks."""

import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows import server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("server")
    yield folder
    server.stop(folder)


def test_two_starts_at_once_make_one_server(folder: Path) -> None:
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(server.start, [folder, folder])

    assert first == second == server.running(folder)


def test_what_the_server_keeps_stays_in_its_own_folder(folder: Path) -> None:
    server.start(folder)

    assert (server.home(folder) / "prefect.db").is_file()


def test_the_web_page_asks_the_server_that_serves_it(folder: Path) -> None:
    found = server.start(folder)

    with urllib.request.urlopen(f"{found.page}/ui-settings", timeout=10) as reply:
        assert found.url in reply.read().decode()


def test_a_server_that_was_killed_is_replaced_and_keeps_its_records_and_address(folder: Path) -> None:
    killed = server.start(folder)
    os.kill(killed.pid, signal.SIGKILL)
    _wait_until(lambda: server.running(folder) is None)

    found = server.start(folder)

    assert found.token != killed.token
    assert found.port == killed.port
    assert server.running(folder) == found


def test_a_state_file_that_speaks_of_somebody_elses_server_is_not_believed(folder: Path, tmp_path: Path) -> None:
    found = server.start(folder)
    state = server.state_file(folder).read_text().replace(found.token, "another")
    server.state_file(tmp_path).write_text(state)

    assert server.running(tmp_path) is None


def test_a_start_that_was_interrupted_leaves_a_server_that_the_next_one_uses(folder: Path) -> None:
    server.stop(folder)

    def interrupt(found: server.Running) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        server.start(folder, interrupt)
    left = server.state_file(folder).read_text()

    assert server.start(folder).token in left


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}'])
def test_a_broken_state_file_means_no_server(tmp_path: Path, text: str) -> None:
    server.state_file(tmp_path).write_text(text)

    assert server.running(tmp_path) is None


def test_the_server_ends_by_itself_when_nobody_asks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.stop(folder)
    monkeypatch.setenv("FORANKRING_SERVER_IDLE", "1")

    server.start(folder)

    _wait_until(lambda: not server.state_file(folder).exists())  # looking at the file is no request
    _wait_until(lambda: server.running(folder) is None)


def test_stopping_where_none_runs_is_no_error(tmp_path: Path) -> None:
    assert server.stop(tmp_path) is False
    assert server.stop(tmp_path / "nowhere") is False


def test_an_address_given_by_the_user_is_left_alone(tmp_path: Path) -> None:
    given = {"PREFECT_API_URL": "http://prefect.eksempel.dk/api", "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "DEBUG"}

    ours = server.client_environment(None, tmp_path, given)

    assert not ours.keys() & given.keys()
    assert "PREFECT_HOME" not in ours


def _wait_until(condition, seconds: float = 15.0) -> None:  # type: ignore[no-untyped-def]  # any callable without arguments
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()
