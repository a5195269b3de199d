"""Turn the body of an OpenDocument text into one that pandoc reads whole: it passes by the words of most fields, and
by tables inside tables."""

from lxml import etree

from forankring.intake.guards import Package, Part
from forankring.intake.readers.word_body import packed

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FIELDS = tuple(
    f"{_TEXT}{name}"
    for name in (
        "text-input drop-down placeholder user-field-get user-field-input variable-get variable-set variable-input "
        "expression conditional-text database-display meta meta-field date time title subject keywords description "
        "author-name author-initials sender-company sender-city chapter sequence"
    ).split()
)


def whole_content(package: Package, content: Part) -> bytes | None:
    """Return the file with another body, or None where pandoc reads it whole; the part's own tree is changed."""
    root = content.root
    fields = list(root.iter(*_FIELDS))
    for item in fields:
        item.tag = f"{_TEXT}span"
    numbered = list(root.iter(f"{_TEXT}numbered-paragraph"))
    inner = [table for table in root.iter(f"{_TABLE}table") if _is_inner(table)]
    for wrapper in (*numbered, *inner):
        for paragraph in list(wrapper.iter(f"{_TEXT}p", f"{_TEXT}h")):
            wrapper.addprevious(paragraph)
        _remove(wrapper)
    return packed(package, content) if fields or numbered or inner else None


def _is_inner(table: etree._Element) -> bool:
    return next(table.iterancestors(f"{_TABLE}table-cell"), None) is not None


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
