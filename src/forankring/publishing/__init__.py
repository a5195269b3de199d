"""Turn one version of the text into its editions: Word, PDF and HTML."""

from forankring.publishing.change_list import ListedChange, list_changes, points_of, reason_of
from forankring.publishing.credits import Credits, credits_of
from forankring.publishing.dispatch import Dispatch, keep_dispatch, latest_dispatches, newest_received, read_dispatches
from forankring.publishing.editions import build
from forankring.publishing.findings import find, lint
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.own_points import points_in_margin
from forankring.publishing.records import (
    BuiltFile,
    Finding,
    Hand,
    HistoryLine,
    Manuscript,
    MarginNote,
    Mend,
    VersionText,
)
from forankring.publishing.redlines import Pair, Redlines, build_redlines, redline_page
from forankring.publishing.report import NAMES as REPORTS
from forankring.publishing.report import findings_told

__all__ = [
    "REPORTS",
    "BuiltFile",
    "Credits",
    "Dispatch",
    "Finding",
    "Hand",
    "HistoryLine",
    "ListedChange",
    "Manuscript",
    "MarginNote",
    "Mend",
    "Pair",
    "Redlines",
    "VersionText",
    "assemble",
    "build",
    "build_redlines",
    "credits_of",
    "find",
    "findings_told",
    "keep_dispatch",
    "latest_dispatches",
    "lint",
    "list_changes",
    "newest_received",
    "points_in_margin",
    "points_of",
    "read_dispatches",
    "reason_of",
    "redline_page",
]
