"""Turn names from outside into names that git cannot take for anything else, or refuse them."""

import re

from forankring.errors import InputError, Problem

MAIN = "refs/heads/main"
GENERATED = "refs/heads/generated"
CHAPTERS = "chapters/"
SYNCED = "refs/forankring/worktree"

_CHAPTER = re.compile(r"chapters/[^./~#\x00-\x1f\x7f][^/\x00-\x1f\x7f]*\.md")
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")
_VERSION = re.compile(r"v[1-9][0-9]{0,8}")
_REFUSED = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


def is_chapter(path: str) -> bool:
    """Tell whether the path is a chapter's: right below ``chapters/``, ``.md``, no editor's hidden or backup file."""
    return _CHAPTER.fullmatch(path) is not None


def is_version(name: str) -> bool:
    """Tell whether the name is a version's: ``v1``, ``v2`` …"""
    return _VERSION.fullmatch(name) is not None


def checked_path(path: str) -> str:
    """Return the path of a file in the text repository; raise InputError for one that leaves it or touches ``.git``."""
    parts = path.split("/")
    if _REFUSED.search(path) or any(_refused(part) for part in parts):
        raise InputError(Problem(code="text_path_refused", values={"path": ascii(path)}))
    return path


def full_ref(name: str) -> str:
    """Return what git may look up for a branch, version or commit id; raise InputError for anything else."""
    if name in ("main", "generated"):
        return f"refs/heads/{name}"
    if is_version(name):
        return f"refs/tags/{name}"
    if not _REF.fullmatch(name) or name.endswith(".lock"):
        raise unknown_ref(name)
    return name


def unknown_ref(name: str) -> InputError:
    """Return the error for a branch, version or commit that the text does not have."""
    return InputError(Problem(code="text_ref_unknown", values={"given": ascii(name)[1:-1]}))


def _refused(part: str) -> bool:
    """Empty, ``.``, ``..`` and ``.git`` in any disguise; a leading hyphen could be read as an option."""
    return part in ("", ".", "..") or part.startswith("-") or part.rstrip(". ").casefold().startswith(".git")
