"""Turn a git command into its output, whatever the user's git configuration says."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # else a machine without git fails at import, with no clear word

import git

from forankring.errors import InputError, Problem, ToolError
from forankring.versions.records import Identity

# What must hold for every command of ours and, written into the repository, for an editor's plain git.
SETTINGS = {
    "core.attributesFile": os.devnull,
    "core.autocrlf": "false",
    "core.eol": "lf",
    "core.fileMode": "false",
    "core.hooksPath": os.devnull,
    "core.logAllRefUpdates": "true",
    "core.precomposeUnicode": "true",
    "core.quotePath": "false",
    "core.safecrlf": "false",
    "commit.gpgSign": "false",
    "tag.gpgSign": "false",
}
_OURS_ALONE = {
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.fsync": "committed,reference",
    "core.untrackedCache": "false",
    "core.useReplaceRefs": "false",
    "core.warnAmbiguousRefs": "false",
    "fastimport.unpackLimit": "100",
    "gc.auto": "0",
    "log.showSignature": "false",
    "maintenance.auto": "false",
}
_SAID = {
    "No space left on device": "disk_full",
    "Out of diskspace": "disk_full",
    "Disk quota exceeded": "disk_full",
    "Permission denied": "not_writable",
    "insufficient permission": "not_writable",
    "Read-only file system": "not_writable",
}
_LAST_LINES = 12


def execute(
    folder: Path, arguments: Sequence[str], env: Mapping[str, str], stdin: bytes = b""
) -> tuple[int, bytes, str]:
    """Run one git command in ``folder``, ``env`` on top of the user's; return exit code, output and error output."""
    try:
        with _spooled(stdin) as source:
            status, out, err = git.Git(folder).execute(
                ["git", *arguments],
                istream=source,
                env=env,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
            return status, out, err
    except git.GitCommandNotFound as error:
        raise ToolError("git", None, str(error.stderr or error)) from error


def environment(git_folder: Path, folder: Path, committer: Identity) -> dict[str, str]:
    """Point git at this repository alone and put our settings above every file's; nothing may ask or be looked up."""
    settings = sorted((SETTINGS | _OURS_ALONE).items())
    env = {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_COMMITTER_EMAIL": bare(committer.email),
        "GIT_COMMITTER_NAME": bare(committer.name),
        "GIT_COMMON_DIR": str(git_folder),
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_DEFAULT_HASH": "sha1",
        "GIT_DIR": str(git_folder),
        "GIT_INDEX_FILE": str(git_folder / "index"),
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NAMESPACE": "",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OBJECT_DIRECTORY": str(git_folder / "objects"),
        "GIT_TEMPLATE_DIR": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_WORK_TREE": str(folder),
    }
    for number, (key, value) in enumerate(settings):
        env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return env


def failed(folder: Path, status: int, stderr: str) -> InputError | ToolError:
    for cause, code in _SAID.items():
        if cause in stderr:
            return InputError(Problem(code=code, file=str(folder), values={"cause": cause}))
    return ToolError("git", status, "\n".join(stderr.strip().splitlines()[-_LAST_LINES:]))


def bare(text: str) -> str:
    """Drop what would end a name or address in a git object."""
    return "".join(letter for letter in text if letter.isprintable() and letter not in "<>").strip() or "-"


@contextlib.contextmanager
def _spooled(data: bytes) -> Iterator[BinaryIO | None]:
    """Hand over the data as a file: no pipe can fill up while git answers."""
    if not data:
        yield None
        return
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield cast(BinaryIO, file.file)
