"""Turn a form into a YAML file that explains itself: empty fields, what they ask for, and what may be chosen."""

from collections.abc import Iterator

from forankring.intake.forms.fields import Field, Shape, form_of
from forankring.intake.forms.words import Order, choice_word, column_label, help_text, key_of, label
from forankring.language import Locale

_WIDTH = 96


def write_yaml_form(order: Order) -> bytes:
    """Return the form; what stands in it beforehand is filled in."""
    return ("\n".join(_lines(order)) + "\n").encode()


def _lines(order: Order) -> Iterator[str]:
    locale = order.locale
    yield from _comment(locale.label("forms.yaml.head", kind=order.title))
    for line in (
        *(line.removeprefix(locale.label("forms.fields")) for line in order.lines()),
        locale.label("forms.yaml.how"),
        locale.label("forms.yaml.long"),
    ):
        yield from _comment(line)
    for section in form_of(order.kind).sections:
        yield ""
        yield from _comment(f"--- {locale.label(f'forms.sections.{section.key}')} ---")
        opened = ""
        for item in section.fields:
            if len(item.path) > 1 and item.path[0] != opened:
                opened = item.path[0]
                yield f"{opened}:"
            yield from _group(item, order) if item.shape == Shape.GROUP else _field(item, order)


def _field(item: Field, order: Order) -> Iterator[str]:
    indent = "  " * (len(item.path) - 1)
    for text in _about(item, column_label(item, order.locale), order):
        yield from _comment(text, indent)
    value = order.filled.get(item.name, str(order.kind) if item.name == "kind" else "")
    if item.name == "round":
        value = next((found.key for found in order.strategy.rounds if found.title == value), value)
    if item.shape == Shape.CHOICE and value:
        value = key_of(item, value)
    yield f"{indent}{item.path[-1]}:{f' {_quoted(value)}' if value else ''}"


def _group(item: Field, order: Order) -> Iterator[str]:
    for text in (*_about(item, label(item, order.locale), order), order.locale.label("forms.yaml.more")):
        yield from _comment(text)
    yield f"{item.path[0]}:"
    for n, column in enumerate(item.columns):
        for text in _about(column, column_label(column, order.locale), order):
            yield from _comment(text, "    ")
        yield f"  {'- ' if n == 0 else '  '}{column.path[-1]}:"


def _about(item: Field, name: str, order: Order) -> Iterator[str]:
    locale = order.locale
    mark = f" ({locale.label('forms.yaml.required')})" if item.required else ""
    said = help_text(item, order).replace(locale.label("forms.one_a_line"), "").strip()
    yield from f"{name}{mark}{f'. {said}' if said else ''}".split("\n")
    if item.shape in (Shape.CHOICE, Shape.CHOICES, Shape.YES_NO) and item.name != "kind":
        yield locale.label("forms.chosen", words=", ".join(_choices(item, locale)))
    if item.shape in (Shape.LINES, Shape.REFERENCES):
        yield locale.label("forms.yaml.list")


def _choices(item: Field, locale: Locale) -> Iterator[str]:
    if item.shape == Shape.YES_NO:
        yield from (locale.label("forms.yes"), locale.label("forms.no"))
    for key in item.keys:
        word = choice_word(item, key, locale).removeprefix(f"{key} ")
        yield key if word == key else f"{key} ({word})"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return value if value.isascii() and value.replace("-", "").replace("_", "").isalnum() else f'"{escaped}"'


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """Yield the text as lines of comment that fit on a screen."""
    line = ""
    for word in text.replace("\N{NO-BREAK SPACE}", " ").split():
        if line and len(line) + len(word) + 1 > _WIDTH:
            yield f"{indent}# {line}"
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield f"{indent}# {line}"
