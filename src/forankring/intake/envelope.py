"""Turn the fields of a form into its envelope, its content and its remarks, and every mistake in it into a problem."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from forankring.errors import InputError, Problem
from forankring.intake.choices import in_words, with_keys
from forankring.intake.records import Envelope, Stated
from forankring.intake.times import with_times
from forankring.language import Locale
from forankring.ledger import Content, InputKind, Publication, Stance
from forankring.ledger.records import PointClass
from forankring.text import clean_text
from forankring.workspace import PartyType, YamlSource, YesNo, record, validate

LONGEST_TITLE = 150

_OF_ENVELOPE = (
    "kind round party capacity on_behalf_of contact title language about chapter publication publication_reason "
    "declaration attachments case_ref stance points".split()
)
_IN_FORMS = {"field_missing": "form_field_missing", "field_number": "form_field_number"}
_SHARED = frozenset({"capacity"})
"""A field that an anchoring plan has, too, with another meaning (staff): told apart by its value."""


@record
class PartyFields:
    """The sender, as stated."""

    name: str | None = None
    type: PartyType | None = None
    org_id: str | None = None


@record
class AboutFields:
    """The draft and the part of it that the submission concerns, as stated."""

    version: str | None = None
    target: str | None = None


@record
class RemarkFields:
    """One remark of a response form."""

    text: str
    number: str | None = None
    target: str | None = None
    classes: tuple[PointClass, ...] = ()
    proposal: str | None = None


@record
class EnvelopeFields:
    """The envelope as a form may write it (domain §3.2)."""

    kind: InputKind = InputKind.RESPONSE
    round: str | None = None
    party: PartyFields = field(default_factory=PartyFields)
    capacity: Literal["own", "on_behalf"] = "own"
    on_behalf_of: str | None = None
    contact: Any = None
    title: str | None = None
    language: str = ""
    about: AboutFields = field(default_factory=AboutFields)
    chapter: str | None = None
    publication: Publication = Publication.PUBLIC
    publication_reason: str | None = None
    declaration: YesNo | None = None
    attachments: Any = None
    case_ref: str | None = None
    stance: Stance = Stance.NOT_STATED
    points: tuple[RemarkFields, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form after reading. ``target`` is what the sender refers to, ``round`` the one that the form was made for;
    ``private`` must not enter the ledger."""

    envelope: Envelope = field(default_factory=Envelope)
    stated: Stated = field(default_factory=Stated)
    target: str = ""
    content: Content | None = None
    remarks: tuple[RemarkFields, ...] = ()
    attachments: bool = False
    round: str = ""
    private: Mapping[str, Any] = field(default_factory=dict)


def read_fields(source: YamlSource, locale: Locale, *, origin: str) -> Form:
    """Turn the fields into a form; raise InputError that names every mistake in envelope and content at once."""
    impossible: list[tuple[str | int, ...]] = []
    data = with_times(with_keys(_in_shape(source.data), locale), impossible)
    head = {key: value for key, value in data.items() if _is_envelope(key, value, data) and value is not None}
    rest = {key: value for key, value in data.items() if key not in head and not _is_envelope(key, value, data)}
    problems = [_problem("field_date", source, *path, given=_at(data, path)) for path in impossible]
    fields = _validated(EnvelopeFields, head, source, problems)
    content = _content(data.get("kind"), rest, source, problems)
    if isinstance(fields, EnvelopeFields):
        problems += _cross_checks(fields, source)
    if problems or not isinstance(fields, EnvelopeFields):
        in_order = sorted(problems, key=lambda problem: (problem.line or 0, source.rank(problem.field), problem.field))
        raise InputError(*(_of_form(in_words(problem, locale)) for problem in in_order))
    return _form(fields, content, origin)


def _in_shape(data: Mapping[str, Any]) -> dict[str, Any]:
    """Accept the short ways of writing: a party or a target as one text, a class as one word."""
    shaped = {key: _cleaned(value) for key, value in data.items()}
    for key, inner in (("party", "name"), ("about", "target")):
        if isinstance(shaped.get(key), str):
            shaped[key] = {inner: shaped[key]}
    if isinstance(shaped.get("points"), list):
        shaped["points"] = [_classed(item) for item in shaped["points"]]
    return shaped


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value


def _classed(item: Any) -> Any:
    """Return a remark with its classes as a list; who only proposes other words remarks that."""
    if isinstance(item, str):
        return {"text": item}
    if isinstance(item, dict) and item.get("proposal") and not item.get("text"):
        item = {**item, "text": item["proposal"], "proposal": None}
    if not isinstance(item, dict) or "class" not in item:
        return item
    given = item["class"]
    classes = [] if given is None else given if isinstance(given, list) else [given]
    return {**{key: value for key, value in item.items() if key != "class"}, "classes": classes}


def _is_envelope(key: str, value: Any, data: Mapping[str, Any]) -> bool:
    if key in _SHARED and data.get("kind") == InputKind.ANCHORING_PLAN:
        return value in ("own", "on_behalf")
    return key in _OF_ENVELOPE


def _content(kind: Any, rest: dict[str, Any], source: YamlSource, problems: list[Problem]) -> Content | None:
    """Return the content of a structured form; a response has none, so any other field in it is a mistake."""
    if kind in (None, InputKind.RESPONSE) or kind not in list(InputKind):
        problems += [_problem("field_unknown", source, key) for key in rest] if kind in (None, "response") else []
        return None
    return _validated(Content, {"kind": kind, **rest}, source, problems)  # type: ignore[no-any-return]  # as validate


def _validated(kind: Any, data: dict[str, Any], source: YamlSource, problems: list[Problem]) -> Any:
    try:
        return validate(kind, source, data=data)
    except InputError as error:
        problems += error.problems
        return None


def _cross_checks(fields: EnvelopeFields, source: YamlSource) -> Iterator[Problem]:
    if fields.declaration is False:
        yield _problem("declaration_refused", source, "declaration")
    if fields.publication == Publication.WITHHELD and not fields.publication_reason:
        yield _problem("reason_missing", source, "publication_reason")
    if fields.title and len(fields.title) > LONGEST_TITLE:
        yield _problem("title_too_long", source, "title", length=len(fields.title), limit=LONGEST_TITLE)


def _problem(code: str, source: YamlSource, *at: str | int, **values: str | int) -> Problem:
    name = ".".join(map(str, at))
    return Problem(code=code, file=source.file, line=source.line(at), where=source.place(at), field=name, values=values)


def _of_form(problem: Problem) -> Problem:
    """Return a problem of a Word or Excel form, where nobody sees keys and numbers are written as in the language."""
    return replace(problem, code=_IN_FORMS.get(problem.code, problem.code)) if problem.where else problem


def _at(data: Any, path: Iterable[str | int]) -> str:
    for part in path:
        data = data[part]
    return str(data)


def _form(fields: EnvelopeFields, content: Content | None, origin: str) -> Form:
    private = {"contact": fields.contact, "publication_reason": fields.publication_reason}
    return Form(
        envelope=Envelope(
            kind=fields.kind,
            title=fields.title or "",
            language=fields.language,
            capacity=fields.capacity,
            on_behalf_of=fields.on_behalf_of or "",
            about_version=fields.about.version or "",
            publication=fields.publication,
            case_ref=fields.case_ref or "",
            stance=fields.stance,
        ),
        stated=Stated(name=fields.party.name or "", type=fields.party.type, origin=origin),
        target=fields.chapter or fields.about.target or "",
        content=content,
        remarks=fields.points,
        attachments=bool(fields.attachments),
        round=fields.round or "",
        private={key: value for key, value in private.items() if value},
    )
