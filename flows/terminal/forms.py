"""Turn a strategy into the forms that its parties fill in."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from flows import steps
from flows.reports import Job
from flows.terminal.failures import Exit
from flows.terminal.overview import read_state
from flows.terminal.session import Session
from forankring.errors import InputError, Problem
from forankring.intake import forms
from forankring.language import Locale
from forankring.ledger import InputKind
from forankring.workspace import open_workspace, write_files

ALL = "all"
FOLDER = "forms"


def form(session: Session, kind: str, formats: Sequence[str], output: Path | None, about: dict[str, str]) -> int:
    """Write the forms and say where they lie; ``about`` holds the keys of ``party`` and ``round``, empty for none."""
    screen, workspace = session.screen, open_workspace(session.root)
    job = steps.begin(workspace)
    kinds, wanted = _kinds(kind, job.locale), _formats(formats)
    filled = _filled(job, about["party"], about["round"])
    made = {
        _name(name, suffix, about["party"], job.locale): data
        for name in kinds
        for suffix, data in _written(job, name, wanted, filled)
    }
    if not made:
        values = {"given": _listed(wanted), "allowed": _listed(forms.ISO_WRITERS)}
        raise InputError(Problem(code="form_format_unknown", values=values))
    folder = (output or workspace.root / FOLDER).expanduser().resolve()
    write_files(folder, made)
    screen.count("forms_made", len(made), style="bold green")
    for name in sorted(made):
        screen.path(folder / name)
    screen.answer({"folder": str(folder), "files": [str(folder / name) for name in sorted(made)]})
    return Exit.DONE


def _written(job: Job, name: str, formats: Iterable[str], filled: dict[str, str]) -> Iterable[tuple[str, bytes]]:
    """Yield each file's suffix and bytes; the commenting template is not made as YAML."""
    kind = InputKind.RESPONSE if name == forms.ISO else InputKind(name)
    order = forms.Order(kind=kind, strategy=job.strategy, locale=job.locale, look=job.look, filled=filled)
    writers = forms.ISO_WRITERS if name == forms.ISO else forms.WRITERS
    for wanted in formats:
        if wanted in writers:
            yield forms.SUFFIXES[wanted], writers[wanted](order)


def _name(kind: str, suffix: str, party: str, locale: Locale) -> str:
    name = locale.label(f"forms.files.{kind}")
    return f"{name}-{party}.{suffix}" if party else f"{name}.{suffix}"


def _kinds(given: str, locale: Locale) -> tuple[str, ...]:
    """Return the forms that are asked for, by key, letter (A-G) or file name; all where nothing is."""
    known = {str(kind): (str(kind),) for kind in InputKind} | {forms.ISO: (forms.ISO,)}
    letters = {chr(ord("a") + n): (str(kind),) for n, kind in enumerate(InputKind)}
    names = {locale.label(f"forms.files.{kind}"): (kind,) for kind in known}
    every = {"": tuple(known), ALL: tuple(known)}
    return _chosen(given.strip().casefold(), {**names, **letters, **known, **every}, "form_kind_unknown", known)


def _formats(given: Sequence[str]) -> tuple[str, ...]:
    every = tuple(forms.WRITERS)
    known = {name: (name,) for name in every} | {ALL: every}
    asked = [_chosen(name.strip().casefold(), known, "form_format_unknown", known) for name in given or (ALL,)]
    return tuple(name for name in every if any(name in found for found in asked))


def _chosen(given: str, known: Mapping[str, tuple[str, ...]], code: str, shown: Iterable[str]) -> tuple[str, ...]:
    if given not in known:
        raise InputError(Problem(code=code, values={"given": given, "allowed": _listed(shown)}))
    return known[given]


def _listed(known: Iterable[str]) -> str:
    return ", ".join(known) or "–"


def _filled(job: Job, party_key: str, round_key: str) -> dict[str, str]:
    """Return what stands in the forms beforehand: round, draft, language, and the party with its kind."""
    strategy, locale = job.strategy, job.locale
    rounds = {item.key: item.title for item in strategy.rounds}
    parties = {item.key: item for item in strategy.parties}
    if round_key and round_key not in rounds:
        raise InputError(Problem(code="form_round_unknown", values={"given": round_key, "allowed": _listed(rounds)}))
    if party_key and party_key not in parties:
        raise InputError(Problem(code="form_party_unknown", values={"given": party_key, "allowed": _listed(parties)}))
    only = next(iter(rounds), "") if len(rounds) == 1 else ""
    versions = read_state(job).versions
    filled = {
        "round": rounds.get(round_key or only, ""),
        "language": locale.key,
        "about.version": versions[-1].name if versions else "",
    }
    party = parties.get(party_key)
    if party:
        filled |= {"party.name": party.name, "party.type": locale.label(f"choices.party_type.{party.type}")}
        filled |= {"party.org_id": party.org_id}
    return filled
