"""The sandbox in which the templates of receipts and reports run: strict, and what is printed stays text."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from forankring.language import Locale


def page_environment(
    folders: Iterable[Path], locale: Locale, *, printed: Callable[[Any], Any] | None = None
) -> Environment:
    """Return an environment for HTML pages; with ``printed``, for text that says itself how a value is printed."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=printed is None,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized(printed or str),
    )
    del environment.filters["safe"]
    environment.globals["t"] = locale.label
    return environment


def _finalized(printed: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, Markup | StrictUndefined) else printed(value)
