"""Turn the looks that ship with the engine, and the workspace's own, into records."""

import functools
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.workspace.folder import Workspace, house_templates, read_text
from forankring.workspace.look import Look, parse_look

HOUSE = "house"


def load_look(workspace: Workspace) -> Look:
    """Read the workspace's look.yaml, or the house's where it has none; raise InputError with every mistake in it."""
    if not workspace.look_file.exists():
        return house_look()
    return parse_look(read_text(workspace.look_file, workspace.root))


def look_names() -> tuple[str, ...]:
    """Return the names of the looks that ship with the engine, sorted."""
    return tuple(sorted(folder.name for folder in _shipped().iterdir() if (folder / "look.yaml").is_file()))


def look_text(name: str) -> str:
    """Return the text of a shipped look, with its remarks; raise InputError that lists the names."""
    if name not in look_names():
        values = {"given": name, "allowed": ", ".join(look_names())}
        raise InputError(Problem(code="look_unknown", values=values))
    return read_text(_shipped() / name / "look.yaml", _shipped())


@functools.cache
def house_look() -> Look:
    """Return the look of a strategy that has none of its own."""
    return parse_look(look_text(HOUSE))


def _shipped() -> Path:
    return house_templates() / "looks"
