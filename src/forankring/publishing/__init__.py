"""Turn one version of the text into its editions: Word, PDF and HTML."""

from forankring.publishing.editions import build
from forankring.publishing.findings import find, lint
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.records import BuiltFile, Finding, HistoryLine, Manuscript, Mend, VersionText
from forankring.publishing.report import findings_told

__all__ = [
    "BuiltFile",
    "Finding",
    "HistoryLine",
    "Manuscript",
    "Mend",
    "VersionText",
    "assemble",
    "build",
    "find",
    "findings_told",
    "lint",
]
