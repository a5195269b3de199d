"""Turn ``{path: bytes}`` into commits, branches and tags of the text's own git repository, and back."""

from forankring.versions.authorship import Authorship, ChapterAuthorship, Gone, Sentence, authorship
from forankring.versions.lineage import Edit, Lineage, Step
from forankring.versions.prose import MergeText
from forankring.versions.records import Commit, Conflict, EditionHash, Identity, Merged, MergeOutcome, Version
from forankring.versions.repository import Derive, TextRepository, nothing_further, open_text
from forankring.versions.writing import Origin, Written

__all__ = [
    "Authorship",
    "ChapterAuthorship",
    "Commit",
    "Conflict",
    "Derive",
    "Edit",
    "EditionHash",
    "Gone",
    "Identity",
    "Lineage",
    "MergeOutcome",
    "MergeText",
    "Merged",
    "Origin",
    "Sentence",
    "Step",
    "TextRepository",
    "Version",
    "Written",
    "authorship",
    "nothing_further",
    "open_text",
]
