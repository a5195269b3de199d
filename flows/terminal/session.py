"""Turn the common options of a command line into the workspace, the locale and the screen that a command works with."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.terminal.screen import Screen
from flows.terminal.usage import option_value
from forankring.errors import InputError, Problem
from forankring.language import Locale, load_locale, locale_names

REFERENCE = Path("drafts/strategi-2024")
_LOCALE_LINE = re.compile(r"^locale:\s*[\"']?([a-z]{2,3})", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the common options say."""

    screen: Screen
    folder: Path | None
    strict: bool
    verbose: bool

    @property
    def root(self) -> Path:
        """The workspace's folder; raises InputError where there is none to be found."""
        found = self.folder or nearest_workspace(Path.cwd())
        if found is None:
            raise InputError(Problem(code="no_workspace", file=str(Path.cwd())))
        return found


def nearest_workspace(start: Path) -> Path | None:
    """Return the nearest folder upwards with a strategy.yaml, else the reference strategy of a checkout."""
    for folder in (start, *start.parents, start / REFERENCE):
        if (folder / "strategy.yaml").is_file():
            return folder
    return None


def choose_locale(arguments: Sequence[str]) -> Locale:
    """Return the locale of the command line: the environment's, else the workspace's, else Danish.

    Read before anything is checked, so that even a broken strategy.yaml is complained about in its own language.
    """
    asked = os.environ.get("FORANKRING_LOCALE", "")
    if asked in locale_names():
        return load_locale(asked)
    given = option_value(arguments, "--workspace")
    folder = Path(given) if given else nearest_workspace(Path.cwd())
    return load_locale(_named_in(folder / "strategy.yaml") if folder else "da")


def _named_in(file: Path) -> str:
    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError:  # said by whoever needs the file
        return "da"
    found = _LOCALE_LINE.search(text)
    return found[1] if found and found[1] in locale_names() else "da"
