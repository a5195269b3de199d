"""Turn ``{path: bytes}`` into commits, branches and tags of the text's own git repository, and back."""

from forankring.versions.prose import MergeText
from forankring.versions.records import Commit, Conflict, EditionHash, Identity, Merged, MergeOutcome, Version
from forankring.versions.repository import Derive, TextRepository, nothing_further, open_text

__all__ = [
    "Commit",
    "Conflict",
    "Derive",
    "EditionHash",
    "Identity",
    "MergeOutcome",
    "MergeText",
    "Merged",
    "TextRepository",
    "Version",
    "nothing_further",
    "open_text",
]
