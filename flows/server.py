"""Turn "a flow wants to run" into a local Prefect server: started on first use, shared by all, ended when idle."""

import contextlib
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock

from forankring.errors import InputError, Problem, ToolError
from forankring.process import start_detached
from forankring.workspace import writing

START_SECONDS = 90.0
TOKEN_HEADER = "X-Forankring-Server"


@dataclass(frozen=True, slots=True)
class Running:
    """A server of ours that answers. ``url`` is its API, ``page`` its web page, ``log`` its output."""

    pid: int
    port: int
    token: str
    folder: Path

    @property
    def page(self) -> str:
        """The address of the web page where an editor sees the runs."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address that Prefect's client wants."""
        return f"{self.page}/api"

    @property
    def log(self) -> Path:
        """Where the server writes its output."""
        return log_file(self.folder)


def state_folder() -> Path:
    """Return our own state folder, apart from any other Prefect of the user; FORANKRING_STATE overrides it."""
    given = os.environ.get("FORANKRING_STATE")
    return Path(given).expanduser().resolve() if given else platformdirs.user_state_path("forankring")


def start(folder: Path, meanwhile: Callable[["Running"], None] = lambda _: None) -> Running:
    """Return the server that runs on this state folder, started now where none answers; two callers start one.

    ``meanwhile`` is called once, when the address is known but the server may not answer yet: its start costs
    seconds in which the caller can import Prefect. Raises ToolError with the end of the log where the server does
    not answer in time.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with starting(folder):
        found = running(folder)
        if found:
            meanwhile(found)
            return found
        pid = 0 if _announced(folder) else _launch(folder)
        meanwhile(_wait(folder, pid, _announced))
        return _wait(folder, pid, running)


def stop(folder: Path) -> bool:
    """End the server; tell whether there was one."""
    if not folder.is_dir():
        return False
    with starting(folder):
        found = _announced(folder)
        if not found:
            return False
        os.kill(found.pid, signal.SIGTERM)
        _wait_until_gone(found.pid)
        state_file(folder).unlink(missing_ok=True)
        return True


def running(folder: Path) -> Running | None:
    """Return the server if it answers and is ours: a state file may outlive its server, and a port find a new owner."""
    found = _read_state(folder)
    return found if found and _answers(found) else None


def client_environment(
    server: Running | None, folder: Path, environment: Mapping[str, str], *, verbose: bool = False
) -> dict[str, str]:
    """Return what must stand in the environment before Prefect is imported, so that it is quick, quiet and finds
    the server; ``None`` means that the user named a server of their own."""
    ours = {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",  # nothing is told to Prefect's makers, whatever a server of the user's own allows
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_CLI_PROMPT": "false",
    }
    if server:
        ours |= {"PREFECT_API_URL": server.url, "PREFECT_HOME": str(home(folder))}
    return {key: value for key, value in ours.items() if (server and key in _MUST) or key not in environment}


def reach(url: str) -> None:
    """Raise InputError where the server that the user named with PREFECT_API_URL does not answer."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=10):
            return
    except urllib.error.HTTPError:
        return  # it is there; whether it lets us in is for Prefect to say
    except (OSError, ValueError) as error:
        values = {"url": url, "cause": str(error)}
        raise InputError(Problem(code="server_out_of_reach", values=values)) from error


def home(folder: Path) -> Path:
    """Return the folder of our own Prefect: its database, profiles and results."""
    return folder / "prefect"


def state_file(folder: Path) -> Path:
    """Return the file that says where the server is."""
    return folder / "server.json"


def log_file(folder: Path) -> Path:
    """Return the file that the server writes its output to."""
    return folder / "server.log"


@contextlib.contextmanager
def starting(folder: Path) -> Iterator[None]:
    """Hold the lock that whoever starts, stops or ends the server must have."""
    with FileLock(folder / "server.lock", timeout=START_SECONDS):
        yield


_MODULE = "flows.serving"
_MUST = {"PREFECT_API_URL", "PREFECT_HOME"}


def _command(folder: Path) -> list[str | Path]:
    # -P: nothing in the current directory may stand in for a module
    return [sys.executable, "-P", "-m", _MODULE, folder]


def _server_environment(folder: Path, token: str) -> dict[str, str]:
    """Drop the user's Prefect settings: they are about another server, perhaps with another database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    ours = {
        "PREFECT_HOME": str(home(folder)),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home(folder) / 'prefect.db'}",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # Without these the server falls behind and drops what it cannot keep (findings-prefect §2)
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    }
    return {**kept, **ours, "FORANKRING_SERVER_TOKEN": token}


def _read_state(folder: Path) -> Running | None:
    try:
        data = json.loads(state_file(folder).read_text())
        return Running(int(data["pid"]), int(data["port"]), str(data["token"]), folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _launch(folder: Path) -> int:
    state_file(folder).unlink(missing_ok=True)
    environment = _server_environment(folder, uuid.uuid4().hex)
    return start_detached(_command(folder), log=log_file(folder), env=environment)


def _announced(folder: Path) -> Running | None:
    """Return the server that has told its port and is still a process of ours, though it may not answer yet: whoever
    started it may have been interrupted."""
    found = _read_state(folder)
    return found if found and _is_serving(found.pid) else None


def _is_serving(pid: int) -> bool:
    """Tell whether the process is a server of ours: its number may have gone to another since."""
    try:
        return _MODULE.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _wait(folder: Path, pid: int, look: Callable[[Path], Running | None]) -> Running:
    """Wait until there is something to see, or the process that we started is gone, or the time is up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        found = look(folder)
        if found:
            return found
        if pid and _gone(pid) and not _announced(folder):
            break
        time.sleep(0.05)
    raise ToolError("prefect server", None, _last_lines(log_file(folder)))


def _answers(server: Running) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/health", timeout=5) as reply:
            return bool(reply.headers.get(TOKEN_HEADER) == server.token)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _gone(pid: int) -> bool:
    """Tell whether the process has ended; a child of ours is reaped on the way."""
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _wait_until_gone(pid: int, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not _gone(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _last_lines(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return "\n".join(lines[-12:])
