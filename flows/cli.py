"""Turn a command line into runs of the flows and answers about a workspace; the only place that prints and exits."""

import importlib
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from flows.terminal.failures import guarded
from flows.terminal.interrupts import interrupts_held
from flows.terminal.screen import open_screen
from flows.terminal.session import Session, choose_locale
from flows.terminal.usage import SpokenCommand, SpokenGroup, run_command, spoken

app = typer.Typer(cls=SpokenGroup, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
server_app = typer.Typer(cls=SpokenGroup, add_completion=False, rich_markup_mode="rich")
app.add_typer(server_app, name="server")

# Help texts stand in the locale files, under command_line.help and command_line.options, by the names used here.
Context = typer.Context
Folder = Annotated[Path, typer.Argument(metavar="DIR")]
Name = Annotated[str, typer.Argument(metavar="VERSION", show_default=False)]
Runner = Annotated[str, typer.Option("--task-runner", metavar="RUNNER", show_default=False)]
Kind = Annotated[str, typer.Argument(metavar="KIND", show_default=False)]
Formats = Annotated[list[str] | None, typer.Option("--format", metavar="FORMAT", show_default=False)]


def main() -> None:
    """Run the command that the process was started with, and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    locale = choose_locale(arguments)
    screen = open_screen(locale, as_json="--json" in arguments)
    return guarded(screen, lambda: run_command(spoken(app, locale), arguments, screen))


def _version(context: Context, asked: bool) -> None:
    if asked:
        context.obj.out.print(context.obj.words("program_version", version=version("forankring")))
        raise typer.Exit


@app.callback()
def common(  # one parameter an option
    context: Context,
    workspace: Annotated[Path | None, typer.Option(metavar="DIR", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    verbose: Annotated[bool, typer.Option("--verbose")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Take the common options."""
    context.obj = Session(screen=context.obj, folder=workspace, strict=strict, verbose=verbose)


@app.command(cls=SpokenCommand)
def new(
    context: Context,
    folder: Folder,
    example: Annotated[bool, typer.Option("--example")] = False,
    look: Annotated[str, typer.Option("--look", metavar="NAME", show_default=False)] = "",
) -> int:
    """Make a workspace."""
    return _do("beginning", "new", context.obj, folder, example=example, look=look)


@app.command(cls=SpokenCommand)
def check(context: Context) -> int:
    """Find mistakes; change nothing."""
    return _do("checking", "check", context.obj)


@app.command(cls=SpokenCommand)
def gather(context: Context, task_runner: Runner = "") -> int:
    """Run the flow gather."""
    return _do("running", "gather", context.obj, task_runner)


@app.command(cls=SpokenCommand)
def draft(context: Context, task_runner: Runner = "") -> int:
    """Run the flow draft."""
    return _do("running", "draft", context.obj, task_runner)


@app.command(cls=SpokenCommand)
def build(
    context: Context,
    name: Name = "",
    formats: Formats = None,
    internal: Annotated[bool, typer.Option("--internal")] = False,
    redline: Annotated[str, typer.Option("--redline", metavar="VERSION", show_default=False)] = "",
) -> int:
    """Run the flow build."""
    return _do("running", "build", context.obj, name, tuple(formats or ()), internal=internal, redline=redline)


@app.command(cls=SpokenCommand)
def place(
    context: Context,
    point: Annotated[str, typer.Argument(metavar="POINT", show_default=False)] = "",
    chapter: Annotated[str, typer.Argument(metavar="CHAPTER", show_default=False)] = "",
    goal: Annotated[str, typer.Option("--goal", metavar="ID", show_default=False)] = "",
    initiative: Annotated[str, typer.Option("--initiative", metavar="NUMBER", show_default=False)] = "",
) -> int:
    """Put a point in a chapter."""
    return _do("deciding", "place", context.obj, point, chapter, goal, initiative)


@app.command(cls=SpokenCommand)
def withdraw(
    context: Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", show_default=False)] = "",
    erase: Annotated[bool, typer.Option("--erase")] = False,
) -> int:
    """Withdraw a submission."""
    return _do("deciding", "withdraw", context.obj, number, why, erase=erase)


@app.command(cls=SpokenCommand)
def conflicts(
    context: Context,
    conflict: Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)] = "",
) -> int:
    """List what met in a merge."""
    return _do("conflicts", "conflicts", context.obj, conflict)


@app.command(cls=SpokenCommand)
def resolve(
    context: Context,
    conflict: Annotated[str, typer.Argument(metavar="NUMBER")],
    take: Annotated[str, typer.Option("--take", metavar="SIDE", show_default=False)] = "",
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", show_default=False)] = None,
) -> int:
    """Decide one of them."""
    return _do("conflicts", "resolve", context.obj, conflict, take, text)


@app.command(cls=SpokenCommand)
def diff(
    context: Context,
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False)] = "",
    only: Annotated[str, typer.Option("--chapter", metavar="KEY", show_default=False)] = "",
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", show_default=False)] = None,
) -> int:
    """Say what changed between two versions."""
    return _do("comparing", "diff", context.obj, old, new, only, html)


@app.command(cls=SpokenCommand)
def send(
    context: Context,
    name: Name = "",
    to: Annotated[str, typer.Option("--to", metavar="PARTY", show_default=False)] = "",
    person: Annotated[str, typer.Option("--person", metavar="NAME", show_default=False)] = "",
) -> int:
    """Record who gets a version."""
    return _do("sending", "send", context.obj, name, to, person)


@app.command(cls=SpokenCommand)
def shared(context: Context) -> int:
    """Say what several parties share."""
    return _do("sharing", "shared", context.obj)


@app.command(cls=SpokenCommand)
def form(
    context: Context,
    kind: Kind = "",
    party: Annotated[str, typer.Option("--party", metavar="KEY", show_default=False)] = "",
    round: Annotated[str, typer.Option("--round", metavar="KEY", show_default=False)] = "",
    form_formats: Formats = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="DIR", show_default=False)] = None,
) -> int:
    """Make forms to fill in."""
    about = {"party": party, "round": round}
    return _do("forms", "form", context.obj, kind, tuple(form_formats or ()), output, about)


@app.command(cls=SpokenCommand)
def status(context: Context) -> int:
    """Say where the work stands."""
    return _do("overview", "status", context.obj)


@app.command(cls=SpokenCommand)
def versions(context: Context) -> int:
    """List the versions."""
    return _do("overview", "versions", context.obj)


@app.command(cls=SpokenCommand)
def show(
    context: Context,
    name: Name = "",
    shown_chapter: Annotated[str, typer.Option("--chapter", metavar="KEY", show_default=False)] = "",
) -> int:
    """Say what a version is."""
    return _do("history", "show", context.obj, name, shown_chapter)


@app.command(cls=SpokenCommand)
def log(
    context: Context,
    logged_chapter: Annotated[str, typer.Option("--chapter", metavar="KEY", show_default=False)] = "",
) -> int:
    """List the changes of the text."""
    return _do("history", "log", context.obj, logged_chapter)


@app.command(cls=SpokenCommand)
def blame(
    context: Context,
    chapter: Annotated[str, typer.Argument(metavar="CHAPTER")],
    in_version: Annotated[str, typer.Option("--version", metavar="VERSION", show_default=False)] = "",
) -> int:
    """Say who wrote each sentence."""
    return _do("history", "blame", context.obj, chapter, in_version)


@server_app.command("status", cls=SpokenCommand)
def server_status(context: Context) -> int:
    """Say whether the server runs."""
    return _do("serverside", "status", context.obj.screen)


@server_app.command("stop", cls=SpokenCommand)
def server_stop(context: Context) -> int:
    """Stop the server."""
    return _do("serverside", "stop", context.obj.screen)


def _do(module: str, name: str, *given: object, **named: object) -> int:
    """Call a command's work; its module is imported now, so that ``--help`` and ``status`` never wait for Prefect."""
    with interrupts_held():
        work = getattr(importlib.import_module(f"flows.terminal.{module}"), name)
    return int(work(*given, **named))
