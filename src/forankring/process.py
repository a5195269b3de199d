"""Run other programs behind one door: time, memory and output are limited, and nothing outlives its limit."""

import contextlib
import functools
import os
import resource
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from forankring.errors import ToolError

MIB = 1024 * 1024
_PANDOC_WORKER = Path(__file__).with_name("pandoc_worker.lua")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one run may cost: wall seconds, MiB of address space (0 = unlimited), MiB of file or output it may write."""

    seconds: float = 60.0
    memory_mib: int = 0
    output_mib: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a program ended. ``exit_code`` is negative for a signal; ``timed_out`` means that we killed it."""

    exit_code: int
    stdout: bytes
    stderr: bytes
    timed_out: bool = False

    @property
    def last_lines(self) -> str:
        """The end of the error output, as text, at most 12 lines."""
        return "\n".join(self.stderr.decode("utf-8", "replace").strip().splitlines()[-12:])


def run(
    command: Sequence[str | Path],
    *,
    stdin: bytes = b"",
    limits: Limits = Limits(),
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Finished:
    """Run ``command`` in a process group of its own and wait for its end; kill the whole group at the time limit.

    ``env`` is added to a clean environment (PATH, HOME, locale C.UTF-8). Never raises for a program's failure, only
    where it cannot be started.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _spooled(stdin) as source:
        try:
            child = subprocess.Popen(  # the one door: arguments are a list, never a shell line
                [str(part) for part in command],
                stdin=source,
                stdout=out,
                stderr=err,
                env={**_clean_environment(), **(env or {})},
                cwd=cwd,
                start_new_session=True,
            )
        except OSError as error:
            raise ToolError(str(command[0]), None, str(error)) from error
        _limit(child.pid, limits)
        timed_out = _wait(child, limits.seconds)
        return Finished(
            exit_code=child.returncode,
            stdout=_read(out),
            stderr=_read(err),
            timed_out=timed_out,
        )


def pandoc(
    arguments: Sequence[str | Path],
    *,
    stdin: bytes = b"",
    limits: Limits = Limits(),
    env: Mapping[str, str] | None = None,
) -> bytes:
    """Run pandoc with ``--sandbox`` and return its standard output; raise ToolError where it fails."""
    finished = run(pandoc_command(arguments), stdin=stdin, limits=limits, env=env)
    if finished.exit_code != 0:
        code = None if finished.timed_out else finished.exit_code
        raise ToolError("pandoc", code, finished.last_lines)
    return finished.stdout


def pandoc_worker_command(*, heap_mib: int = 512) -> list[str]:
    """Return the command line of a pandoc that stays, for a ``Worker``: asked ``"docx json"`` it reads Word files."""
    return [_pandoc_path(), "+RTS", f"-M{heap_mib}m", "-RTS", "lua", str(_PANDOC_WORKER)]


def pandoc_command(arguments: Sequence[str | Path], *, heap_mib: int = 512) -> list[str]:
    """Return a pandoc command line that can reach neither the network nor files that are not named in it."""
    heap = ["+RTS", f"-M{heap_mib}m", "-RTS"]
    return [_pandoc_path(), *heap, "--sandbox", *(str(argument) for argument in arguments)]


class Worker:
    """A program that answers one request after another on its standard input and output.

    Whoever asks says how long it may take; a worker that is late, dies or talks too much is killed with its group, and
    its next request starts a new one. Use it from one thread at a time.
    """

    def __init__(self, command: Sequence[str | Path], *, most: int) -> None:
        """``most`` is the length in bytes of the longest answer that is listened to."""
        self._command, self._most = [str(part) for part in command], most
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, head: str, data: bytes, *, seconds: float) -> tuple[str, bytes]:
        """Send ``head``, the length of the data and the data; return the answer's first word and its bytes.

        Raises WorkerError where there is no whole answer, ToolError where the program cannot be started.
        """
        child = self._child = self._child or self._start()
        deadline = time.monotonic() + seconds
        try:
            _send(child, f"{head} {len(data)}\n".encode() + data, deadline)
            return _hear(child, deadline, self._most)
        except (TimeoutError, EOFError, OSError, ValueError) as error:
            if isinstance(error, EOFError | BrokenPipeError):  # it is dying: let it say of what
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(5)
            self._end(_kill_group)
            raise WorkerError(child.returncode, timed_out=isinstance(error, TimeoutError)) from error

    def close(self) -> None:
        """End the program: it goes by itself when nobody can ask any more, and takes its temporary files with it."""
        self._end(_let_go)

    def _end(self, end: Callable[[subprocess.Popen[bytes]], object]) -> None:
        child, self._child = self._child, None
        if child:
            end(child)
            for stream in (child.stdin, child.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_clean_environment(),
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise ToolError(self._command[0], None, str(error)) from error
        _limit(child.pid, Limits(output_mib=0))
        for stream in (child.stdin, child.stdout):
            os.set_blocking(stream.fileno(), False)  # type: ignore[union-attr]  # both are pipes
        return child


class WorkerError(Exception):
    """A worker gave no whole answer; ``exit_code`` is as in ``Finished``."""

    def __init__(self, exit_code: int | None, *, timed_out: bool) -> None:
        self.exit_code, self.timed_out = exit_code, timed_out
        super().__init__(f"the worker ended with {exit_code}")


def _send(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    assert child.stdin
    handle, view = child.stdin.fileno(), memoryview(data)
    while view:
        _ready(deadline, write=handle)
        view = view[os.write(handle, view[:_PIPE]) :]


def _hear(child: subprocess.Popen[bytes], deadline: float, most: int) -> tuple[str, bytes]:
    """Read a line with a word and a length, then as many bytes; ValueError where it is none or too long."""
    assert child.stdout
    handle, heard = child.stdout.fileno(), bytearray()
    while b"\n" not in heard:
        heard += _read_some(handle, deadline)
    head, _, rest = bytes(heard).partition(b"\n")
    word, _, length = head.decode("ascii").partition(" ")
    if int(length) > most:
        raise ValueError(length)
    answer = bytearray(rest)
    while len(answer) < int(length):
        answer += _read_some(handle, deadline)
    return word, bytes(answer)


_PIPE = 65_536
_LEAVE = 2.0
"""Seconds in which an idle worker has to be gone."""


def _read_some(handle: int, deadline: float) -> bytes:
    _ready(deadline, read=handle)
    found = os.read(handle, _PIPE)
    if not found:
        raise EOFError
    return found


def _ready(deadline: float, *, read: int | None = None, write: int | None = None) -> None:
    readers, writers = [read] if read is not None else [], [write] if write is not None else []
    found = select.select(readers, writers, [], max(0.0, deadline - time.monotonic()))
    if not found[0] and not found[1]:
        raise TimeoutError


def start_detached(command: Sequence[str | Path], *, log: Path, env: Mapping[str, str]) -> int:
    """Start a program that outlives us, in its own session, its output in ``log``; return its process id."""
    with log.open("ab") as sink:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            env=dict(env),
            start_new_session=True,
        )
    return child.pid


@functools.cache
def _pandoc_path() -> str:
    return str(pypandoc.get_pandoc_path())


@contextlib.contextmanager
def _spooled(data: bytes) -> Iterator[int]:
    """Yield a file handle that reads ``data``: no pipe can fill up, whatever the child does."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file.fileno()


def _wait(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait on the process handle: ``Popen.wait(timeout)`` polls and would cost up to 50 ms a run."""
    try:
        handle = os.pidfd_open(child.pid)
        try:
            ended = bool(select.select([handle], [], [], seconds)[0])
        finally:
            os.close(handle)
    finally:
        _kill_group(child)
    return not ended


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """Say that nothing more will come, and end what is still there after a while."""
    if child.stdin:
        with contextlib.suppress(OSError):
            child.stdin.close()
    _wait(child, _LEAVE)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started; a group that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)


def _limit(pid: int, limits: Limits) -> None:
    """Set the limits from outside, at once after the start: a hook inside the child is unsafe among threads."""
    with contextlib.suppress(ProcessLookupError):
        if limits.memory_mib:
            resource.prlimit(pid, resource.RLIMIT_AS, (limits.memory_mib * MIB,) * 2)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limits.output_mib * MIB,) * 2)
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _clean_environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def _read(file: object) -> bytes:
    file.seek(0)  # type: ignore[attr-defined]  # TemporaryFile's own type differs between platforms
    return file.read()  # type: ignore[attr-defined,no-any-return]  # same
