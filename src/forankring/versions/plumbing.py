"""Turn git's objects and refs into plain values and back."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.versions.command import bare, environment, execute, failed
from forankring.versions.names import full_ref, unknown_ref
from forankring.versions.records import Commit, Identity

PENDING = "refs/forankring/pending"
ABSENT = "0" * 40
AT_ONCE = 1_000

_LOG_FORMAT = "%H%x00%s%x00%aI%x00%an%x00%ae"


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be written: its parents, first one first, and what differs from that one (None: removed)."""

    parents: Sequence[str]
    changes: Mapping[str, bytes | None]
    message: str
    when: datetime
    author: Identity


@dataclass(frozen=True, slots=True)
class Plumbing:
    """One repository's objects and refs. ``folder`` is the working tree; commits are by ``committer``."""

    folder: Path
    committer: Identity
    git_folder: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "git_folder", self.folder / ".git")

    def ask(
        self, *arguments: str, stdin: bytes = b"", accepted: Sequence[int] = (0,), git_folder: Path | None = None
    ) -> bytes:
        """Run one git command and return its output; raise where its exit code is not among those accepted."""
        env = environment(git_folder or self.git_folder, self.folder, self.committer)
        status, out, err = execute(self.folder, arguments, env, stdin)
        if status not in accepted:
            raise failed(self.folder, status, err)
        return out

    def editor(self) -> Identity | None:
        """Return who the user's own git configuration says they are; None where it does not say."""
        env = {"GIT_DIR": str(self.git_folder), "GIT_WORK_TREE": str(self.folder)}
        status, out, _ = execute(self.folder, ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"], env)
        name, _, rest = out.decode("utf-8", "replace").partition(" <")
        return Identity(name, rest.partition(">")[0]) if status == 0 and name else None

    def refs(self) -> dict[str, str]:
        """Return every ref with the object it names."""
        lines = self.ask("for-each-ref", "--format=%(objectname) %(refname)").decode().splitlines()
        return {name: sha for sha, _, name in (line.partition(" ") for line in lines)}

    def find(self, name: str) -> str | None:
        """Return the commit that a branch, version or commit id names; None where there is none."""
        wanted = f"{full_ref(name)}^{{commit}}"
        return self.ask("rev-parse", "--verify", "--quiet", wanted, accepted=(0, 1, 128)).decode().strip() or None

    def resolve(self, name: str) -> str:
        """Return the commit that a name stands for; raise InputError where there is none."""
        found = self.find(name)
        if found is None:
            raise unknown_ref(name)
        return found

    def move(self, moves: Mapping[str, tuple[str | None, str | None]], reason: str) -> None:
        """Move refs ``{name: (new, old)}`` all at once, or none where one no longer stands at its old place."""
        lines = [f"update {name}\0{new or ABSENT}\0{old or ABSENT}\0" for name, (new, old) in sorted(moves.items())]
        self.ask("update-ref", "--create-reflog", "-m", reason, "-z", "--stdin", stdin="".join(lines).encode())

    def tree(self, commit: str | None, folder: str = "") -> dict[str, str]:
        """Return ``{path: blob id}`` of the plain files of a commit, or of one folder (``chapters/``) of it.

        Symbolic links and submodules are passed over; so is a commit of None, which has no files.
        """
        if commit is None:
            return {}
        within = ("--", folder) if folder else ()
        entries = self.ask("ls-tree", "-r", "-z", "--full-tree", commit, *within).decode("utf-8", "surrogateescape")
        found: dict[str, str] = {}
        for entry in filter(None, entries.split("\0")):
            about, _, path = entry.partition("\t")
            mode, _, blob = about.split(" ")
            if mode.startswith("100"):
                found[path] = blob
        return found

    def blobs(self, wanted: Iterable[str]) -> dict[str, bytes]:
        """Return ``{blob id: content}``, a thousand by one process: its whole output is in memory at once."""
        names = sorted(set(wanted))
        found: dict[str, bytes] = {}
        for start in range(0, len(names), AT_ONCE):
            found |= self._blobs(names[start : start + AT_ONCE])
        return found

    def _blobs(self, names: Sequence[str]) -> dict[str, bytes]:
        out = self.ask("cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
        found: dict[str, bytes] = {}
        at = 0
        for name in names:
            end = out.index(b"\n", at)
            about = out[at:end].split(b" ")
            if about[-1] == b"missing":
                raise InputError(Problem(code="text_broken", file=str(self.folder), values={"cause": name}))
            start, size = end + 1, int(about[2])
            found[name] = out[start : start + size]
            at = start + size + 1
        return found

    def contents(self, tree: Mapping[str, str]) -> dict[str, bytes]:
        """Return ``{path: bytes}`` for ``{path: blob id}``, sorted by path."""
        blobs = self.blobs(tree.values())
        return {path: blobs[tree[path]] for path in sorted(tree)}

    def write(self, new: NewCommit) -> str:
        """Write one commit and all its files by one process and return its id; no branch moves.

        The same parents, content, message, time and author give the same id.
        """
        out = self.ask("fast-import", "--quiet", "--force", "--done", stdin=_stream(new, self.committer))
        return out.decode().strip()

    def log(self, *selection: str) -> tuple[Commit, ...]:
        """Return the commits of a selection in git's own notation (checked by the caller), newest first."""
        out = self.ask("log", "-z", "--no-show-signature", f"--format={_LOG_FORMAT}", *selection, "--")
        fields = out.decode("utf-8", "replace").split("\0")
        return tuple(_commit(fields[at : at + 5]) for at in range(0, len(fields) - 4, 5))

    def commit(self, sha: str) -> Commit:
        """Return one commit."""
        return self.log("-1", sha)[0]


def blob_id(data: bytes) -> str:
    """Return the id that git gives to this content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def stamp(identity: Identity, when: datetime) -> str:
    """Return name, address, seconds and offset as git's objects hold them; ``when`` must know its zone."""
    if when.tzinfo is None:
        raise ValueError("a commit's time needs a zone")
    name, email = (bare(part) for part in (identity.name, identity.email))
    return f"{name} <{email}> {int(when.timestamp())} {when:%z}"


def _stream(new: NewCommit, committer: Identity) -> bytes:
    """Return the commit in the language of ``git fast-import``; its id comes back through ``get-mark``."""
    parents = [f"{word} {sha}" for word, sha in zip(["from", *["merge"] * len(new.parents)], new.parents, strict=False)]
    parts = [
        f"commit {PENDING}\nmark :1\nauthor {stamp(new.author, new.when)}\n".encode(),
        f"committer {stamp(committer, new.when)}\n".encode(),
        _data(new.message.replace("\0", "").strip().encode() + b"\n"),
        "".join(f"{line}\n" for line in parents).encode(),
    ]
    for path in sorted(new.changes):
        content = new.changes[path]
        name = _quoted(path)
        parts.append(b"D " + name + b"\n" if content is None else b"M 100644 inline " + name + b"\n" + _data(content))
    return b"".join([*parts, b"\nget-mark :1\ndone\n"])


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")


def _commit(fields: Sequence[str]) -> Commit:
    sha, subject, when, name, email = fields
    return Commit(sha.strip(), subject, datetime.fromisoformat(when), Identity(name, email))
