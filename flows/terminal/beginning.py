"""Turn an empty folder into a workspace: a commented strategy.yaml, a catalogue and an inbox."""

import shlex
import shutil
import sys
from importlib import resources
from pathlib import Path

from flows.terminal.failures import Exit
from flows.terminal.session import Session
from forankring.errors import InputError, Problem
from forankring.language import Locale, slug
from forankring.workspace import look_text, parse_strategy, reference_strategy, write_files

_SHIPPED = ("strategy.yaml", "catalogue", "inbox", "README.md")


def new(session: Session, folder: Path, *, example: bool, look: str) -> int:
    """Make the workspace and say what to do next."""
    target = folder.expanduser().resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(Problem(code="folder_taken", file=str(target)))
    chosen = {"look.yaml": look_text(look).encode()} if look else {}
    if example:
        _copy_reference(target)
    else:
        write_files(target, skeleton(target.name, session.screen.locale))
    write_files(target, chosen)
    session.screen.say("created", style="bold green")
    session.screen.path(target / "strategy.yaml")
    program = "forankring" if shutil.which("forankring") else shlex.quote(sys.argv[0])
    session.screen.say("created_next", program=program, folder=shlex.quote(str(folder)))
    session.screen.answer({"workspace": str(target)})
    return Exit.DONE


def skeleton(name: str, locale: Locale) -> dict[str, bytes]:
    """Return the files of a new workspace in the locale's words, with a folder in the inbox for each party."""
    shipped = resources.files("flows.terminal") / "skeleton" / locale.key
    text = (shipped / "strategy.yaml").read_text(encoding="utf-8").replace("KEY", slug(name) or "strategi")
    strategy = parse_strategy(text)
    folders = [f"inbox/{item.key}/{party.key}/.gitkeep" for item in strategy.rounds for party in strategy.parties]
    known = sorted((reference_strategy() / "catalogue").glob("*.yaml"))
    return {
        "strategy.yaml": text.encode(),
        "README.md": (shipped / "README.md").read_bytes(),
        **dict.fromkeys(folders, b""),
        **{f"catalogue/{file.name}": file.read_bytes() for file in known},
    }


def _copy_reference(target: Path) -> None:
    source = reference_strategy()
    target.mkdir(parents=True, exist_ok=True)
    for name in _SHIPPED:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).is_file():
            shutil.copyfile(source / name, target / name)
