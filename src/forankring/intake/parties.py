"""Tell who sent a file: by its folder, else by what its form says; every answer with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring.intake.records import Original, Stated
from forankring.language import Locale, slug
from forankring.ledger import Note, PartyRef
from forankring.workspace import Party, PartyType, Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a file, how we know, what should be told about it, and what stays private."""

    party: PartyRef | None = None
    evidence: str = ""
    internal: bool = False
    notes: tuple[Note, ...] = ()
    private: Mapping[str, Any] = field(default_factory=dict)


ORDER = ("front_matter", "form", "mail", "properties")
"""What a file says of its sender, the most trusted first; the folder, which the secretariat made, goes before all."""


def find_sender(strategy: Strategy, original: Original, stated: Sequence[Stated], locale: Locale) -> Sender:
    """Return the sender: by the folder, else by the first statement, in the order of ``ORDER``, that leads to somebody.

    A difference between folder and form is noted. A body outside the catalogue is taken at its word if its form gives
    name and type; a mail's address and a document's properties only ever lead to a party of the catalogue.
    """
    stated = sorted(stated, key=lambda item: ORDER.index(item.origin))
    by_folder = _listed(strategy, original.file.folder)
    if by_folder:
        notes = tuple(note for item in stated for note in _difference(strategy, by_folder, item, locale))
        return Sender(party=_ref(by_folder), evidence="folder", internal=by_folder.internal, notes=notes)
    for item in stated:
        listed = _by_address(strategy, item.address) if item.origin == "mail" else _listed(strategy, item.name)
        if listed:
            return Sender(party=_ref(listed), evidence=item.origin, internal=listed.internal)
        if item.name and item.type is not None:
            return _unlisted(original, item, item.type, locale)
    return Sender()


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


def _by_address(strategy: Strategy, address: str) -> Party | None:
    """Find the party that registered the address, or failing that the domain behind its ``@``."""
    wanted = address.strip().casefold()
    domain = f"@{wanted.rpartition('@')[2]}"
    for given in (wanted, domain) if "@" in wanted else ():
        for party in strategy.parties:
            if given in {item.casefold() for item in party.addresses}:
                return party
    return None


def _ref(party: Party) -> PartyRef:
    return PartyRef(key=party.key, name=party.name, type=party.type)


def _difference(strategy: Strategy, party: Party, stated: Stated, locale: Locale) -> tuple[Note, ...]:
    listed = _listed(strategy, stated.name)
    if stated.origin in ("mail", "properties") or not stated.name or listed == party:
        return ()
    hidden = stated.type == PartyType.CITIZEN and not listed
    form = locale.label("intake.citizen") if hidden else stated.name
    return (Note(code="party_differs", values={"folder": party.name, "form": form}),)
