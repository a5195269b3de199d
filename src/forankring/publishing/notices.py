"""Turn what a build knows about its version into what readers see: the cover's words, the imprint, the history."""

from datetime import datetime
from zoneinfo import ZoneInfo

from forankring.language import Locale
from forankring.publishing.manuscript.tables import table
from forankring.publishing.records import Face, HistoryLine, VersionText
from forankring.text import Node

_COMMIT_LETTERS = 10


def face(version: VersionText, locale: Locale) -> Face:
    """Return the words of cover, headers, footers and metadata."""
    strategy = version.strategy
    return Face(
        edition_id=version.edition_id,
        title=strategy.title,
        subtitle=strategy.subtitle,
        parties=_parties(version, locale),
        label=strategy.label,
        mark=_mark(version, locale),
        version=locale.label("publishing.version_of", version=version.version.removeprefix("v")),
        date=_day(version.when, strategy.zone, locale),
        status=locale.label(f"publishing.status.{strategy.status.value}"),
    )


def imprint(version: VersionText, shown: Face, locale: Locale) -> tuple[Node, ...]:
    """Return the table that says which text this is and whom to ask."""
    rows = [
        ("version", version.version.removeprefix("v")),
        ("date", shown.date),
        ("status", shown.status),
        ("reservation", shown.mark),
        ("rests", locale.label("internal.explained") if version.internal else ""),
        ("commit", version.commit[:_COMMIT_LETTERS]),
        ("publisher", version.strategy.imprint.publisher),
        ("contact", version.strategy.imprint.contact),
        ("case_ref", version.strategy.imprint.case_ref),
    ]
    head = [locale.label("publishing.imprint.name"), locale.label("publishing.imprint.value")]
    return (table(head, [(locale.label(f"publishing.imprint.{key}"), value) for key, value in rows if value]),)


def history(version: VersionText, locale: Locale) -> tuple[Node, ...]:
    """Return the table of versions up to and with this one."""
    head = [locale.label(f"publishing.history.{key}") for key in ("version", "date", "change")]
    lines = (*version.history, _own_line(version, locale)) if not _told(version) else version.history
    rows = [
        (line.version.removeprefix("v"), _day(line.when, version.strategy.zone, locale), line.text) for line in lines
    ]
    return (table(head, rows, locale.label("publishing.history.title")),)


def _mark(version: VersionText, locale: Locale) -> str:
    """Return what every page says of the edition: that it is internal, or a draft; a final one needs no mark."""
    if version.internal:
        return locale.label("internal.mark")
    return "" if version.strategy.status.value == "final" else locale.label("publishing.mark")


def _told(version: VersionText) -> bool:
    return any(line.version == version.version for line in version.history)


def _own_line(version: VersionText, locale: Locale) -> HistoryLine:
    """Tell this version's status, and of the first one that it is the first."""
    status = locale.label(f"publishing.status.{version.strategy.status.value}")
    text = status if version.history else locale.label("publishing.history.first", status=status)
    return HistoryLine(version=version.version, when=version.when, text=text)


def _parties(version: VersionText, locale: Locale) -> str:
    """Name the parties that sign; a draft calls them proposed, for it binds nobody."""
    names = [party.name for party in version.strategy.signatories]
    if version.strategy.status.value == "final" or not names:
        return " / ".join(names)
    return locale.label("publishing.parties_proposed", parties=locale.listed(names))


def _day(when: datetime, zone: ZoneInfo, locale: Locale) -> str:
    return locale.date(when.astimezone(zone).date())
