"""Remember the checksums of the inbox's files, so that an unchanged one is not read to be known again."""

import json
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any

from forankring.intake.records import SourceFile
from forankring.intake.vault import digest, private_folder
from forankring.workspace import Workspace, write_file

CACHE = "inbox-cache.json"
_VERSION = 2


def digests(workspace: Workspace, files: Iterable[SourceFile]) -> dict[str, str]:
    """Return the sha256 by place; remember it in the private folder by path, size and time."""
    remembered = _load(workspace.private / CACHE)
    fresh: dict[str, list[Any]] = {}
    result: dict[str, str] = {}
    for file in files:
        key = str(file.path.relative_to(workspace.inbox))
        entry = remembered.get(key)
        stamp = [file.size, *file.stamp]
        same = isinstance(entry, list) and entry[:-1] == stamp and isinstance(entry[-1], str)
        sha256 = entry[-1] if entry and same else digest(file)
        result[file.place] = sha256
        if sha256:
            fresh[key] = [*stamp, sha256]
    if fresh != remembered:
        _save(workspace, fresh)
    return result


def forget_digests(workspace: Workspace, gone: Set[str]) -> None:
    """Forget the files with these sha256: they are remembered by their raw names, which may name a person."""
    remembered = _load(workspace.private / CACHE)
    kept = {key: entry for key, entry in remembered.items() if not (isinstance(entry, list) and entry[-1] in gone)}
    if kept != remembered:
        _save(workspace, kept)


def _save(workspace: Workspace, files: dict[str, Any]) -> None:
    private_folder(workspace)
    write_file(workspace.private / CACHE, json.dumps({"version": _VERSION, "files": files}, sort_keys=True).encode())


def _load(cache: Path) -> dict[str, Any]:
    """Return what is remembered; a cache that is missing or damaged is made anew."""
    try:
        data = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    files = data.get("files") if isinstance(data, dict) and data.get("version") == _VERSION else None
    return files if isinstance(files, dict) else {}
