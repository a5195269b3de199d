"""Tell who sent a file: by its folder, else by what its form says; every answer with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forankring.intake.records import Original
from forankring.language import Locale, slug
from forankring.ledger import Note, PartyRef
from forankring.workspace import Party, PartyType, Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a form says about its sender; ``origin`` is the kind of evidence (``form`` or ``front_matter``)."""

    name: str = ""
    type: PartyType | None = None
    origin: str = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a file, how we know, what should be told about it, and what stays private."""

    party: PartyRef | None = None
    evidence: str = ""
    internal: bool = False
    notes: tuple[Note, ...] = ()
    private: Mapping[str, Any] = field(default_factory=dict)


def find_sender(strategy: Strategy, original: Original, stated: Stated, locale: Locale) -> Sender:
    """Return the sender. The folder goes before the form, for the secretariat made the folder; a difference is noted.

    A body outside the catalogue is taken at its word if it gives name and type.
    """
    listed = _listed(strategy, stated.name)
    by_folder = _listed(strategy, original.file.folder)
    if by_folder:
        return Sender(
            party=_ref(by_folder),
            evidence="folder",
            internal=by_folder.internal,
            notes=_difference(by_folder, listed, stated, locale),
        )
    if listed:
        return Sender(party=_ref(listed), evidence=stated.origin, internal=listed.internal)
    if not stated.name or stated.type is None:
        return Sender()
    return _unlisted(original, stated, stated.type, locale)


def _unlisted(original: Original, stated: Stated, kind: PartyType, locale: Locale) -> Sender:
    """Take a body at its word; a citizen's name stays out of the ledger, where it could never be erased."""
    if kind == PartyType.CITIZEN:
        name = locale.label("intake.citizen")
        party = PartyRef(key=f"{slug(name)}-{original.sha256[:8]}", name=name, type=kind, listed=False)
        note = Note(code="citizen_private")
        return Sender(party=party, evidence=stated.origin, notes=(note,), private={"name": stated.name})
    party = PartyRef(key=slug(stated.name), name=stated.name, type=kind, listed=False)
    note = Note(code="party_unlisted", values={"name": stated.name})
    return Sender(party=party, evidence=stated.origin, notes=(note,))


def _listed(strategy: Strategy, name: str) -> Party | None:
    """Find a party by key, name or alias, however it is spelt in capitals and letters."""
    wanted = slug(name)
    if not wanted:
        return None
    for party in strategy.parties:
        if wanted in {party.key, slug(party.name), *(slug(alias) for alias in party.aliases)}:
            return party
    return None


def _ref(party: Party) -> PartyRef:
    return PartyRef(key=party.key, name=party.name, type=party.type)


def _difference(party: Party, listed: Party | None, stated: Stated, locale: Locale) -> tuple[Note, ...]:
    if not stated.name or listed == party:
        return ()
    hidden = stated.type == PartyType.CITIZEN and not listed
    form = locale.label("intake.citizen") if hidden else stated.name
    return (Note(code="party_differs", values={"folder": party.name, "form": form}),)
