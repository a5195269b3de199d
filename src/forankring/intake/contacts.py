"""Keep contact data apart from everything that enters git: one private file, keyed by the sha256 of the original."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from forankring.intake.vault import private_folder
from forankring.workspace import Workspace, write_file

FILE = "contacts.json"


def contacts_file(workspace: Workspace) -> Path:
    """Return the private file of contact data."""
    return workspace.private / FILE


def keep_contacts(workspace: Workspace, found: Mapping[str, Mapping[str, Any]]) -> None:
    """Add ``{sha256: contact data}`` to the private file; runs side by side wait for each other."""
    if not found:
        return
    target = contacts_file(workspace)
    private_folder(workspace)
    with FileLock(target.with_suffix(".lock")):
        known = load_contacts(workspace)
        merged = {**known, **{key: dict(value) for key, value in found.items()}}
        if merged != known:
            _write(target, merged)


def drop_contacts(workspace: Workspace, gone: Iterable[str]) -> None:
    """Erase the contact data of these originals (by sha256)."""
    target = contacts_file(workspace)
    private_folder(workspace)
    with FileLock(target.with_suffix(".lock")):
        known = load_contacts(workspace)
        kept = {key: value for key, value in known.items() if key not in set(gone)}
        if kept != known:
            _write(target, kept)


def load_contacts(workspace: Workspace) -> dict[str, Any]:
    """Return all contact data; a workspace without any has none."""
    target = contacts_file(workspace)
    if not target.exists():
        return {}
    loaded: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return loaded


def _write(target: Path, contacts: Mapping[str, Any]) -> None:
    text = json.dumps(contacts, ensure_ascii=False, indent=1, sort_keys=True)
    write_file(target, (text + "\n").encode())
    target.chmod(0o600)
