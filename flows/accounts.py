"""Turn the account of a gathering into a table and bars of plain text, for the terminal and the web page alike."""

from collections.abc import Sequence

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
from forankring.language import Locale

LONGEST = 30
"""Signs of the longest bar; it is not the sign that covers personal data."""


def account_text(account: Account, locale: Locale) -> str:
    """Return the account as Markdown: the verdict, the table, what stands below it, and both charts."""
    charts = (("by_party", party_bars(account, locale)), ("by_format", format_bars(account, locale)))
    parts = [
        f"**{verdict(account, locale)}**",
        _table(table_head(locale), table_rows(account, locale)),
        "\n".join(f"- {sentence}" for sentence in told_below(account, locale)),
        *(f"### {locale.label(f'account.{title}')}\n\n{_chart(bars, locale)}" for title, bars in charts if bars),
    ]
    return "\n\n".join(parts)


def bar_signs(bar: Bar) -> str:
    """Return a bar as signs; what is not nothing has one at least."""
    return "■" * max(1, round(bar.percent * LONGEST / 100))


def _chart(bars: Sequence[Bar], locale: Locale) -> str:
    head = [locale.label("account.columns.kind"), locale.label("account.columns.number"), " "]
    return _table(head, [[bar.name, bar.shown, bar_signs(bar)] for bar in bars], left=2)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 0) -> str:
    """Return a table with its numbers to the right; column ``left`` is no number, nor is the first."""
    sides = [":--" if place in (0, left) else "--:" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, sides, *rows))
