"""Turn a new state of ``main`` into files that editors can open, and what they changed in them into hand edits.

``refs/forankring/worktree`` names the state that the files were last brought to. Branches move first, then files, then
the index, then that ref: whatever a kill leaves is told from a hand edit by comparing three states, and finished.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.versions.merging import has_markers, merge_file, normal
from forankring.versions.names import CHAPTERS, MAIN, SYNCED, checked_path, is_chapter
from forankring.versions.plumbing import PENDING, NewCommit, Plumbing, blob_id
from forankring.versions.prose import MergeText

_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer")
_LEFTOVERS = ("*.lock", "refs/**/*.lock", "objects/pack/tmp_pack_*", "fast_import_crash_*", "forankring-writing")
_BESIDE = "forankring-writing"


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A chapter as an editor left it (None: deleted) and what it was when the editor got it (None: it is new)."""

    path: str
    base: bytes | None
    text: bytes | None


def settle(git: Plumbing, merge: MergeText) -> None:
    """Bring files and index to ``main``; finishes what a killed run left, keeps every hand edit.

    A hand edit that meets a newer ``main`` in the same place is left as it is, with its old state remembered, until
    it is collected. Raises InputError where an editor's own git work is unfinished or another branch is checked out.
    """
    _refuse_unfinished(git)
    _remove_leftovers(git)
    refs = git.refs()
    old, new = refs.get(SYNCED), refs.get(MAIN)
    lost = _is_lost(git, old)
    if new is None or (old == new and not lost):
        return
    kept = _write_changes(git, git.tree(None if lost else old), git.tree(new), merge)
    git.ask("read-tree", "--reset", new)
    git.ask("update-index", "-q", "--refresh", accepted=(0, 1))
    state = _remember(git, new, kept) if kept else new
    if state != old:
        git.move({SYNCED: (state, old)} | ({PENDING: (None, state)} if kept else {}), "worktree")


def hand_edits(git: Plumbing) -> tuple[HandEdit, ...]:
    """Return what editors changed in chapters since the files were brought to ``main``, in the order of paths.

    Raises InputError that names every file which is not an editor's to change, or cannot be read as text.
    """
    _refuse_others(git)
    known = {path: blob for path, blob in git.tree(git.refs().get(SYNCED), CHAPTERS).items() if is_chapter(path)}
    blobs = git.blobs(known.values())
    edits = []
    for path in sorted({*known, *_chapters_on_disk(git)}):
        base = blobs[known[path]] if path in known else None
        found = _read(git, checked_path(path))
        text = None if found is None else normal(found)
        if text != (None if base is None else normal(base)):
            edits.append(HandEdit(path, base, text))
    refuse_unreadable({edit.path: edit.text for edit in edits if edit.text is not None})
    return tuple(edits)


def refuse_unreadable(chapters: Mapping[str, bytes]) -> None:
    """Raise InputError that names every chapter which is not text, or holds the marks of an unfinished merge."""
    problems = [problem for path in sorted(chapters) if (problem := _unreadable(path, chapters[path]))]
    if problems:
        raise InputError(*problems)


def strays(git: Plumbing) -> tuple[str, ...]:
    """Return the files in the folder that no run will ever take up: neither chapters nor known to git."""
    listed = git.ask("ls-files", "--others", "--exclude-standard", "-z").decode("utf-8", "replace").split("\0")
    return tuple(sorted(path for path in listed if path and not is_chapter(path)))


def _is_lost(git: Plumbing, synced: str | None) -> bool:
    """Tell whether the folder of chapters is gone as a whole: nobody's edit, so it is written anew."""
    return not (git.folder / CHAPTERS).is_dir() and any(is_chapter(path) for path in git.tree(synced, CHAPTERS))


def _write_changes(git: Plumbing, old: dict[str, str], new: dict[str, str], merge: MergeText) -> dict[str, str | None]:
    """Write what ``main`` changed, except over hand edits; return the old state of those that met in one place."""
    changed = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    blobs = git.blobs(new[path] for path in changed if path in new)
    unmerged: dict[str, str | None] = {}
    for path in changed:
        found = _read(git, path)
        target = blobs[new[path]] if path in new else None
        if found is not None and found == target:
            continue
        if _state(path, found) in (old.get(path), new.get(path)):
            _write(git, path, target)
        elif is_chapter(path):
            base = git.blobs([old[path]])[old[path]] if path in old else None
            text, conflicts = merge_file(base, found, target, merge)
            if conflicts:
                unmerged[path] = old.get(path)
            elif text != found:
                _write(git, path, text)
    return unmerged


def _state(path: str, found: bytes | None) -> str | None:
    """Return the blob id that the file would have in git, None where it is absent."""
    return None if found is None else blob_id(normal(found) if is_chapter(path) else found)


def _remember(git: Plumbing, new: str, kept: dict[str, str | None]) -> str:
    """Return a state that is ``new`` but for the files whose hand edits still rest on an older one."""
    blobs = git.blobs(blob for blob in kept.values() if blob)
    changes = {path: blobs[blob] if blob else None for path, blob in kept.items()}
    when = git.commit(new).when
    return git.write(NewCommit([new], changes, "worktree", when, git.committer))


def _refuse_unfinished(git: Plumbing) -> None:
    for name in _UNFINISHED:
        if (git.git_folder / name).exists():
            raise InputError(Problem(code="text_git_unfinished", file=str(git.folder), values={"what": name}))
    head = git.ask("symbolic-ref", "--quiet", "HEAD", accepted=(0, 1)).decode("utf-8", "replace").strip()
    if head != MAIN:
        given = head.removeprefix("refs/heads/") or "HEAD"
        raise InputError(Problem(code="text_wrong_branch", file=str(git.folder), values={"given": given}))


def _remove_leftovers(git: Plumbing) -> None:
    """Remove what a git that was killed left: whoever calls us holds the workspace's lock, so none of it is in use."""
    for pattern in _LEFTOVERS:
        for file in git.git_folder.glob(pattern):
            file.unlink(missing_ok=True)


def _refuse_others(git: Plumbing) -> None:
    """Refuse changes to files that the engine writes: the next run would write over them."""
    main = git.refs().get(MAIN)
    if main is None:
        return
    git.ask("update-index", "-q", "--refresh", accepted=(0, 1))
    listed = git.ask("diff-index", "--name-only", "--no-renames", "-z", main).decode("utf-8", "replace").split("\0")
    changed = sorted(path for path in listed if path and not is_chapter(path))
    if changed:
        raise InputError(*(Problem(code="text_not_editable", file=_shown(git, path)) for path in changed))


def _chapters_on_disk(git: Plumbing) -> Iterator[str]:
    folder = git.folder / CHAPTERS
    if folder.is_dir() and not folder.is_symlink():
        for entry in os.scandir(folder):
            if is_chapter(f"{CHAPTERS}{entry.name}"):
                yield f"{CHAPTERS}{entry.name}"


def _unreadable(path: str, text: bytes) -> Problem | None:
    """Return what keeps a chapter from being a text."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return Problem(code="chapter_not_utf8", file=path, line=line)
    if b"\0" in text:
        return Problem(code="chapter_not_utf8", file=path)
    if has_markers(text):
        return Problem(code="chapter_has_markers", file=path)
    return None


def _read(git: Plumbing, path: str) -> bytes | None:
    """Return the file's bytes, None where it is absent; raise InputError for a link or a folder in its place."""
    place = git.folder / path
    for part in (place, *place.parents):
        if part == git.folder:
            break
        if part.is_symlink() or (part == place and part.is_dir()) or (part != place and part.is_file()):
            raise InputError(Problem(code="text_not_a_file", file=_shown(git, path)))
    return place.read_bytes() if place.is_file() else None


def _write(git: Plumbing, path: str, content: bytes | None) -> None:
    """Put the whole file in its place or remove it; what is half-written lies inside ``.git``."""
    place = git.folder / path
    if content is None:
        place.unlink(missing_ok=True)
        return
    beside = git.git_folder / _BESIDE
    with beside.open("wb") as file:
        file.write(content)
        if is_chapter(path):  # a loss of power must not leave an empty chapter, which would read as a hand edit
            file.flush()
            os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(place)


def _shown(git: Plumbing, path: str) -> str:
    return str(Path(git.folder.name) / path)
