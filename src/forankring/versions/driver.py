"""Turn git's own merge of a chapter into the engine's: plain ``git merge`` calls it as its merge driver.

What met is written down beside the history; the next command of the engine takes it up and gives it numbers.
"""

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from forankring.language import Locale, load_locale
from forankring.versions.command import execute
from forankring.versions.merging import merge_file
from forankring.versions.plumbing import Plumbing
from forankring.versions.prose import Prose
from forankring.versions.records import Conflict
from forankring.workspace import write_file

_MET = "forankring-met.json"
_CONFLICTS = TypeAdapter(tuple[Conflict, ...])
_START = f"import sys; from {__name__} import main; sys.exit(main(sys.argv[1:]))"
_HEAD = "GITHEAD_"
"""``git merge`` tells its drivers so which commit it merges (builtin/merge.c)."""


def driver_command(language: str) -> str:
    """Return what git is to run; the language says where sentences end."""
    return shlex.join([sys.executable, "-P", "-c", _START, language, "%O", "%A", "%B", "%P"])


def met_in_git(git: Plumbing, main: str | None) -> tuple[Conflict, ...]:
    """Return what met in merges that an editor made and that are part of ``main`` now."""
    return tuple(conflict for conflict in _noted(git.git_folder) if _is_merged(git, conflict.proposal, main))


def forget_met(git: Plumbing, main: str | None) -> None:
    """Forget what is part of ``main``: it is written down in conflicts.json."""
    noted = _noted(git.git_folder)
    if noted:
        _write(git.git_folder, tuple(item for item in noted if not _is_merged(git, item.proposal, main)))


def _is_merged(git: Plumbing, proposal: str, main: str | None) -> bool:
    """Tell a merge that was made from one that was given up, or is not done yet."""
    if main is None or not proposal:
        return main is not None
    return git.find(proposal) is not None and not git.ask("rev-list", "--max-count=1", proposal, f"^{main}")


def main(arguments: Sequence[str]) -> int:
    """Merge ``base ours theirs`` into ``ours``: git's exit code 0 says that it is merged, and in git's eyes it is."""
    language, base, ours, theirs, path = arguments
    prose = Prose(load_locale(language))
    three = [Path(name).read_bytes() for name in (base, ours, theirs)]
    text, conflicts = merge_file(three[0] or None, three[1], three[2], prose.merge)
    Path(ours).write_bytes(text or b"")
    if conflicts:
        standing, merged = _git("rev-parse", "HEAD"), _merged_commit()
        _note([replace(conflict, path=path, editor=standing, proposal=merged) for conflict in conflicts])
        _tell(conflicts, path, prose.locale)
    return 0


def _tell(conflicts: Sequence[Conflict], path: str, locale: Locale) -> None:
    """Say on stderr what git, for whom all is merged, does not: what met in this chapter."""
    looks = sum(bool(conflict.merged) for conflict in conflicts)
    for key, count in (("conflicts", len(conflicts) - looks), ("looks", looks)):
        if count:
            print(locale.count(f"versions.met_in_git.{key}", count, path=path), file=sys.stderr)


def _merged_commit() -> str:
    """Return the commit that git merges, empty where it does not say (a cherry-pick, a rebase)."""
    return next((name.removeprefix(_HEAD) for name in os.environ if name.startswith(_HEAD)), "")


def _note(conflicts: Sequence[Conflict]) -> None:
    folder = Path(_git("rev-parse", "--git-common-dir"))
    _write(folder, (*_noted(folder), *conflicts))


def _git(*arguments: str) -> str:
    _, out, _ = execute(Path(), list(arguments), {})
    return out.decode("utf-8", "surrogateescape").rstrip("\n")


def _noted(git_folder: Path) -> tuple[Conflict, ...]:
    file = git_folder / _MET
    return _CONFLICTS.validate_json(file.read_bytes()) if file.is_file() else ()


def _write(git_folder: Path, conflicts: tuple[Conflict, ...]) -> None:
    if conflicts:
        write_file(git_folder / _MET, _CONFLICTS.dump_json(conflicts, indent=1))
    else:
        (git_folder / _MET).unlink(missing_ok=True)
