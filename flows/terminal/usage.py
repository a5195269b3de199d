"""Turn Typer's commands into commands that speak the workspace's language: help, panels and wrong use."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.ledger import InputKind
from forankring.workspace import look_names

GLOBAL_FLAGS = ("--json", "--strict", "--verbose")
GLOBAL_VALUES = ("--workspace",)

_UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""Typer exports only its child."""


class SpokenCommand(TyperCommand):
    """A command whose usage line begins with the locale's word."""

    usage_word = "Usage"

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{self.usage_word}: ")


class SpokenGroup(TyperGroup):
    """A group of commands; an unknown command is wrong input like any other."""

    usage_word = "Usage"

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{self.usage_word}: ")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raise InputError that names the nearest ones."""
        given = args[0]
        if given not in self.commands and not given.startswith("-"):
            near = get_close_matches(given, self.commands) or list(self.commands)
            raise InputError(Problem(code="usage_command", values={"given": given, "allowed": ", ".join(near)}))
        return super().resolve_command(ctx, args)


def spoken(app: typer.Typer, locale: Locale) -> Any:
    """Return the command of ``app`` with every help text taken from the locale by the names of commands and options."""
    _name_panels(locale)
    command = typer.main.get_command(app)
    _translate(command, locale, "help")
    return command


def run_command(command: Any, arguments: Sequence[str], screen: Screen) -> int:
    """Run the command and return its exit code; raise InputError where it was used wrongly."""
    ordered = list(_globals_first(arguments)) or ["--help"]
    try:
        code = command.main(ordered, prog_name="forankring", standalone_mode=False, obj=screen)
    except _UsageError as error:
        raise InputError(_wrong_use(error, arguments)) from error
    if code == Exit.INTERRUPTED:  # Typer has swallowed it
        raise KeyboardInterrupt
    return int(code or 0)


def option_value(arguments: Sequence[str], name: str) -> str | None:
    """Return the value of an option before Typer reads the command line; the last one counts."""
    found = None
    for index, argument in enumerate(arguments):
        if argument == name and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif argument.startswith(f"{name}="):
            found = argument.partition("=")[2]
    return found


def _globals_first(arguments: Sequence[str]) -> Iterator[str]:
    """Let the common options stand anywhere: ``forankring draft --json`` is what people type."""
    waiting: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            waiting += [argument, *rest]
        elif argument in GLOBAL_FLAGS or argument.startswith(tuple(f"{name}=" for name in GLOBAL_VALUES)):
            yield argument
        elif argument in GLOBAL_VALUES:
            yield from (argument, *([value] if (value := next(rest, None)) is not None else []))
        else:
            waiting.append(argument)
    yield from waiting


def _wrong_use(error: BaseException, arguments: Sequence[str]) -> Problem:
    given = " ".join(("forankring", *arguments))
    match type(error).__name__:
        case "NoSuchOption" | "BadOptionUsage":
            return Problem(code="usage_option", values={"given": str(getattr(error, "option_name", ""))})
        case "MissingParameter":
            return Problem(code="usage_missing", values={"given": _parameter(error)})
        case "BadParameter":
            return Problem(code="usage_value", values={"given": _parameter(error), "why": str(error)})
        case _:
            return Problem(code="usage_other", values={"given": given})


def _parameter(error: BaseException) -> str:
    parameter = getattr(error, "param", None)
    return str(parameter.metavar or parameter.opts[-1]) if parameter else ""


def _name_panels(locale: Locale) -> None:
    """Give Typer's own words; it has no other door for them."""
    for name, key in (
        ("ARGUMENTS_PANEL_TITLE", "arguments"),
        ("OPTIONS_PANEL_TITLE", "options"),
        ("COMMANDS_PANEL_TITLE", "commands"),
        ("DEFAULT_STRING", "default"),
        ("REQUIRED_LONG_STRING", "required"),
    ):
        setattr(rich_utils, name, locale.label(f"command_line.usage.{key}", value="{}"))
    word = locale.label("command_line.usage.usage")
    SpokenCommand.usage_word = SpokenGroup.usage_word = word
    rich_utils.OptionHighlighter.highlights[-1] = rf"(?P<usage>{word}: )"


def _translate(command: Any, locale: Locale, key: str) -> None:
    """Fill in the texts of one command and of those below it."""
    at = f"command_line.{key}"
    command.help = locale.label(f"{at}.text")
    command.short_help = locale.label(f"{at}.short")
    command.epilog = locale.label(f"{at}.more") if locale.has(f"{at}.more") else None
    if not isinstance(command, SpokenGroup):
        command.epilog = "\n\n".join(filter(None, (command.epilog, locale.label("command_line.usage.common"))))
    command.options_metavar = locale.label("command_line.usage.options_metavar")
    for parameter in (*command.params, *_help_option(command)):
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""  # Typer would show <bool>
        named = {"looks": ", ".join(look_names()), "forms": _forms(locale)}
        parameter.help = locale.label(f"command_line.options.{parameter.name}", **named)
    if isinstance(command, SpokenGroup):
        command.subcommand_metavar = locale.label("command_line.usage.command_metavar")
        for name, below in command.commands.items():
            _translate(below, locale, f"{key}.{name}")


def _forms(locale: Locale) -> str:
    """Return the kinds of form, each by its letter, its key and its name."""
    named = ((kind, locale.label(f"choices.kind.{kind}")) for kind in InputKind)
    return ", ".join(f"{letter} {kind} ({name})" for letter, (kind, name) in zip("ABCDEFG", named, strict=True))


def _help_option(command: Any) -> list[Any]:
    option = command.get_help_option(typer.Context(command))
    return [option] if option else []
