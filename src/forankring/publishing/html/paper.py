"""Turn an edition's face into the words that a browser prints in the margins of every page."""

from forankring.language import Locale
from forankring.publishing.records import Face

_PAGE, _PAGES = "\x01", "\x02"
_UNSAFE = frozenset('"\\<>&\n')


def running_words(face: Face, locale: Locale) -> str:
    """Return the rule: title and mark above the text, the version and the page's number below it."""
    page = _string(locale.label("publishing.page", page=_PAGE, pages=_PAGES))
    page = page.replace(_PAGE, '" counter(page) "').replace(_PAGES, '" counter(pages) "')
    boxes = {
        "top-left": _string(face.title),
        "top-right": _string(face.mark),
        "bottom-left": _string(" · ".join((face.version, face.date, face.status, face.edition_id))),
        "bottom-right": page,
    }
    shown = " ".join(f"@{place} {{ content: {words}; }}" for place, words in boxes.items())
    return f"@media print {{ @page {{ font: 8pt var(--fonts); color: var(--quiet); {shown} }} }}\n"


def _string(words: str) -> str:
    """Return a string of CSS in which no sign can end the string or the style."""
    return '"' + "".join(f"\\{ord(letter):06x}" if letter in _UNSAFE else letter for letter in words) + '"'
