"""Turn a field into the words that a form shows for it, and words that come back into what they mean."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from forankring.intake.forms.fields import Field, Shape, form_of
from forankring.language import Locale, load_locale, locale_names
from forankring.ledger import InputKind
from forankring.workspace import Look, Strategy, house_look

KIND = "forankring-form:"
"""What a form carries where nobody looks, followed by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a form is made from: its kind, whose words and looks it has, and what stands in it beforehand, by the
    names of fields."""

    kind: InputKind
    strategy: Strategy
    locale: Locale
    look: Look
    filled: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The form's title."""
        return self.locale.label(f"choices.kind.{self.kind}")

    def lines(self) -> tuple[str, ...]:
        """What a sender must know before filling in: the round with its deadline, how to, and where to send it."""
        said = []
        found = next((item for item in self.strategy.rounds if item.title == self.filled.get("round")), None)
        deadline = self.strategy.deadline(found.key) if found else None
        if found and deadline:
            date, time = self.locale.date(deadline.date()), self.locale.time(deadline)
            said.append(self.locale.label("forms.round", title=found.title, date=date, time=time))
        said.append(" ".join(self.locale.label(key) for key in ("forms.fields", "forms.intro")))
        if self.strategy.imprint.contact:
            said.append(self.locale.label("forms.send_to", contact=self.strategy.imprint.contact))
        return tuple(said)


def label(item: Field, locale: Locale) -> str:
    """Return the field's visible name, the same that problems use."""
    return locale.field_label(item.name)


def column_label(item: Field, locale: Locale) -> str:
    """Return the name of a group's column, without the group's own."""
    return locale.field_label(item.name).removeprefix(f"{locale.field_label(item.path[0])}: ")


def help_text(item: Field, order: Order) -> str:
    """Return what helps to fill the field in: an explanation and how to write several answers; on lines of their own
    what may be referred to."""
    locale = order.locale
    key = f"forms.help.{item.name.replace('.', '_')}"
    said = [locale.label(key)] if locale.has(key) else []
    if item.shape == Shape.LINES:
        said.append(locale.label("forms.one_a_line"))
    lines = [" ".join(said)]
    if item.name == "goals":
        lines += [f"{goal.id}: {goal.title}." for goal in order.strategy.goals]
    if item.name == "steering_group":
        lines += [f"{group.id}: {group.title}." for group in order.strategy.steering_groups]
    return "\n".join(filter(None, lines))


def marked(item: Field, name: str, locale: Locale) -> str:
    """Return the name with a mark where an answer is asked for."""
    return f"{name} {locale.label('forms.required_mark')}" if item.required else name


def options(item: Field, order: Order) -> tuple[str, ...]:
    """Return the words to choose from."""
    if item.shape == Shape.YES_NO:
        return (order.locale.label("forms.yes"), order.locale.label("forms.no"))
    if item.name == "steering_group":
        return tuple(group.id for group in order.strategy.steering_groups)
    if item.shape == Shape.SUGGESTED:
        return (*(chapter.title for chapter in order.strategy.chapters), *(goal.id for goal in order.strategy.goals))
    return tuple(choice_word(item, key, order.locale) for key in item.keys)


def choice_word(item: Field, key: str, locale: Locale) -> str:
    """Return the word for one choice; a step of a scale keeps its number."""
    word = str(locale.words["choices"][item.choices][key])
    return f"{key} {word}" if key.isdecimal() else word


def value_of(item: Field, text: str, locale: Locale) -> Any:
    """Return what was written as the data of a YAML form has it: keys for choices, a list for several answers.

    What is not understood stays as it was written, so that the problem can name it.
    """
    match item.shape:
        case Shape.CHOICE:
            return key_of(item, text)
        case Shape.CHOICES:
            return [key_of(item, part) for part in _parts(text, r"[,;/\n]")]
        case Shape.REFERENCES:
            return _parts(text, r"[,;\n]")
        case Shape.LINES:
            return [part.removeprefix("- ").removeprefix("• ") for part in _parts(text, r"\n")]
        case Shape.NUMBER:
            return _number(text, locale)
        case _:
            return text


def key_of(item: Field, text: str) -> str:
    """Return the key of a choice in the words of any locale, or the text itself."""
    return _keys_by_word(item).get(_plain(text), text)


def kind_of(text: str) -> InputKind | None:
    """Return the kind of a form by its key or its name in any locale."""
    known = {str(kind): kind for kind in InputKind}
    for key in locale_names():
        known |= {_plain(word): InputKind(kind) for kind, word in load_locale(key).words["choices"]["kind"].items()}
    return known.get(_plain(text))


@functools.cache
def fields_by_label(kind: InputKind) -> Mapping[str, Field]:
    """Return the fields of a form, groups left out, by their names in all locales, as ``bare`` leaves them."""
    return {
        bare(label(item, locale)): item
        for locale in _locales()
        for item in form_of(kind).fields
        if item.shape != Shape.GROUP
    }


@functools.cache
def groups_by_labels(kind: InputKind) -> tuple[tuple[Field, Mapping[str, Field]], ...]:
    """Return each group of a form with its columns by their names, once for each locale."""
    groups = [item for item in form_of(kind).fields if item.shape == Shape.GROUP]
    return tuple(
        (group, {bare(column_label(column, locale)): column for column in group.columns})
        for locale in _locales()
        for group in groups
    )


def bare(text: str) -> str:
    """Return a label as it is compared: without capitals, marks and spaces around."""
    return _plain(text.strip().rstrip("*").rstrip(":"))


def without_placeholders(text: str) -> str:
    """Return what was written beside or instead of the words that stand in an empty field."""
    for word in _placeholders():
        text = text.replace(word, "")
    return text.strip()


def is_office_placeholder(text: str) -> bool:
    """Tell whether Word put this into a field that was emptied again."""
    return text.strip() in {word for locale in _locales() for word in locale.words["forms"]["office_placeholders"]}


def is_list_sheet(name: str) -> bool:
    """Tell whether this is the hidden sheet of what may be chosen, in any locale."""
    return name in {locale.label("forms.lists") for locale in _locales()}


@functools.cache
def question_heads() -> frozenset[tuple[str, ...]]:
    """Return what stands over questions and answers, in all locales."""
    return frozenset((locale.label("forms.question"), locale.label("forms.answer")) for locale in _locales())


@functools.cache
def group_names(kind: InputKind) -> frozenset[str]:
    """Return the names of a form's groups that are no sections, in all locales."""
    groups = [item for item in form_of(kind).fields if item.shape == Shape.GROUP]
    sections = [locale.label(f"forms.sections.{item.key}") for item in form_of(kind).sections for locale in _locales()]
    return frozenset(label(item, locale) for item in groups for locale in _locales()) - frozenset(sections)


def foots(kind: InputKind, strategy: Strategy) -> tuple[str, ...]:
    """Return what the pages of a form end with, before their number, in all locales."""
    return tuple(f"{locale.label(f'choices.kind.{kind}')} · {strategy.title}" for locale in _locales())


def own_lines(kind: InputKind, strategy: Strategy) -> frozenset[str]:
    """Return what a form says outside its tables, headings left out, in all locales."""
    orders = [
        Order(kind=kind, strategy=strategy, locale=locale, look=house_look(), filled={"round": title})
        for locale in _locales()
        for title in ("", *(item.title for item in strategy.rounds))
    ]
    groups = [item for item in form_of(kind).fields if item.shape == Shape.GROUP]
    said = [
        *(line for order in orders for line in order.lines()),
        *(line for order in orders for item in groups for line in help_text(item, order).split("\n")),
        *(locale.label("forms.more_rows") for locale in _locales()),
    ]
    return frozenset(" ".join(line.split()) for line in (strategy.title, *said))


def own_texts(kind: InputKind) -> frozenset[str]:
    """Return the headings that a form has of its own, in all locales."""
    sections = [section.key for section in form_of(kind).sections]
    groups = [item for item in form_of(kind).fields if item.shape == Shape.GROUP]
    return frozenset(text for locale in _locales() for text in _headings(kind, sections, groups, locale))


def _headings(kind: InputKind, sections: list[str], groups: list[Field], locale: Locale) -> Iterator[str]:
    yield locale.label(f"choices.kind.{kind}")
    for key in sections:
        yield locale.label(f"forms.sections.{key}")
    for group in groups:
        yield label(group, locale)


def _placeholders() -> list[str]:
    return [word for locale in _locales() for word in locale.words["forms"]["placeholders"].values()]


def _locales() -> list[Locale]:
    return [load_locale(key) for key in locale_names()]


@functools.cache
def _keys_by_word(item: Field) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for locale in _locales():
        for key in item.keys:
            for word in (str(locale.words["choices"][item.choices][key]), choice_word(item, key, locale)):
                found.setdefault(_plain(word), key)
    return found | {key: key for key in item.keys}


def _number(text: str, locale: Locale) -> str:
    """Return a number as a program writes it: ``6,5`` in a Danish form is 6.5."""
    try:
        return str(parse_decimal(text.strip(), locale=locale.key, strict=True))
    except NumberFormatError:
        return text


def _parts(text: str, marks: str) -> list[str]:
    return [part.strip() for part in re.split(marks, text) if part.strip()]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
