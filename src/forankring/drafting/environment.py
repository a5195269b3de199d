"""The sandbox in which chapter templates run: strict, without markup from values, and every error with its line."""

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, nodes, pass_context
from jinja2.exceptions import TemplateAssertionError, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from forankring.drafting.sources import Sourced, source_of
from forankring.drafting.tokens import Tokens
from forankring.drafting.views.when import when_label
from forankring.language import Locale, slug
from forankring.ledger import Point
from forankring.text import Node, paragraphs

_ENDS = (".", "!", "?", "…", ".«", '."', ".)")


class ChapterEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox for chapter templates. Values that are printed become tokens; only macros return Markdown."""

    def __init__(self, folders: Iterable[Path], locale: Locale, tokens: Tokens) -> None:
        super().__init__(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            comment_start_string="{*",  # {# opens a heading's id in Markdown
            comment_end_string="*}",
            finalize=_printer(tokens),
        )
        del self.filters["safe"]
        self.filters.update(_filters(locale, tokens))
        self.globals.update(t=locale.label, n=locale.count, rests_on=_rests_on(tokens))

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Refuse ``~`` before code is made: it would join a value and Markdown without a token."""
        for node in source.find_all(nodes.Concat):
            raise TemplateAssertionError("~ (concatenation)", node.lineno, name, filename)
        return super()._generate(source, name, filename, defer_init)


def _printer(tokens: Tokens) -> Callable[[Context, Any], Any]:
    """Return what Jinja calls for every printed value; with the context as argument it is never run at compile time."""

    @pass_context
    def printed(_context: Context, value: Any) -> Any:
        if isinstance(value, Markup | StrictUndefined):
            return value
        if isinstance(value, int) and not isinstance(value, bool | Enum):
            return Markup(value)
        if isinstance(value, str) and not isinstance(value, Enum):
            return tokens.text(value)
        raise TemplateRuntimeError(f"{type(value).__name__} is no text: {value!r}"[:200])

    return printed


def _filters(locale: Locale, tokens: Tokens) -> dict[str, Callable[..., Any]]:
    """Return the filters of the templates; those that give a date or number give plain text."""

    def blocks(value: Point | str) -> Markup:
        made: Iterable[Node] = paragraphs(value) if isinstance(value, str) else value.blocks or paragraphs(value.text)
        return tokens.blocks(made, filter(None, [source_of(value)]))

    def label(value: object, group: str) -> str:
        return locale.label(f"{group}.{value}")

    return {
        "anchor": lambda value: Markup(slug(str(value))),
        "blocks": blocks,
        "capital": _shaped(lambda text: text[:1].upper() + text[1:]),
        "date": lambda when: when_label(when, locale) if isinstance(when, str) else locale.date(when),
        "label": label,
        "listed": lambda items: locale.listed([str(item) for item in items]),
        "number": locale.number,
        "percent": locale.percent,
        "quoted": locale.quoted,
        "sentence": _shaped(lambda text: text if text.endswith(_ENDS) else text + "."),
        "unended": _shaped(lambda text: text.removesuffix(".")),
    }


def _shaped(shape: Callable[[str], str]) -> Callable[[str], str]:
    """Return a filter that changes how a text begins or ends; the text keeps its source."""

    def shaped(value: str) -> str:
        text, source = shape(str(value).strip()), source_of(value)
        return Sourced(text, source) if source else text

    return shaped


def _rests_on(tokens: Tokens) -> Callable[..., Markup]:
    def rests_on(*records: Any) -> Markup:
        flat = (item for record in records for item in (record if isinstance(record, tuple | list) else (record,)))
        return tokens.sources(sorted({source for item in flat if (source := source_of(item))}))

    return rests_on
