"""Turn results into lines, tables and panels on the terminal, or into one JSON document for a script."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from forankring.errors import Problem
from forankring.language import Locale


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """Where a command speaks: ``out`` is its answer, ``err`` everything else. With ``as_json`` the answer is JSON.

    What comes from files is printed as ``Text``, never as markup: a file name is data.
    """

    locale: Locale
    out: Console
    err: Console
    as_json: bool = False

    @property
    def talk(self) -> Console:
        """Where sentences go: beside the answer, or out of a script's way."""
        return self.err if self.as_json else self.out

    def words(self, key: str, **values: object) -> str:
        """Return the command line's own words at ``key``."""
        return self.locale.label(f"command_line.{key}", **values)

    def say(self, key: str, *, style: str = "", **values: object) -> None:
        """Print one sentence."""
        self.line(self.words(key, **values), style=style)

    def count(self, key: str, n: int, *, style: str = "", **values: object) -> None:
        """Print one sentence about a number of things."""
        self.line(self.locale.count(f"command_line.{key}", n, **values), style=style)

    def line(self, text: str, *, style: str = "") -> None:
        """Print one line of text that is never read as markup and never broken."""
        self.talk.print(Text(text, style=style), soft_wrap=True)

    def path(self, path: Path, note: str = "") -> None:
        """Print a path that a terminal can open."""
        text = Text("  ").append(str(path), style=f"link {path.as_uri()}").append(f"  {note}" if note else "", "dim")
        self.talk.print(text, soft_wrap=True)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table; ``columns`` are keys under ``columns``."""
        table = Table(title=self.words(f"titles.{title}"), title_justify="left", box=box.SIMPLE_HEAD)
        for column in columns:
            table.add_column(self.words(f"columns.{column}"), overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.talk.print(table)

    def problems(self, problems: Iterable[Problem], *, title: str, style: str = "red") -> None:
        """Print a panel that says of every problem what is wrong and how to mend it; red ones stopped the command."""
        parts: list[RenderableType] = []
        for problem in problems:
            what, remedy = self.locale.problem(problem)
            parts += [Text(what, style="bold"), Text(f"  → {remedy}")]
        panel = Panel(Group(*parts), title=self.words(f"titles.{title}"), title_align="left", border_style=style)
        (self.err if style == "red" else self.talk).print(panel)

    def answer(self, data: Mapping[str, Any]) -> None:
        """Print the answer for a script, as JSON."""
        if self.as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n")


def open_screen(locale: Locale, *, as_json: bool = False) -> Screen:
    """Return a screen on this process's standard output and error."""
    return Screen(locale, Console(highlight=False), Console(stderr=True, highlight=False), as_json)


def _plain(value: object) -> object:
    """Turn what the records hold into what JSON can say."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
