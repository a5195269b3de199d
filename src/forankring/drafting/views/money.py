"""Turn costs into sums per year, currency and price level, written as the locale writes money."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from forankring.language import Locale
from forankring.ledger.contents import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount in words and the ``costs`` that it adds up. ``year`` is empty for a sum over the years; ``price_level``
    where none is given."""

    amount: str
    year: str = ""
    price_level: str = ""
    costs: tuple[Cost, ...] = ()


def sums_of(costs: Iterable[Cost], locale: Locale) -> tuple[Sum, ...]:
    """Return one sum for each currency and price level: amounts that cannot be compared are never added."""
    groups: dict[tuple[str, str], list[Cost]] = {}
    for cost in costs:
        groups.setdefault((cost.price_level or "", cost.currency), []).append(cost)
    return tuple(
        Sum(amount=money(_total(group), key[1], locale), price_level=key[0], costs=tuple(group))
        for key, group in sorted(groups.items())
    )


def sums_per_year(costs: Iterable[Cost], locale: Locale) -> tuple[Sum, ...]:
    """Return the sums of each year, in order of time."""
    years: dict[int, list[Cost]] = {}
    for cost in costs:
        years.setdefault(cost.year, []).append(cost)
    return tuple(
        Sum(
            amount=item.amount,
            year=str(year),
            price_level=item.price_level,
            costs=item.costs,
        )
        for year in sorted(years)
        for item in sums_of(years[year], locale)
    )


def money(millions: Decimal, currency: str, locale: Locale) -> str:
    """Return an amount given in millions: ``4,5 mio. kr.``, held together by no-break spaces."""
    key = f"drafting.money.{currency}"
    number = locale.number(millions)
    if locale.has(key):
        return locale.label(key, amount=number)
    return locale.label("drafting.money.other", amount=number, currency=currency)


def _total(costs: Iterable[Cost]) -> Decimal:
    """Add exactly: floats are taken as the numbers people wrote."""
    return sum((Decimal(str(cost.amount)) for cost in costs), Decimal())
