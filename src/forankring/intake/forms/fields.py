"""Turn the records of a kind of input into the one description of its form: sections, fields, choices, in order."""

import functools
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from forankring.intake.choices import list_of_choices
from forankring.intake.envelope import EnvelopeFields
from forankring.ledger import (
    AnchoringPlan,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    InputKind,
    TechnologyCase,
)


class Shape(StrEnum):
    """How a field is filled in. ``REFERENCES`` are short and may be parted by commas, ``LINES`` stand one a line;
    ``CHOICES`` are several words of one list; ``SUGGESTED`` is text with a list to choose from."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    SUGGESTED = "suggested"
    YES_NO = "yes_no"
    LINES = "lines"
    REFERENCES = "references"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``path`` leads to it in the data; ``choices`` names its list in the locale and ``keys`` what it may
    be; ``columns`` are the fields of each row of a repeated group, of which the required ones make a row."""

    path: tuple[str, ...]
    shape: Shape
    choices: str = ""
    keys: tuple[str, ...] = ()
    required: bool = False
    column: bool = False
    columns: tuple["Field", ...] = ()

    @property
    def name(self) -> str:
        """The path as problems write it: ``party.name``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields under one heading; ``key`` names its words in the locale."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKind:
    """The form of one kind of input."""

    kind: InputKind
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, groups among them, in the form's order."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, name: str) -> Field | None:
        """Return the field, or a group's column, with this name."""
        return self.names.get(name)

    @property
    def names(self) -> Mapping[str, Field]:
        """Every field and column by its name."""
        return {item.name: item for field in self.fields for item in (field, *field.columns)}


@functools.cache
def form_of(kind: InputKind) -> FormKind:
    """Return the description of a kind's form."""
    sections = []
    for key, names in (*_ENVELOPE, *_SECTIONS[kind]):
        record = EnvelopeFields if (key, names) in _ENVELOPE or kind == InputKind.RESPONSE else _RECORDS[kind]
        found = tuple(field for name in names.split() for field in _fields(record, name, kind))
        sections.append(Section(key=key, fields=found))
    return FormKind(kind=kind, sections=tuple(section for section in sections if section.fields))


_RECORDS: Mapping[InputKind, Any] = {
    InputKind.GOAL_STATUS: GoalStatus,
    InputKind.INITIATIVE: Initiative,
    InputKind.TECHNOLOGY_CASE: TechnologyCase,
    InputKind.ANCHORING_PLAN: AnchoringPlan,
    InputKind.EVIDENCE: Evidence,
    InputKind.GOAL_PROPOSAL: GoalProposal,
}

_ENVELOPE = (
    ("sender", "kind round party capacity on_behalf_of contact"),
    ("submission", "title language about case_ref attachments"),
    ("publication", "publication publication_reason declaration"),
)
_SECTIONS: Mapping[InputKind, tuple[tuple[str, str], ...]] = {
    InputKind.GOAL_STATUS: (
        ("assessment", "goal assessment rationale evidence"),
        ("result", "achieved outstanding lesson carry_forward carry_reason"),
    ),
    InputKind.INITIATIVE: (
        ("purpose", "goals themes"),
        ("what", "problem content target_groups process_change"),
        ("technology", "technologies ai"),
        ("benefits", "benefits"),
        (
            "anchoring",
            "owner co_parties leader_role steering_group operations_owner workflows roles skills anchoring_level "
            "anchoring_risk",
        ),
        ("means", "cost funding funding_source"),
        ("time", "start end milestones"),
        ("links", "systems depends_on"),
        ("law", "legislation"),
        ("care", "privacy security inclusion accessibility"),
    ),
    InputKind.TECHNOLOGY_CASE: (
        ("experience", "technology used_where purpose result"),
        ("value", "value_realised business_effect anchored_in difficulties transferable evidence"),
    ),
    InputKind.ANCHORING_PLAN: (
        ("plan", "mandate organisation leadership_actions competence_plan employee_involvement capacity follow_up"),
        ("needs", "barriers needs_from_others"),
    ),
    InputKind.EVIDENCE: (("finding", "claim source date method relevance licence"),),
    InputKind.GOAL_PROPOSAL: (("statement", "statement indicators data_owner assumptions"),),
    InputKind.RESPONSE: (("response", "stance points"),),
}
"""What stands under which heading, in the order of domain §3.3. An initiative's ``number`` is given by the editor."""

_REQUIRED: Mapping[InputKind | None, frozenset[str]] = {
    None: frozenset("party.name party.type capacity title publication declaration".split()),
    InputKind.GOAL_STATUS: frozenset("goal assessment rationale evidence achieved lesson carry_forward".split()),
    InputKind.INITIATIVE: frozenset(
        "goals themes problem content target_groups process_change benefits owner co_parties leader_role "
        "steering_group operations_owner workflows roles skills anchoring_level anchoring_risk funding start end "
        "milestones legislation.change_needed privacy security inclusion accessibility".split()
    ),
    InputKind.TECHNOLOGY_CASE: frozenset("technology purpose result value_realised anchored_in".split()),
    InputKind.ANCHORING_PLAN: frozenset("mandate organisation leadership_actions follow_up".split()),
    InputKind.EVIDENCE: frozenset("claim source method relevance".split()),
    InputKind.GOAL_PROPOSAL: frozenset("statement indicators data_owner".split()),
    InputKind.RESPONSE: frozenset(("about.version", "stance")),
}
"""What domain §3.2 and §3.3 ask for; where they do not say, what a reader of the draft cannot do without."""

_ONLY_IN = {"about": InputKind.RESPONSE}
_REFERENCES = frozenset("goals themes systems depends_on relevance principles".split())
_SUGGESTED = frozenset(("about.target", "points.target", "steering_group"))
_COLUMNS = {"points": "number target classes text proposal"}
"""The order of a group's columns, where it is not the record's own."""
_SHORT = frozenset(
    "name org_id on_behalf_of contact title language version case_ref attachments round goal url number year owner "
    "beneficiary indicator baseline baseline_year target_year low high party leader_role steering_group "
    "operations_owner price_level currency funding_source start end when technology used_where anchored_in source "
    "method licence data_owner staff_years target".split()
)
"""Text that fits in a line; all other text gets room."""


def _fields(record: Any, name: str, kind: InputKind) -> Iterator[Field]:
    """Yield the field, or those of the single record that it holds."""
    if _ONLY_IN.get(name, kind) != kind:
        return
    hint = typing.get_type_hints(record, include_extras=True)[name]
    inner, many = _record_in(hint)
    if inner and not many:
        for item in fields(inner):
            yield _field(typing.get_type_hints(inner, include_extras=True)[item.name], (name, item.name), kind)
    elif inner:
        hints = typing.get_type_hints(inner, include_extras=True)
        order = _COLUMNS.get(name, " ".join(item.name for item in fields(inner))).split()
        needed = {item.name for item in fields(inner) if item.default is MISSING and item.default_factory is MISSING}
        columns = tuple(
            replace(_field(hints[item], (name, item), kind), column=True, required=item in needed) for item in order
        )
        yield Field(path=(name,), shape=Shape.GROUP, required=_is_required(name, kind), columns=columns)
    else:
        written = _written(name, hint)
        yield _field(hint, (written,), kind)


def _field(hint: Any, path: tuple[str, ...], kind: InputKind) -> Field:
    name = ".".join(path)
    group = path[0] if len(path) > 1 else ""
    choices = list_of_choices(group, path[-1])
    return Field(
        path=path,
        shape=Shape.SUGGESTED if name in _SUGGESTED else _shape(hint, path[-1], bool(choices)),
        choices=choices,
        keys=_keys(hint),
        required=_is_required(name, kind),
    )


def _is_required(name: str, kind: InputKind) -> bool:
    return name in _REQUIRED[None] or name in _REQUIRED[kind]


def _shape(hint: Any, name: str, chosen: bool) -> Shape:
    if chosen:
        return Shape.CHOICES if _is_tuple(hint) else Shape.CHOICE
    kinds = _parts(hint)
    if _is_tuple(hint):
        return Shape.REFERENCES if name in _REFERENCES else Shape.LINES
    if bool in kinds:
        return Shape.YES_NO
    if int in kinds or float in kinds:
        return Shape.NUMBER
    if name == "date":
        return Shape.DATE
    return Shape.TEXT if name in _SHORT else Shape.LONG


def _keys(hint: Any) -> tuple[str, ...]:
    """Return what a choice may be: the members of an enum, a literal's values, the numbers between two bounds."""
    for part in (part for piece in _parts(hint) for part in (piece, *typing.get_args(piece))):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return tuple(str(item) for item in part)
    if typing.get_origin(hint) is Literal:
        return tuple(map(str, typing.get_args(hint)))
    bounds = {type(item).__name__: item for info in _infos(hint) for item in info.metadata}
    low, high = bounds.get("Ge"), bounds.get("Le")
    return tuple(str(n) for n in range(low.ge, high.le + 1)) if low and high else ()


def _record_in(hint: Any) -> tuple[Any, bool]:
    """Return the record that a hint holds, if any, and whether it holds many."""
    many = _is_tuple(hint)
    for part in _parts(hint):
        for kind in typing.get_args(part) if many else (part,):
            if is_dataclass(kind):
                return kind, many
    return None, many


def _is_tuple(hint: Any) -> bool:
    return any(typing.get_origin(part) is tuple for part in _parts(hint))


def _parts(hint: Any) -> tuple[Any, ...]:
    """Return what a hint is made of, without what may be missing and what pydantic is told about it."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return tuple(part for inner in typing.get_args(hint) if inner is not type(None) for part in _parts(inner))
    if typing.get_origin(hint) is typing.Annotated:
        return _parts(typing.get_args(hint)[0])
    return (hint,)


def _infos(hint: Any) -> Iterator[FieldInfo]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        for inner in typing.get_args(hint):
            yield from _infos(inner)
    elif typing.get_origin(hint) is typing.Annotated:
        yield from (item for item in typing.get_args(hint)[1:] if isinstance(item, FieldInfo))


def _written(name: str, hint: Any) -> str:
    """Return the key that a form writes: an anchoring plan's ``capacity`` is written ``staff_years``."""
    for info in _infos(hint):
        if isinstance(info.validation_alias, AliasChoices):
            return str(info.validation_alias.choices[0])
    return name
