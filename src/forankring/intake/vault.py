"""Turn a file of the inbox into a safe copy of its bytes, kept by sha256, before anything reads it."""

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.intake.records import Original, SourceFile
from forankring.workspace import Workspace

MAX_BYTES = 50 * 1024 * 1024
_CHUNK = 1024 * 1024


def keep(workspace: Workspace, file: SourceFile) -> Original:
    """Copy the file to the vault and return the copy; a copy that is there already is not written again.

    Raises InputError where the file cannot be read, is too large or is being changed; OSError where the vault cannot
    be written, which stops the run.
    """
    _refuse_odd(file)
    source = _open(file)
    with os.fdopen(source, "rb") as stream:
        before = os.fstat(stream.fileno())
        private_folder(workspace)
        workspace.vault.mkdir(exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=workspace.vault, prefix=".new-")  # mkstemp makes it 0600
        try:
            sha256, size = _copy(stream.fileno(), handle, file)
            after = os.fstat(stream.fileno())
            if size != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise InputError(Problem(code="file_changed", file=file.place))
            target = _settle(Path(beside), workspace.vault / sha256[:2] / sha256)
        finally:
            os.close(handle)
            Path(beside).unlink(missing_ok=True)
    return Original(file=file, path=target, sha256=sha256, size=size)


def keep_bytes(workspace: Workspace, data: bytes) -> tuple[Path, str]:
    """Keep the bytes of a file that came inside another; return where they lie and their sha256."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = workspace.vault / sha256[:2] / sha256
    if not target.exists():
        handle, beside = tempfile.mkstemp(dir=workspace.vault, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            _settle(Path(beside), target)
        finally:
            Path(beside).unlink(missing_ok=True)
    return target, sha256


def is_kept(workspace: Workspace, sha256: str) -> bool:
    """Tell whether the vault holds these bytes."""
    return (workspace.vault / sha256[:2] / sha256).is_file()


def forget(workspace: Workspace, sha256: str) -> bool:
    """Erase an original from the vault; tell whether it was there."""
    kept = is_kept(workspace, sha256)
    (workspace.vault / sha256[:2] / sha256).unlink(missing_ok=True)
    return kept


def private_folder(workspace: Workspace) -> Path:
    """Return the private folder, made for its owner only: names and contact data lie in it."""
    workspace.private.mkdir(parents=True, exist_ok=True)
    workspace.private.chmod(0o700)
    return workspace.private


def digest(file: SourceFile) -> str:
    """Return the file's sha256 without copying it; empty where it cannot be read, is too large or no ordinary file."""
    if file.odd or file.size > MAX_BYTES:
        return ""
    try:
        with os.fdopen(_open(file), "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (InputError, OSError):  # what is wrong with it is told when it is read
        return ""


def _refuse_odd(file: SourceFile) -> None:
    if file.odd:
        values = {"cause": os.strerror(errno.EACCES)} if file.odd == "file_unreadable" else {}
        raise InputError(Problem(code=file.odd, file=file.place, values=values))
    if file.size > MAX_BYTES:
        sizes = {"size": file.size // 2**20 + 1, "limit": MAX_BYTES // 2**20}
        raise InputError(Problem(code="file_too_large", file=file.place, values=sizes))


def _open(file: SourceFile) -> int:
    """Open without following a link that took the file's place meanwhile, and without waiting on a pipe."""
    try:
        return os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: SourceFile, error: OSError) -> InputError:
    return InputError(Problem(code="file_unreadable", file=file.place, values={"cause": error.strerror or ""}))


def _copy(source: int, target: int, file: SourceFile) -> tuple[str, int]:
    """Copy and hash at once; an error of reading belongs to the file, an error of writing to the run."""
    checksum, size = hashlib.sha256(), 0
    while True:
        try:
            chunk = os.read(source, _CHUNK)
        except OSError as error:
            raise _unreadable(file, error) from error
        if not chunk or size > MAX_BYTES:
            return checksum.hexdigest(), size
        checksum.update(chunk)
        size += len(chunk)
        view = memoryview(chunk)
        while view:
            view = view[os.write(target, view) :]


def _settle(beside: Path, target: Path) -> Path:
    """Move the copy to its place for good; where the place is taken, it holds the same bytes."""
    if not target.exists():
        target.parent.mkdir(exist_ok=True, mode=0o700)
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        beside.replace(target)
    return target
