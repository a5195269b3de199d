"""Turn a folder into the paths of one workspace, and write files there safely."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from forankring.errors import InputError, Problem
from forankring.workspace.catalogue import Catalogue, parse_catalogue
from forankring.workspace.strategy import Strategy, parse_strategy


@dataclass(frozen=True, slots=True)
class Workspace:
    """One strategy's folder. Paths are absolute; nothing is created until it is needed."""

    root: Path

    @property
    def strategy_file(self) -> Path:
        """The file that says what is drafted."""
        return self.root / "strategy.yaml"

    @property
    def look_file(self) -> Path:
        """The file that says how the editions look (need not exist)."""
        return self.root / "look.yaml"

    @property
    def catalogue(self) -> Path:
        """The folder of the catalogue's files."""
        return self.root / "catalogue"

    @property
    def inbox(self) -> Path:
        """The folder where files arrive: ``inbox/<round>/<party>/…``. The engine only reads it."""
        return self.root / "inbox"

    @property
    def templates(self) -> Path:
        """The workspace's own templates, which go before the house's (need not exist)."""
        return self.root / "templates"

    @property
    def text(self) -> Path:
        """The git repository of the text."""
        return self.root / "text"

    @property
    def editions(self) -> Path:
        """The folder of built editions, one folder a version."""
        return self.root / "editions"

    @property
    def receipts(self) -> Path:
        """The folder of receipts, one folder a round. They hold their senders' words: never sent out as a whole."""
        return self.root / "receipts"

    @property
    def reports(self) -> Path:
        """The folder of reports about the whole: numbers, no names."""
        return self.root / "reports"

    @property
    def private(self) -> Path:
        """The folder that never enters git: vault, contact data, caches, locks."""
        return self.root / ".forankring"

    @property
    def vault(self) -> Path:
        """Originals by sha256."""
        return self.private / "vault"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked up, first hit wins: the workspace's own, then the house's."""
        return (self.templates, house_templates())


def open_workspace(root: Path) -> Workspace:
    """Return the workspace at ``root``; raise InputError where there is no strategy.yaml."""
    workspace = Workspace(root.expanduser().resolve())
    if not workspace.strategy_file.is_file():
        raise InputError(Problem(code="no_workspace", file=str(root)))
    return workspace


def load_strategy(workspace: Workspace) -> Strategy:
    """Read strategy.yaml; raise InputError with every mistake in it."""
    return parse_strategy(read_text(workspace.strategy_file, workspace.root))


def load_catalogue(workspace: Workspace) -> Catalogue:
    """Read catalogue/*.yaml; a workspace without one has an empty catalogue."""
    try:
        found = sorted(workspace.catalogue.iterdir()) if workspace.catalogue.exists() else []  # glob hides errors
    except OSError as error:
        cause = {"cause": error.strerror or ""}
        raise InputError(Problem(code="unreadable", file=workspace.catalogue.name, values=cause)) from error
    files = [file for file in found if file.suffix == ".yaml"]
    return parse_catalogue({f"catalogue/{file.name}": read_text(file, workspace.root) for file in files})


def read_text(file: Path, root: Path) -> str:
    """Read a UTF-8 file (a byte-order mark is fine); raise InputError that names it relative to ``root``."""
    name = str(file.relative_to(root)) if file.is_relative_to(root) else str(file)
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Problem(code="not_utf8", file=name)) from error
    except OSError as error:
        raise InputError(Problem(code="unreadable", file=name, values={"cause": error.strerror or ""})) from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``{relative path: bytes}`` below ``folder``, each beside its place and then moved there."""
    for name in sorted(files):
        write_file(folder / name, files[name])


def write_file(target: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a whole file or nothing: beside its place, to disk, then moved there; InputError where that is refused.

    One that is not ``lasting``, for it can be made again, need not be on the disk when the power fails.
    """
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            Path(beside).chmod(0o644)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn a full disk or missing rights met inside into an InputError about ``target``; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InputError(Problem(code="disk_full", file=str(target))) from error
        if error.errno in _REFUSED:
            cause = error.strerror or ""
            raise InputError(Problem(code="not_writable", file=str(target), values={"cause": cause})) from error
        raise


_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG)


@contextlib.contextmanager
def locked(workspace: Workspace, *, seconds: float = 600) -> Iterator[None]:
    """Hold the workspace for one run at a time; wait for another run, at most ``seconds``, then raise InputError."""
    lock = FileLock(workspace.private / "lock", timeout=seconds)
    try:
        with writing(workspace.private / "lock"):
            workspace.private.mkdir(parents=True, exist_ok=True)
            lock.acquire()
    except Timeout as error:
        raise InputError(Problem(code="locked", file=str(workspace.root))) from error
    try:
        yield
    finally:
        lock.release()


def clock(zone: ZoneInfo) -> datetime:
    """Return now, to the second, in ``zone``; ``SOURCE_DATE_EPOCH`` stops the clock for reproducible runs."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(Problem(code="clock_unreadable", values={"given": str(fixed)})) from error
    return moment.replace(microsecond=0).astimezone(zone)


def house_templates() -> Path:
    """Return the folder of the templates that ship with the engine."""
    return _shipped("templates")


def reference_strategy() -> Path:
    """Return the folder of the reference strategy that ships with the engine."""
    return _shipped("drafts/strategi-2024")


def _shipped(name: str) -> Path:
    """Find what ships with the engine: inside the package when installed, beside ``src`` in a checkout."""
    package = Path(str(resources.files("forankring")))
    installed = package / "data" / name
    return installed if installed.exists() else package.parents[1] / name
