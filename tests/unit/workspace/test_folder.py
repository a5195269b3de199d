"""A workspace's files are written whole or not at all, by one run at a time, at a time that can be fixed."""

import errno
import multiprocessing
import os
import signal
import threading
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forankring.errors import InputError
from forankring.workspace import (
    Workspace,
    clock,
    load_catalogue,
    locked,
    open_workspace,
    read_text,
    write_file,
    write_files,
    writing,
)

ZONE = ZoneInfo("Europe/Copenhagen")


def test_a_folder_without_strategy_yaml_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no_workspace"):
        open_workspace(tmp_path)


def test_a_workspace_without_catalogue_has_an_empty_one(tmp_path: Path) -> None:
    assert load_catalogue(Workspace(tmp_path)).goals == ()


@pytest.mark.parametrize(("data", "code"), [("æ".encode("cp1252"), "not_utf8"), (None, "unreadable")])
def test_a_file_that_cannot_be_read_is_named_within_its_workspace(
    tmp_path: Path, data: bytes | None, code: str
) -> None:
    if data is not None:
        (tmp_path / "f.yaml").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "f.yaml", tmp_path)

    assert (caught.value.problems[0].code, caught.value.problems[0].file) == (code, "f.yaml")


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes("\ufeffå".encode())

    assert read_text(tmp_path / "f", tmp_path) == "å"


def test_files_are_written_into_folders_that_are_made(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/b/c.txt": b"1", "d.txt": b"2"})

    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["c.txt", "d.txt"]
    assert (tmp_path / "d.txt").stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "f"
    write_file(target, b"old")
    monkeypatch.setattr(os, "fsync", _full_disk)
    with pytest.raises(InputError, match="disk_full"):
        write_file(target, b"new")

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_killed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "f"
    write_file(target, b"old")
    writer = multiprocessing.get_context("fork").Process(target=_write_and_hang, args=(target,))
    writer.start()
    _until((tmp_path / "ready").exists)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()

    assert target.read_bytes() == b"old"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="not_writable"):
        write_file(tmp_path / "file" / "below", b"x")


def test_an_error_that_nobody_can_mend_keeps_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="weird"), writing(tmp_path):
        raise OSError(errno.EIO, "weird")


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with locked(Workspace(tmp_path), seconds=10):
            order.append("second")

    with locked(Workspace(tmp_path)):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.2)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_a_second_run_that_waits_too_long_says_so_and_the_lock_is_free_afterwards(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with locked(workspace), pytest.raises(InputError, match="locked"), locked(workspace, seconds=0.1):
        pass
    with locked(workspace, seconds=0):
        pass


def test_an_error_inside_the_lock_passes_and_frees_it(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), locked(Workspace(tmp_path)):
        raise PermissionError
    with locked(Workspace(tmp_path), seconds=0):
        pass


def test_the_clock_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709287200")

    assert clock(ZONE) == datetime(2024, 3, 1, 11, 0, tzinfo=ZONE)
    assert clock(ZONE).tzinfo is ZONE


def test_the_clock_tells_whole_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert clock(ZONE).microsecond == 0
    assert abs(clock(ZONE).timestamp() - time.time()) < 5


def _full_disk(handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _write_and_hang(target: Path) -> None:
    def hang(handle: int) -> None:
        (target.parent / "ready").touch()
        time.sleep(60)

    os.fsync = hang
    write_file(target, b"new")


def _until(ready: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.01)
