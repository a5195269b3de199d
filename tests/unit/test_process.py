"""Other programs run within their limits, in a clean environment, and nothing of them outlives its run."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from forankring.errors import ToolError
from forankring.process import Limits, Worker, WorkerError, pandoc, run, start_detached


def test_a_program_gives_back_its_output_and_exit_code_unchanged() -> None:
    data = bytes(range(256)) * 20_000
    finished = run(["sh", "-c", "cat; echo oops >&2; exit 3"], stdin=data)

    assert (finished.exit_code, finished.stdout, finished.last_lines) == (3, data, "oops")


def test_a_program_need_not_read_its_input() -> None:
    assert run(["true"], stdin=b"x" * 5_000_000).exit_code == 0


def test_the_time_limit_ends_the_program_and_whatever_it_started(tmp_path: Path) -> None:
    script = f"(sleep 60 & echo $! > {tmp_path}/grandchild; wait) & wait"
    started = time.monotonic()
    finished = run(["sh", "-c", script], limits=Limits(seconds=0.5))

    assert finished.timed_out
    assert finished.exit_code < 0
    assert time.monotonic() - started < 5
    _until_gone(int((tmp_path / "grandchild").read_text()))


def test_what_a_program_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    finished = run(["sh", "-c", f"sleep 60 & echo $! > {tmp_path}/left"])

    assert (finished.exit_code, finished.timed_out) == (0, False)
    _until_gone(int((tmp_path / "left").read_text()))


def test_output_beyond_its_limit_ends_the_program() -> None:
    finished = run(["sh", "-c", "sleep 0.1; exec head -c 5000000 /dev/zero"], limits=Limits(output_mib=1))

    assert finished.exit_code != 0
    assert len(finished.stdout) <= 1024 * 1024


def test_memory_beyond_its_limit_ends_the_program() -> None:
    greedy = "import time; time.sleep(0.2); x = bytearray(800 * 1024 * 1024)"
    finished = run([sys.executable, "-c", greedy], limits=Limits(memory_mib=400))

    assert finished.exit_code != 0
    assert "MemoryError" in finished.last_lines


def test_a_program_sees_a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "hemmeligt")
    seen = dict(line.split("=", 1) for line in run(["env"], env={"EXTRA": "1"}).stdout.decode().splitlines())

    assert seen["EXTRA"] == "1"
    assert seen["LC_ALL"] == "C.UTF-8"
    assert set(seen) <= {"PATH", "HOME", "TMPDIR", "LC_ALL", "LANG", "EXTRA", "PWD", "SHLVL", "_"}


def test_arguments_never_meet_a_shell() -> None:
    assert run(["printf", "%s", "$(id); *"]).stdout == b"$(id); *"


def test_a_missing_program_is_a_tool_error() -> None:
    with pytest.raises(ToolError) as caught:
        run(["no-such-program"])

    assert (caught.value.program, caught.value.exit_code) == ("no-such-program", None)


def test_a_program_ended_by_a_signal_has_a_negative_exit_code() -> None:
    finished = run(["sh", "-c", "kill -TERM $$"])

    assert (finished.exit_code, finished.timed_out) == (-15, False)


def test_only_the_last_lines_of_an_error_are_kept() -> None:
    assert run(["sh", "-c", "seq 100 >&2"]).last_lines.splitlines() == [str(number) for number in range(89, 101)]


def test_pandoc_fails_as_a_tool_with_its_own_words() -> None:
    with pytest.raises(ToolError) as caught:
        pandoc(["--from", "nonsense"])

    assert caught.value.program == "pandoc"
    assert "nonsense" in caught.value.last_lines


def test_pandoc_that_does_not_end_has_no_exit_code() -> None:
    with pytest.raises(ToolError) as caught:
        pandoc(["--from", "markdown"], stdin=b"[" * 20_000, limits=Limits(seconds=0.5))

    assert caught.value.exit_code is None


def test_pandoc_reads_no_file_that_a_document_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmeligt")
    written = pandoc(["--from", "rst", "--to", "plain"], stdin=f".. include:: {secret}\n".encode())

    assert b"hemmeligt" not in written


def test_a_detached_program_writes_to_its_log_and_is_not_waited_for(tmp_path: Path) -> None:
    log = tmp_path / "log"
    started = time.monotonic()
    pid = start_detached(["sh", "-c", "echo hej; sleep 0.2"], log=log, env={"PATH": os.environ["PATH"]})

    assert time.monotonic() - started < 2
    os.waitpid(pid, 0)
    assert log.read_text() == "hej\n"


def _until_gone(pid: int) -> None:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] in "ZX":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.01)
    pytest.fail(f"{pid} still runs")


ECHO = """
import sys, os, time
while line := sys.stdin.buffer.readline():
    word, length = line.decode().split()
    data = sys.stdin.buffer.read(int(length))
    if word == "die": os._exit(7)
    if word == "sleep": time.sleep(60)
    if word == "child": data = str(os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")).encode()
    if word == "boast": sys.stdout.write("ok 999999999\\n")
    else: sys.stdout.buffer.write(b"ok %d\\n" % (len(data) + 6) + str(os.getpid()).zfill(6).encode() + data)
    sys.stdout.flush()
"""


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker([sys.executable, "-c", ECHO], most=10_000_000)
    yield made
    made.close()


def test_a_worker_answers_one_request_after_another_in_one_process(worker: Worker) -> None:
    large = bytes(range(256)) * 20_000
    first, second = worker.ask("say", large, seconds=20)[1], worker.ask("say", b"", seconds=20)[1]
    assert first[6:] == large
    assert first[:6] == second


@pytest.mark.parametrize(
    ("request_word", "timed_out", "code"), [("sleep", True, -9), ("die", False, 7), ("boast", False, -9)]
)
def test_a_worker_without_a_whole_answer_is_ended_and_the_next_request_gets_a_new_one(
    worker: Worker, request_word: str, timed_out: bool, code: int
) -> None:
    before = worker.ask("say", b"", seconds=20)[1]
    with pytest.raises(WorkerError) as caught:
        worker.ask(request_word, b"", seconds=1 if timed_out else 20)
    assert (caught.value.timed_out, caught.value.exit_code) == (timed_out, code)
    assert worker.ask("say", b"", seconds=20)[1] != before


def test_a_worker_that_nobody_asks_any_more_ends_by_itself_and_leaves_nothing(tmp_path: Path) -> None:
    tidy = "import os, pathlib, sys; mine = pathlib.Path(sys.argv[1], str(os.getpid())); mine.touch()\n" + ECHO
    made = Worker([sys.executable, "-c", f"{tidy}\nmine.unlink()", tmp_path], most=10_000_000)
    made.ask("say", b"", seconds=20)
    assert list(tmp_path.iterdir())
    made.close()
    assert not list(tmp_path.iterdir())


def test_what_a_worker_started_ends_with_it(worker: Worker) -> None:
    child = int(worker.ask("child", b"", seconds=20)[1][6:])
    with pytest.raises(WorkerError):
        worker.ask("sleep", b"", seconds=0.5)
    for _ in range(100):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("it lives on")


def test_a_worker_that_cannot_start_is_a_tool_error() -> None:
    with pytest.raises(ToolError):
        Worker(["/no/such/program"], most=1).ask("say", b"", seconds=1)
