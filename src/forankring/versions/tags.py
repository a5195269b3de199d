"""Turn built versions into annotated tags that carry their editions' sha256, and back."""

import re
from collections.abc import Sequence
from datetime import datetime

from forankring.errors import InputError, Problem
from forankring.versions.names import is_version
from forankring.versions.plumbing import Plumbing, stamp
from forankring.versions.records import EditionHash, Version

_FOLDER = "refs/tags/"
_FORMAT = "%(refname)%00%(objecttype)%00%(*objecttype)%00%(*objectname)%00%(taggerdate:iso-strict)%00%(contents)%00%01"
_COUNT = "Editions: "
_EDITION = re.compile(r"Edition: (?P<sha256>[0-9a-f]{64}) (?P<size>[0-9]+) (?P<name>\S.*)")
_EDITION_NAME = re.compile(r"[^\s/\\\x00-\x1f-][^/\\\x00-\x1f\x7f]*")


def read_versions(git: Plumbing) -> tuple[Version, ...]:
    """Return all versions, oldest first; tags that are not ours are passed over."""
    out = git.ask("for-each-ref", f"--format={_FORMAT}", _FOLDER).decode("utf-8", "replace")
    found = [_version(entry.lstrip("\n").split("\0")) for entry in out.split("\x01")[:-1]]
    return tuple(sorted((version for version in found if version), key=lambda version: version.number))


def next_name(git: Plumbing) -> str:
    """Return the name of the next version; one that any tag holds already is never given again."""
    names = (name.removeprefix(_FOLDER) for name in git.refs() if name.startswith(_FOLDER))
    return f"v{max((int(name[1:]) for name in names if is_version(name)), default=0) + 1}"


def write_version(git: Plumbing, new: Version) -> None:
    """Set the tag; raise InputError where the name is taken."""
    if not is_version(new.name) or not all(_EDITION_NAME.fullmatch(item.name) for item in new.editions):
        raise InputError(Problem(code="version_name", values={"given": ascii(new.name)[1:-1]}))
    ref = f"{_FOLDER}{new.name}"
    if ref in git.refs():
        raise InputError(Problem(code="version_taken", values={"given": new.name}))
    head = [f"object {new.commit}", "type commit", f"tag {new.name}", f"tagger {stamp(git.committer, new.when)}"]
    body = [new.message.replace("\0", "").strip(), "", *_trailer(new.editions)]
    text = "\n".join([*head, "", *body]) + "\n"
    tag = git.ask("mktag", stdin=text.encode()).decode().strip()
    git.move({ref: (tag, None)}, "version")


def unknown_version(name: str, existing: Sequence[Version]) -> InputError:
    """Return the error that says which versions there are."""
    listed = ", ".join(version.name for version in existing) or "–"
    return InputError(Problem(code="version_unknown", values={"given": ascii(name)[1:-1], "existing": listed}))


def _version(fields: Sequence[str]) -> Version | None:
    ref, kind, target, commit, when, contents = fields[:6]
    name = ref.removeprefix(_FOLDER)
    if kind != "tag" or target != "commit" or not is_version(name):
        return None
    message, editions = _parsed(contents)
    return Version(
        name=name,
        number=int(name[1:]),
        commit=commit,
        when=datetime.fromisoformat(when),
        message=message,
        editions=editions,
    )


def _trailer(editions: Sequence[EditionHash]) -> list[str]:
    """Return the machine's lines: their number first, so that nothing in the human text can pass for them."""
    return [f"{_COUNT}{len(editions)}", *(f"Edition: {item.sha256} {item.size} {item.name}" for item in editions)]


def _parsed(contents: str) -> tuple[str, tuple[EditionHash, ...]]:
    message, _, block = contents.rstrip("\n").rpartition("\n\n")
    lines = block.split("\n")
    if not lines[0].startswith(_COUNT):
        return contents.strip(), ()
    found = [match for line in lines[1:] if (match := _EDITION.fullmatch(line))]
    return message.strip(), tuple(EditionHash(item["name"], item["sha256"], int(item["size"])) for item in found)
