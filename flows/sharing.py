"""Turn what submissions have in common into sentences: for the terminal with the words, for the web page without."""

from collections.abc import Iterator, Mapping

from flows.messages import sender
from flows.rows import marked_plain
from forankring.language import Locale
from forankring.ledger import Ledger
from forankring.sharing import Endorsement, Share, Shared, Sharing, Tally

LISTED = 200
"""Texts, and shares of one text, on the web page; all are counted, and the command line shows all."""


def counted(tally: Tally, locale: Locale) -> str:
    """Return the counts both ways: ``12 punkter fra 9 parter, heraf 10 forskellige``; or who finds the last."""
    parts = {name: locale.count(f"sharing.{name}", getattr(tally, name)) for name in ("points", "parties")}
    if tally.distinct is None:
        return locale.label("sharing.counted_only", **parts)
    return locale.label("sharing.counted", **parts, distinct=locale.count("sharing.distinct", tally.distinct))


def sharing_text(sharing: Sharing, ledger: Ledger, locale: Locale) -> str:
    """Return who shares how much and who joins whom, as Markdown.

    The words themselves stay out: what the web page's database holds is not erased with a submission.
    """
    lines = [counted(sharing.total, locale), ""]
    if sharing.total.distinct is None:
        return "\n".join(lines)
    lines += [_heading(sharing, locale), ""]
    for number, item in enumerate(sharing.shared[:LISTED], start=1):
        lines.append(f"- **{shared_line(number, item, locale)}**")
        lines += [f"    - {marked_plain(line)}" for line in share_lines(item, ledger, locale, words=False)][:LISTED]
    lines += ["", _joined(sharing, locale), ""]
    lines += [f"- {marked_plain(line)}" for line in endorsement_lines(sharing.endorsements[:LISTED], ledger, locale)]
    return "\n".join(lines)


def shared_line(number: int, item: Shared, locale: Locale) -> str:
    """Return one shared text's size: points, parties and words."""
    points = locale.count("sharing.points", len(item.shares))
    parties = locale.count("sharing.parties", len(item.parties))
    words = locale.number(sum(len(text.split()) for text in item.passages))
    return locale.label("sharing.text", number=number, points=points, parties=parties, words=words)


def share_lines(item: Shared, ledger: Ledger, locale: Locale, *, words: bool) -> Iterator[str]:
    """Yield who has the text, how much of it, and what each adds, in words or only how many."""
    names = _names(ledger, locale)
    for share in item.shares:
        parts = [locale.label("sharing.share", point=share.point, party=names[_submission(share.point)])]
        if len(share.passages) < len(item.passages):
            parts.append(locale.label("sharing.partly", n=len(share.passages), all=len(item.passages)))
        if share.adds:
            parts.append(_adds(share, locale, words=words))
        yield "; ".join(parts)


def endorsement_lines(found: tuple[Endorsement, ...], ledger: Ledger, locale: Locale) -> Iterator[str]:
    """Yield who joins whom; a party that nobody knows by the name in quotation marks, with a remark."""
    names = _names(ledger, locale)
    for item in found:
        unknown = locale.label("sharing.unknown", name=locale.quoted(item.name))
        yield locale.label(
            "sharing.endorsement",
            point=item.point,
            endorser=names[_submission(item.point)],
            party=item.name if item.party else unknown,
        )


def headings(sharing: Sharing, locale: Locale) -> tuple[str, str]:
    """Return how many texts are shared and how many endorsements there are."""
    return _heading(sharing, locale), _joined(sharing, locale)


def _heading(sharing: Sharing, locale: Locale) -> str:
    n = len(sharing.shared)
    return locale.count("sharing.shared", n) if n else locale.label("sharing.no_shared")


def _joined(sharing: Sharing, locale: Locale) -> str:
    n = len(sharing.endorsements)
    return locale.count("sharing.endorsements", n) if n else locale.label("sharing.no_endorsements")


def _adds(share: Share, locale: Locale, *, words: bool) -> str:
    if words:
        return locale.label("sharing.adds_words", text=locale.quoted(" ".join(share.adds.split())))
    return locale.label("sharing.adds", n=locale.number(len(share.adds.split())))


def _names(ledger: Ledger, locale: Locale) -> Mapping[str, str]:
    return {item.id: sender(item, locale) for item in ledger.current}


def _submission(point: str) -> str:
    return point.partition("-")[0]
