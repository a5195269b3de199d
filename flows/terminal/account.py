"""Turn the account of a gathering into a table and bars on the terminal."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from flows.accounts import bar_signs
from flows.terminal.screen import Screen
from forankring.intake import Account
from forankring.intake.account_report import (
    Bar,
    format_bars,
    party_bars,
    table_head,
    table_rows,
    told_below,
    verdict,
)


def say_account(screen: Screen, account: Account) -> None:
    """Show what lies in the inbox, what became of it, and whether the numbers add up."""
    if account.files and not screen.as_json:
        _say_table(screen, account)
        _say_bars(screen, "by_party", party_bars(account, screen.locale))
        _say_bars(screen, "by_format", format_bars(account, screen.locale))
    for sentence in told_below(account, screen.locale):
        screen.line(sentence)
    screen.line(verdict(account, screen.locale), style="green" if account.adds_up else "bold red")


def say_verdict(screen: Screen, account: Account) -> None:
    """Say it where the numbers do not add up; else the account is a matter of its own command."""
    if not account.adds_up:
        screen.line(verdict(account, screen.locale), style="bold red")


def _say_table(screen: Screen, account: Account) -> None:
    table = Table(title=screen.locale.label("account.files"), title_justify="left", box=box.SIMPLE_HEAD)
    for place, name in enumerate(table_head(screen.locale)):
        table.add_column(name, justify="right" if place else "left")
    *rows, bottom = table_rows(account, screen.locale)
    for row in rows:
        table.add_row(*map(Text, row), end_section=row is rows[-1])
    table.add_row(*(Text(cell, style="bold") for cell in bottom))
    screen.talk.print(table)


def _say_bars(screen: Screen, title: str, bars: Sequence[Bar]) -> None:
    table = Table(title=screen.locale.label(f"account.{title}"), title_justify="left", box=None, show_header=False)
    for bar in bars:
        table.add_row(Text(bar.name), Text(bar.shown, justify="right"), Text(bar_signs(bar), style="cyan"))
    screen.talk.print(table)
    screen.line("")
