"""Turn ``{path: bytes}`` into the text's history, branch by branch, and give it back at any point of it.

A method that changes something first finishes what a killed run left, moves branches next and files last: a kill at
any moment is finished by the next call, and with the same clock the commits are the same.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.versions import tags, worktree
from forankring.versions.conflicts import (
    FILE,
    Register,
    dump_register,
    find,
    load_register,
    still_open,
    with_conflicts,
    without,
)
from forankring.versions.driver import forget_met, met_in_git
from forankring.versions.lineage import Lineage, read_lineage
from forankring.versions.merging import MergedFiles, merge_files, normal
from forankring.versions.names import CHAPTERS, GENERATED, MAIN, checked_path, is_chapter
from forankring.versions.opening import open_plumbing
from forankring.versions.plumbing import PENDING, NewCommit, Plumbing, blob_id
from forankring.versions.prose import MergeText, Prose
from forankring.versions.records import WHOLE, Commit, Conflict, EditionHash, Identity, MergeOutcome, Version
from forankring.workspace import writing

PORTION = 1_000

Derive = Callable[[dict[str, bytes]], Mapping[str, bytes]]
"""Return further files for the commit, computed from the merged chapters."""


Inspect = Callable[[Mapping[str, bytes]], None]
"""Raise InputError where one of these chapters must not be stored."""

Message = Callable[[dict[str, bytes]], str]
"""Return the message of a merge, computed from the merged chapters."""


def open_text(folder: Path, secretariat: Identity, locale: Locale) -> "TextRepository":
    """Return the text repository in ``folder``, made on first use; the engine's commits are by ``secretariat``, and
    ``locale`` says where the text's sentences end.

    Whoever changes something through it holds the workspace's lock. Raises InputError where the folder holds
    something else, cannot be written, or the repository is broken.
    """
    return TextRepository(open_plumbing(folder, secretariat, locale.key), Prose(locale))


def nothing_further(chapters: dict[str, bytes]) -> Mapping[str, bytes]:
    """Derive nothing from the merged chapters."""
    return {}


def nothing_against(chapters: Mapping[str, bytes]) -> None:
    """Let every chapter pass."""


@dataclass(frozen=True, slots=True)
class TextRepository:
    """The history of one text: branches ``main`` and ``generated``, versions, open conflicts, and files to edit."""

    _git: Plumbing
    _prose: Prose

    # Reading

    def has(self, ref: str) -> bool:
        """Tell whether there is such a branch, version or commit."""
        try:
            return self._git.find(ref) is not None
        except InputError:
            return False

    def files(self, ref: str, prefix: str = "") -> dict[str, bytes]:
        """Return ``{path: bytes}`` of a branch, version or commit, sorted; raise InputError where there is none."""
        tree = self._git.tree(self._git.resolve(ref))
        return self._git.contents({path: blob for path, blob in tree.items() if path.startswith(prefix)})

    def portions(self, ref: str, prefix: str = "") -> Iterator[dict[str, bytes]]:
        """Yield the same some files at a time: all at once may be a hundred megabytes."""
        tree = self._git.tree(self._git.resolve(ref), prefix)
        paths = sorted(tree)
        for start in range(0, len(paths), PORTION):
            yield self._git.contents({path: tree[path] for path in paths[start : start + PORTION]})

    def changed(self, older: str, ref: str, prefix: str = "") -> dict[str, bytes]:
        """Return those files of a branch or version that an older one does not have so; all where that is empty."""
        before = self._git.tree(self._git.resolve(older), prefix) if older else {}
        now = self._git.tree(self._git.resolve(ref), prefix)
        return self._git.contents({path: blob for path, blob in now.items() if before.get(path) != blob})

    def commit(self, ref: str = "main") -> Commit | None:
        """Return the commit that a branch, version or commit id names; None where there is none yet."""
        found = self._git.find(ref)
        return self._git.commit(found) if found else None

    def commits_between(self, older: str, newer: str = "main") -> tuple[Commit, ...]:
        """Return what led from one state to another, oldest first; all from the start where ``older`` is empty."""
        end = self._git.resolve(newer)
        span = (end, f"^{self._git.resolve(older)}") if older else (end,)
        return self._git.log("--first-parent", "--reverse", *span)

    def lineage(self, ref: str = "main") -> Lineage:
        """Return what led to a branch, version or commit; raise InputError where there is none."""
        return read_lineage(self._git, self._git.resolve(ref), self.versions())

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return ``{blob id: bytes}`` of what a lineage names."""
        return self._git.blobs(blobs)

    def ancestors(self, ref: str) -> frozenset[str]:
        """Return the ids of a branch, version or commit and of everything that led to it."""
        return frozenset(self._git.ask("rev-list", self._git.resolve(ref)).decode().split())

    def open_conflicts(self) -> tuple[Conflict, ...]:
        """Return what met on ``main`` and nobody has decided or looked at, in the order of the numbers."""
        main = self._main()
        return self._open(main, self._chapters(main), ())[0].open

    def strays(self) -> tuple[str, ...]:
        """Return the files in the folder that no run takes up, so that nobody waits for them to appear."""
        return worktree.strays(self._git)

    # Writing

    def collect_edits(self, when: datetime, message: str = "", inspect: Inspect = nothing_against) -> Commit | None:
        """Commit what editors changed in chapters by hand, in their own name; None where nothing changed.

        Without a message the paths are the subject. Raises InputError where git does not know who the editor is, or
        where a file was changed that is not an editor's, and whatever ``inspect`` raises before anything is stored.
        """
        with self._changing():
            edits = worktree.hand_edits(self._git)
            if not edits:
                return None
            inspect({edit.path: edit.text for edit in edits if edit.text is not None})
            author = self.editor(edits[0].path)
            main = self._main()
            changes, _ = self._with_conflicts(main, _with_edits(self._chapters(main), edits, self._prose.merge))
            paths = [edit.path for edit in edits]
            text = "\n".join([message or ", ".join(paths), "", *paths])
            return self._written(main, NewCommit([main] if main else [], changes, text, when, author))

    def record(
        self, files: Mapping[str, bytes], message: str, when: datetime, author: Identity | None = None
    ) -> Commit | None:
        """Add or replace these files on ``main``, the others stay; None where nothing changes."""
        with self._changing():
            changes = {checked_path(path): files[path] for path in sorted(files)}
            main = self._main()
            author = author or self._git.committer
            return self._commit(MAIN, main, NewCommit([main] if main else [], changes, message, when, author))

    def record_generated(self, files: Mapping[str, bytes], message: str, when: datetime) -> Commit | None:
        """Make these files the whole content of ``generated``; None where it is that already."""
        with self._changing():
            tip = self._git.refs().get(GENERATED)
            gone: dict[str, bytes | None] = dict.fromkeys(self._git.tree(tip))
            changes = gone | {checked_path(path): files[path] for path in sorted(files)}
            new = NewCommit([tip] if tip else [], changes, message, when, self._git.committer)
            return self._commit(GENERATED, tip, new)

    def merge_generated(self, message: str | Message, when: datetime, derive: Derive = nothing_further) -> MergeOutcome:
        """Merge the chapters of ``generated`` into ``main``; where both changed one place, the human's text stays.

        ``derive`` gets the merged chapters; what it returns is part of the same commit. Where ``generated`` is merged
        already there is no merge commit, only an ordinary one if what is derived has changed. The message may be a
        function of the merged chapters too: only then is it known which have changed. Raises InputError for chapters
        that an editor committed and that are no text.
        """
        with self._changing():
            main, generated = self._main(), self._git.refs().get(GENERATED)
            base = self._merge_base(main, generated)
            ours = self._chapters(main)
            worktree.refuse_unreadable(ours)  # an editor's own commit passed by ``collect_edits``
            merged = merge_files(self._chapters(base), ours, self._chapters(generated), self._prose.merge)
            if base == generated:
                merged = MergedFiles(ours, ())
            merged = _from(merged, main, generated)
            changes, found = self._with_conflicts(main, merged)
            derived = derive(dict(merged.files))
            told = message if isinstance(message, str) else message(dict(merged.files))
            changes |= {checked_path(path): derived[path] for path in sorted(derived)}
            parents = [main] if base == generated else [main, generated]
            new = NewCommit([sha for sha in parents if sha], changes, told, when, self._git.committer)
            return MergeOutcome(self._written(main, new), found)

    def conflict(self, number: int) -> Conflict:
        """Return one open conflict; raise InputError that lists those there are."""
        main = self._main()
        return find(self._open(main, self._chapters(main), ())[0], number)

    def editor(self, path: str) -> Identity:
        """Return who the user's git says they are; raise InputError that names ``path`` where it does not know."""
        found = self._git.editor()
        if found is None:
            raise InputError(Problem(code="no_git_identity", file=path))
        return found

    def decide(self, number: int, put: str | None, message: str, when: datetime, author: Identity) -> Commit | None:
        """Put this Markdown in the place of a conflict (None: what stands there is right), and close it.

        For a whole chapter ``put`` is the chapter, empty to delete it. Raises InputError for a number that is not open.
        """
        with self._changing():
            main = self._main()
            chapters = self._chapters(main)
            register, _ = self._open(main, chapters, ())
            conflict = find(register, number)
            if put is not None:
                chapters = self._with_decision(chapters, conflict, put)
            changes: dict[str, bytes | None] = dict.fromkeys(self._chapters(main))
            changes |= chapters
            changes[FILE] = dump_register(without(register, [number]))
            return self._written(main, NewCommit([main] if main else [], changes, message, when, author))

    # Versions

    def versions(self) -> tuple[Version, ...]:
        """Return all versions, oldest first."""
        return tags.read_versions(self._git)

    def latest(self) -> Version | None:
        """Return the newest version."""
        return next(reversed(self.versions()), None)

    def version(self, name: str) -> Version:
        """Return one version; raise InputError that lists those there are."""
        existing = self.versions()
        found = next((version for version in existing if version.name == name), None)
        if found is None:
            raise tags.unknown_version(name, existing)
        return found

    def next_name(self) -> str:
        """Return the name that the next version gets."""
        return tags.next_name(self._git)

    def needs_version(self) -> bool:
        """Tell whether ``main`` holds something that no version holds yet."""
        main, latest = self._main(), self.latest()
        if main is None:
            return False
        return latest is None or self._git.tree(main) != self._git.tree(latest.commit)

    def tag(
        self, name: str, editions: Sequence[EditionHash], message: str, when: datetime, commit: str = "main"
    ) -> Version:
        """Set a version on ``commit``, with the sha256 of its editions; a name is given once."""
        new = Version(
            name=name,
            number=int(name[1:]) if name[1:].isdecimal() else 0,
            commit=self._git.resolve(commit),
            when=when,
            message=message.strip(),
            editions=tuple(editions),
        )
        with writing(self._git.folder):
            tags.write_version(self._git, new)
        return new

    # Steps

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Finish what a killed run left, let ``main`` change, then bring the files to it."""
        with writing(self._git.folder):
            worktree.settle(self._git, self._prose.merge)
            yield
            worktree.settle(self._git, self._prose.merge)

    def _commit(self, branch: str, tip: str | None, new: NewCommit) -> Commit | None:
        """Write what really differs from the first parent and move the branch there; None where nothing differs."""
        held = self._git.tree(new.parents[0] if new.parents else None)
        real = {path: data for path, data in new.changes.items() if _id(data) != held.get(path)}
        if not real and list(new.parents) in ([], [tip]):
            return None
        sha = self._git.write(replace(new, changes=real))
        self._git.move({branch: (sha, tip), PENDING: (None, sha)}, branch)
        return self._git.commit(sha)

    def _written(self, main: str | None, new: NewCommit) -> Commit | None:
        """Commit to ``main`` what conflicts.json is part of."""
        commit = self._commit(MAIN, main, new)
        forget_met(self._git, main)
        return commit

    def _with_conflicts(
        self, main: str | None, merged: MergedFiles
    ) -> tuple[dict[str, bytes | None], tuple[Conflict, ...]]:
        """Return the changes that a merge makes on ``main``, conflicts.json with them, and the new conflicts."""
        after, added = self._open(main, merged.files, merged.conflicts)
        changes: dict[str, bytes | None] = dict.fromkeys(self._chapters(main))
        changes |= merged.files
        if after != self._register(main):
            changes[FILE] = dump_register(after)
        return changes, added

    def _open(
        self, main: str | None, chapters: Mapping[str, bytes], found: Sequence[Conflict]
    ) -> tuple[Register, tuple[Conflict, ...]]:
        """Return what is open in these chapters, with what was found now and what an editor's own merges found."""
        met = met_in_git(self._git, main)
        before, _ = with_conflicts(self._register(main), met)
        return with_conflicts(still_open(before, chapters, self._prose), found)

    def _with_decision(self, chapters: Mapping[str, bytes], conflict: Conflict, put: str) -> dict[str, bytes]:
        others = {path: data for path, data in chapters.items() if path != conflict.path}
        if conflict.level == WHOLE:
            return others | ({conflict.path: normal(put.encode())} if put.strip() else {})
        done = self._prose.decided(chapters[conflict.path].decode(), conflict, put)
        return others | {conflict.path: done.encode()}

    def _main(self) -> str | None:
        return self._git.refs().get(MAIN)

    def _merge_base(self, main: str | None, generated: str | None) -> str | None:
        """Return the commit of ``generated`` that was merged last; None before the first merge."""
        if main is None or generated is None:
            return None
        return self._git.ask("merge-base", main, generated, accepted=(0, 1)).decode().strip() or None

    def _chapters(self, commit: str | None) -> dict[str, bytes]:
        found = self._git.contents(self._git.tree(commit, CHAPTERS))
        return {path: data for path, data in found.items() if is_chapter(path)}

    def _register(self, main: str | None) -> Register:
        return load_register(self._git.contents(self._git.tree(main, FILE)).get(FILE))


def _from(merged: MergedFiles, ours: str | None, theirs: str | None) -> MergedFiles:
    """Return the merge with the commits that its two sides came from in its conflicts."""
    told = (replace(conflict, editor=ours or "", proposal=theirs or "") for conflict in merged.conflicts)
    return MergedFiles(merged.files, tuple(told))


def _with_edits(chapters: Mapping[str, bytes], edits: Sequence[worktree.HandEdit], merge: MergeText) -> MergedFiles:
    """Put hand edits into the chapters; one that rests on an older state is merged with what came since."""
    base, ours, theirs = {}, {}, {}
    for edit in edits:
        if edit.base is not None:
            base[edit.path] = edit.base
        if edit.text is not None:
            ours[edit.path] = edit.text
        if edit.path in chapters:
            theirs[edit.path] = chapters[edit.path]
    merged = merge_files(base, ours, theirs, merge)
    edited = {edit.path for edit in edits}
    untouched = {path: text for path, text in chapters.items() if path not in edited}
    return MergedFiles(untouched | dict(merged.files), merged.conflicts)


def _id(content: bytes | None) -> str | None:
    return None if content is None else blob_id(content)
