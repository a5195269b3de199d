"""Turn elements of Word's XML into values that are equal where the elements say the same."""

from collections.abc import Hashable, Sequence
from typing import Any

from lxml import etree

from forankring.publishing.word.names import W, w

_IDLE = frozenset({w("rsidR"), w("rsidRPr"), w("rsidP"), w("rsidDel"), w("rsidRDefault"), w("rsidTr"), w("rsidSect")})
_NUMBERED = frozenset({"docPr", "cNvPr"})
_VALUE = w("val")
_EMPTY = frozenset({w("rPr"), w("pPr"), w("tcPr"), w("trPr")})
_PARA_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}"

BASE_LESS = frozenset({w("rPr"), w("sectPr"), w("pPrChange")})
"""Parts of a paragraph's properties that no ``w:pPrChange`` may hold (ISO/IEC 29500-1, 17.3.1.25)."""


def shape(node: Any) -> Hashable:
    """Return what an element says: its name, attributes, words and children, without numbers that mean nothing."""
    if node is None:
        return ()
    if node.tag in _EMPTY and not len(node):
        return ()
    children = tuple([shape(child) for child in node if isinstance(child.tag, str)])
    return (node.tag, _attributes(node), (node.text or "") if not children else "", children)


def shapes(nodes: Sequence[Any]) -> Hashable:
    """Return what some elements say, in order."""
    return tuple([shape(node) for node in nodes])


def base_of(properties: Any) -> list[Any]:
    """Return the properties of a paragraph that a change of properties may hold."""
    return [] if properties is None else [node for node in properties if node.tag not in BASE_LESS]


def is_word(node: Any) -> bool:
    """Tell whether a node is an element of WordprocessingML."""
    return isinstance(node.tag, str) and etree.QName(node).namespace == W


def _attributes(node: Any) -> Hashable:
    items = node.attrib.items()
    if not items or (len(items) == 1 and items[0][0] == _VALUE):
        return tuple(items)
    skipped = ("id", "name") if etree.QName(node).localname in _NUMBERED else ()
    return tuple(
        sorted(
            (key, value)
            for key, value in items
            if key not in _IDLE and key not in skipped and not key.startswith(_PARA_ID)
        )
    )
