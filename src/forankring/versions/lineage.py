"""Turn the commits that led to a state of the text into what every chapter was on the way, and who made it so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forankring.versions.names import CHAPTERS, GENERATED, is_chapter
from forankring.versions.plumbing import Plumbing
from forankring.versions.records import Commit, Identity, Version

_FORMAT = "%H%x00%P%x00%s%x00%aI%x00%an%x00%ae"
_FIELDS = 6
_FOLDER = CHAPTERS.rstrip("/")


@dataclass(frozen=True, slots=True)
class Step:
    """One commit and the chapters (blob ids) that it left.

    ``base`` is the commit that it went on from in the text itself, empty at the start; ``merged`` are those that it
    took in; ``template`` is the one of them, in this merge or before, that the templates wrote last.
    """

    commit: Commit
    base: str
    merged: tuple[str, ...]
    template: str
    generated: bool
    chapters: Mapping[str, str] = field(repr=False)

    @property
    def others(self) -> tuple[str, ...]:
        """The commits besides the base that words could come from."""
        return (*self.merged, *({self.template} - {"", *self.merged}))


@dataclass(frozen=True, slots=True)
class Edit:
    """One chapter before and after a commit: the ids of its blobs, empty where there was or is none."""

    commit: Commit
    generated: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """All commits that led to a state of the text, parents before children.

    ``since`` names for a commit the first version that holds it; those that no version holds yet are missing.
    """

    tip: str
    steps: Mapping[str, Step] = field(repr=False)
    since: Mapping[str, str] = field(repr=False)

    def line(self) -> Iterator[Step]:
        """Yield the commits of the text itself, the newest first, without those that it took in."""
        step = self.steps.get(self.tip)
        while step:
            yield step
            step = self.steps.get(step.base)

    def changed(self, step: Step) -> tuple[str, ...]:
        """Return the chapters that a commit changed in the text."""
        before = self.steps[step.base].chapters if step.base else {}
        paths = sorted({*before, *step.chapters})
        return tuple(path for path in paths if before.get(path) != step.chapters.get(path))

    def edits(self, known: Collection[str]) -> tuple[Edit, ...]:
        """Return what people and the templates changed, in whatever branch, the last first; without the commits that
        are known."""
        steps = sorted(self.steps.values(), key=lambda step: step.commit.when, reverse=True)
        return tuple(
            Edit(step.commit, step.generated, before.get(path, ""), step.chapters.get(path, ""))
            for step in steps
            if step.commit.sha not in known and not step.merged
            for before in [self.steps[step.base].chapters if step.base else {}]
            for path in self.changed(step)
        )

    def paths(self) -> tuple[str, ...]:
        """Return the chapters that there ever were."""
        return tuple(sorted({path for step in self.steps.values() for path in step.chapters}))


def read_lineage(git: Plumbing, tip: str, versions: Sequence[Version]) -> Lineage:
    """Return what led to a commit, by a few git commands however many commits there are."""
    commits = list(_commits(git, tip))
    trees = _trees(git, [commit.sha for commit, _ in commits])
    chapters = _chapters(git, {tree for tree in trees.values() if tree})
    generated = _generated(git)
    steps: dict[str, Step] = {}
    for commit, parents in commits:
        base, merged = _parted(commit.sha, parents, generated)
        steps[commit.sha] = Step(
            commit=commit,
            base=base,
            merged=merged,
            template=next((sha for sha in merged if sha in generated), steps[base].template if base else ""),
            generated=commit.sha in generated,
            chapters=chapters.get(trees[commit.sha], {}),
        )
    return Lineage(tip, steps, _since(steps, versions))


def _commits(git: Plumbing, tip: str) -> Iterator[tuple[Commit, tuple[str, ...]]]:
    out = git.ask("log", "-z", "--no-show-signature", "--topo-order", "--reverse", f"--format={_FORMAT}", tip, "--")
    fields = out.decode("utf-8", "replace").split("\0")
    for at in range(0, len(fields) - _FIELDS + 1, _FIELDS):
        sha, parents, subject, when, name, email = fields[at : at + _FIELDS]
        yield Commit(sha, subject, datetime.fromisoformat(when), Identity(name, email)), tuple(parents.split())


def _trees(git: Plumbing, commits: Sequence[str]) -> dict[str, str]:
    """Return the tree of chapters of each commit, empty where it has none."""
    asked = "".join(f"{sha}:{_FOLDER}\n" for sha in commits).encode()
    said = git.ask("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=asked).decode().splitlines()
    found = (line.split(" ") for line in said)
    return {sha: name if kind == "tree" else "" for sha, (name, kind) in zip(commits, found, strict=True)}


def _chapters(git: Plumbing, trees: set[str]) -> dict[str, dict[str, str]]:
    """Return ``{path: blob id}`` of the chapters of each tree."""
    return {tree: dict(_entries(content)) for tree, content in git.blobs(trees).items()}


def _entries(tree: bytes) -> Iterator[tuple[str, str]]:
    """Yield the plain files of a tree as git stores it: mode, name and the twenty bytes of an id."""
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 21
        path = CHAPTERS + name.decode("utf-8", "surrogateescape")
        if mode.startswith(b"100") and is_chapter(path):
            yield path, tree[end + 1 : at].hex()


def _generated(git: Plumbing) -> frozenset[str]:
    refs = git.refs()
    return frozenset(git.ask("rev-list", refs[GENERATED]).decode().split()) if GENERATED in refs else frozenset()


def _parted(sha: str, parents: tuple[str, ...], generated: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return what a commit went on from and what it took in; a text may begin with what the templates wrote."""
    if sha not in generated and parents[:1] and parents[0] in generated:
        return "", parents
    return parents[0] if parents else "", parents[1:]


def _since(steps: Mapping[str, Step], versions: Sequence[Version]) -> dict[str, str]:
    """Return which version was the first that holds a commit."""
    since: dict[str, str] = {}
    for version in versions:
        waiting = [version.commit]
        while waiting:
            sha = waiting.pop()
            if sha in steps and sha not in since:
                since[sha] = version.name
                waiting += filter(None, (steps[sha].base, *steps[sha].merged))
    return since
