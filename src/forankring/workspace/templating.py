"""Turn a template of the house or the workspace and its values into text; a mistake in it has a file and a line."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.exceptions import (
    SecurityError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)

from forankring.errors import InputError, Problem


def render_template(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    """Return the text that a template makes; raise InputError that names template, line and variable."""
    try:
        return environment.get_template(name).render(values)
    except TemplateNotFound as error:
        raise InputError(Problem(code="template_missing", file=str(error.name))) from error
    except TemplateSyntaxError as error:
        raise InputError(_problem("template_syntax", _short(error.name or name), error.lineno, error)) from error
    except (UndefinedError, SecurityError, TemplateRuntimeError) as error:
        file, line = _where(error, name)
        raise InputError(_problem("template_variable", file, line, error)) from error


def _where(error: BaseException, name: str) -> tuple[str, int | None]:
    """Find the innermost template frame: Jinja rewrites the traceback to template files and lines."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if not frames:
        return name, None
    return _short(frames[-1].filename), frames[-1].lineno


def _short(file: str) -> str:
    """Return folder and name of a template, as one finds it below ``templates/``."""
    return "/".join(Path(file).parts[-2:])


def _problem(code: str, file: str, line: int | None, error: Exception) -> Problem:
    return Problem(code=code, file=file, line=line, values={"cause": str(error)})
