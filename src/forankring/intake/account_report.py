"""Turn the account of a gathering into its report: ``gather.json`` for programs, ``gather.html`` for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from forankring.intake.accounting import COLUMNS, Account, Row, account_data
from forankring.intake.pages import page_environment
from forankring.language import Locale
from forankring.workspace import Look, Strategy, Workspace, render_template, write_file

TEMPLATE = "reports/gather.html.j2"
NAMES = ("gather.html", "gather.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart: its name, its number in words, and its length in per cent of the longest."""

    name: str
    shown: str
    percent: float


def write_report(workspace: Workspace, strategy: Strategy, look: Look, locale: Locale, account: Account) -> None:
    """Write both files where they differ from what is there. They hold numbers only, nobody's name."""
    values = {"strategy": strategy.title, "language": locale.name, "look": look, **_told(account, locale)}
    page = render_template(page_environment(workspace.template_folders, locale), TEMPLATE, values)
    data = json.dumps(account_data(account), indent=1) + "\n"
    for name, text in zip(NAMES, (page, data), strict=True):
        target = workspace.reports / name
        if not target.is_file() or target.read_bytes() != text.encode():
            write_file(target, text.encode(), lasting=False)


def table_head(locale: Locale) -> list[str]:
    """Return the names of the table's columns, its first and its last included."""
    names = [locale.label(f"account.columns.{name}") for name in COLUMNS]
    return [locale.label("account.columns.format"), *names, locale.label("account.columns.total")]


def table_rows(account: Account, locale: Locale) -> list[list[str]]:
    """Return the rows of the table in words, the bottom line last."""
    named = [(format_label(row.key, locale), row) for row in account.formats]
    bottom = (locale.label("account.in_inbox"), account.totals)
    return [[name, *map(locale.number, (*row.counts, row.total))] for name, row in (*named, bottom)]


def told_below(account: Account, locale: Locale) -> list[str]:
    """Return what stands below the table: what the files in the inbox do not show."""
    names = ("registered", "replaced", "gone", "points", "unplaced", "late")
    counted, parts = {name: locale.number(getattr(account, name)) for name in names}, dict(account.parts)
    sentences = [
        locale.label("account.registered", **counted),
        locale.count("account.parts", sum(parts.values()), **{key: locale.number(n) for key, n in parts.items()}),
        locale.label(
            "account.points", **{n: locale.number(getattr(account, n)) for n in ("points", "unplaced", "late")}
        ),
        locale.count("account.passed_over", account.passed_over),
    ]
    unread = account.totals.counts[COLUMNS.index("unread")]
    return [*sentences, *([locale.count("account.unread", unread)] if unread else [])]


def verdict(account: Account, locale: Locale) -> str:
    """Return whether the numbers add up, in a sentence."""
    if account.adds_up:
        return locale.count("account.adds_up", account.files)
    total = account.totals.total
    return locale.label("account.does_not_add_up", files=account.files, total=total, lost=len(account.lost))


def format_bars(account: Account, locale: Locale) -> list[Bar]:
    """Return a bar for each format."""
    return _bars([(format_label(row.key, locale), row) for row in account.formats], locale)


def party_bars(account: Account, locale: Locale) -> list[Bar]:
    """Return a bar for each type of sender."""
    return _bars([(party_label(row.key, locale), row) for row in account.parties], locale)


def format_label(key: str, locale: Locale) -> str:
    """Return a format in words."""
    own = f"account.kinds.{key}"
    return locale.label(own if locale.has(own) else f"intake.formats.{key}")


def party_label(key: str, locale: Locale) -> str:
    """Return a type of sender in words."""
    own = f"account.kinds.{key}"
    return locale.label(own if locale.has(own) else f"choices.party_type.{key}")


def _bars(rows: Sequence[tuple[str, Row]], locale: Locale) -> list[Bar]:
    longest = max((row.total for _, row in rows), default=1)
    return [
        Bar(name=name, shown=locale.number(row.total), percent=round(100 * row.total / longest, 1))
        for name, row in rows
    ]


def _told(account: Account, locale: Locale) -> dict[str, object]:
    *rows, bottom = table_rows(account, locale)
    return {
        "head": table_head(locale),
        "rows": rows,
        "bottom": bottom,
        "below": told_below(account, locale),
        "adds_up": account.adds_up,
        "verdict": verdict(account, locale),
        "charts": [
            {"title": locale.label("account.by_party"), "bars": party_bars(account, locale)},
            {"title": locale.label("account.by_format"), "bars": format_bars(account, locale)},
        ],
    }
