"""Turn a folder into the git repository of a text, or say why it cannot be one."""

import os
import shutil
from pathlib import Path

from forankring.errors import InputError, Problem, ToolError
from forankring.versions.command import SETTINGS
from forankring.versions.driver import driver_command
from forankring.versions.names import GENERATED, MAIN, SYNCED
from forankring.versions.plumbing import Plumbing
from forankring.versions.records import Identity
from forankring.workspace import writing

_HALF_MADE = ".git.new"
_CLONED = {GENERATED: "refs/remotes/origin/generated", SYNCED: MAIN}
_MARK = "forankring.text"
_DRIVER = "merge.forankring.driver"
_OURS = {"chapters", "ledger", "strategy.json"}
_ATTRIBUTES = "*.md text eol=lf merge=forankring\n*.json text eol=lf\n"


def open_plumbing(folder: Path, secretariat: Identity, language: str) -> Plumbing:
    """Return the repository in ``folder``, made on first use; an editor's own merges in it are of prose as ours.

    Raises InputError where the folder holds something else, or a repository that is broken or not ours.
    """
    git = Plumbing(folder, secretariat)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / _HALF_MADE, ignore_errors=True)
        if not os.path.lexists(git.git_folder):
            _make(git)
        _check(git)
        _adopt_clone(git)
        _register_driver(git, language)
    return git


def _make(git: Plumbing) -> None:
    """Build the repository beside its place and move it there: a kill leaves all of it or nothing."""
    if any(git.folder.iterdir()):
        raise InputError(Problem(code="text_folder_taken", file=str(git.folder)))
    beside = git.folder / _HALF_MADE
    git.ask("init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1", git_folder=beside)
    _configure(git, beside)
    beside.rename(git.git_folder)


def _configure(git: Plumbing, git_folder: Path) -> None:
    """Write down what an editor's plain git has to know too, and that the repository is ours."""
    for key, value in sorted(SETTINGS.items() | {("core.bare", "false"), (_MARK, "true")}):
        git.ask("config", "--local", key, value, git_folder=git_folder)
    git.ask("config", "--local", "--unset", "core.worktree", accepted=(0, 5), git_folder=git_folder)
    (git_folder / "info").mkdir(exist_ok=True)
    (git_folder / "info" / "attributes").write_text(_ATTRIBUTES, encoding="ascii")


def _register_driver(git: Plumbing, language: str) -> None:
    """Let an editor's plain git merge chapters as we do; where the engine has moved, the way to it is put right."""
    wanted = driver_command(language)
    found = git.ask("config", "--local", "--get", _DRIVER, accepted=(0, 1)).decode("utf-8", "replace")
    attributes = git.git_folder / "info" / "attributes"
    if found.rstrip("\n") != wanted:
        git.ask("config", "--local", _DRIVER, wanted)
    if not attributes.is_file() or attributes.read_text(encoding="utf-8", errors="replace") != _ATTRIBUTES:
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text(_ATTRIBUTES, encoding="ascii")


def _check(git: Plumbing) -> None:
    """Refuse a repository that is linked, broken or holds something else than a text."""
    if git.git_folder.is_symlink() or not git.git_folder.is_dir():
        raise InputError(Problem(code="text_foreign", file=str(git.folder)))
    try:
        foreign = _is_foreign(git)
    except ToolError as error:
        if error.exit_code is None:
            raise
        cause = error.last_lines.splitlines()[-1:] or [""]
        raise InputError(Problem(code="text_broken", file=str(git.folder), values={"cause": cause[0]})) from error
    if foreign:
        raise InputError(Problem(code="text_foreign", file=str(git.folder)))


def _is_foreign(git: Plumbing) -> bool:
    """Tell whether somebody else's work lies here; a clone of a text has no mark, but a text's files."""
    refs = git.refs()
    for name in (MAIN, GENERATED, SYNCED):
        if name in refs:
            git.ask("cat-file", "-e", f"{refs[name]}^{{tree}}")
    if git.ask("config", "--local", "--get", _MARK, accepted=(0, 1)):
        return False
    if MAIN not in refs:
        return bool(refs)
    names = git.ask("ls-tree", "--name-only", "-z", refs[MAIN]).decode("utf-8", "replace").split("\0")
    return _OURS.isdisjoint(names)


def _adopt_clone(git: Plumbing) -> None:
    """Give a clone what ours has: its files are in step; without ``generated`` the next merge would have no base."""
    if git.ask("config", "--local", "--get", _MARK, accepted=(0, 1)):
        return
    refs = git.refs()
    moves = {name: (refs[there], None) for name, there in _CLONED.items() if name not in refs and there in refs}
    git.move(moves, "clone")
    _configure(git, git.git_folder)
