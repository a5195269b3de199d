"""Every command and every setting is documented, and nothing is documented that does not exist."""

import dataclasses
import re
import shutil
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from flows import cli
from forankring.intake import list_inbox, read_files
from forankring.language import load_locale
from forankring.ledger import InputKind
from forankring.workspace import Catalogue, Look, Strategy, load_strategy, open_workspace
from forankring.workspace.look import Colours

ROOT = Path(__file__).parents[2]
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
FORMS = re.findall(
    r"```yaml\n(kind: (\w+)\n.*?)```", (ROOT / "docs/stakeholders.md").read_text(encoding="utf-8"), re.DOTALL
)
ENVIRONMENT_NAME = re.compile(r"\b(?:FORANKRING_[A-Z_]+|SOURCE_DATE_EPOCH)\b")


def test_every_field_of_strategy_yaml_is_documented_and_no_other() -> None:
    documented = re.findall(r"^\| `([\w.\[\]]+)` \|", _section("strategy.yaml"), re.MULTILINE)

    assert sorted(documented) == sorted(_paths(Strategy))


def test_a_field_that_must_be_filled_has_its_mark() -> None:
    marked = set(re.findall(r"^\| `([\w.\[\]]+)` \| ✓ \|", _section("strategy.yaml"), re.MULTILINE))

    assert marked == set(_paths(Strategy, only_required=True))


@pytest.mark.parametrize(
    "field", [*dataclasses.fields(Look), *dataclasses.fields(Colours)], ids=lambda field: field.name
)
def test_every_field_of_look_yaml_is_documented(field: "dataclasses.Field[Any]") -> None:
    assert f"`{field.name}`" in _section("look.yaml")


@pytest.mark.parametrize("field", dataclasses.fields(Catalogue), ids=lambda field: field.name)
def test_every_list_of_the_catalogue_is_documented(field: "dataclasses.Field[Any]") -> None:
    assert f"`{field.name}`" in _section("Kataloget")


def test_every_command_is_documented_with_each_of_its_arguments_and_options() -> None:
    missing = [
        f"{name}: {word}"
        for name, command in _commands(typer.main.get_command(cli.app))
        for word in _words(name, command)
        if f"`{word}" not in _section("Kommandoer")
    ]

    assert not missing


def test_every_documented_option_exists() -> None:
    known = {word for _, command in _commands(typer.main.get_command(cli.app)) for word in _options(command)}
    documented = set(re.findall(r"`(--[a-z-]+)", _section("Kommandoer")))

    assert documented <= known | {"--help"}


def test_every_environment_variable_is_documented() -> None:
    files = [file for folder in ("src", "flows", "bench") for file in (ROOT / folder).rglob("*.py")]
    used = {name for file in files for name in ENVIRONMENT_NAME.findall(file.read_text(encoding="utf-8"))}

    assert used == set(ENVIRONMENT_NAME.findall(_section("Miljøvariable")))


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert [name for name in targets if f"`make {name}`" not in SETTINGS] == []


def test_there_is_an_example_of_every_kind_of_form() -> None:
    assert sorted(kind for _, kind in FORMS) == sorted(InputKind)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_an_example_in_the_guide_is_accepted_as_it_stands(form: tuple[str, str], tmp_path: Path) -> None:
    shutil.copy(ROOT / "drafts/strategi-2024/strategy.yaml", tmp_path)
    place = tmp_path / "inbox/hoering-1/nogen/skema.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(form[0], encoding="utf-8")
    workspace = open_workspace(tmp_path)

    (reading,) = read_files(workspace, load_strategy(workspace), load_locale("da"), list_inbox(workspace))

    assert reading.refusals == ()
    assert reading.envelope.kind == form[1]
    assert reading.points


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.name
)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def _section(title: str) -> str:
    """Return the text below a heading of the second level."""
    return SETTINGS.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def _paths(kind: Any, prefix: str = "", *, only_required: bool = False) -> Iterator[str]:
    """Yield the path of every field of a record and of the records inside it."""
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        many, inner = _inner(hints[field.name])
        path = prefix + field.name
        if needed or not only_required:
            yield path
        if inner:
            yield from _paths(inner, f"{path}[]." if many else f"{path}.", only_required=only_required)


def _inner(hint: Any) -> tuple[bool, Any]:
    """Tell whether the field holds many, and the record that it holds, if it is one."""
    if typing.get_origin(hint) is tuple:
        return True, _inner(typing.get_args(hint)[0])[1]
    if isinstance(hint, types.UnionType):
        return False, next((part for part in typing.get_args(hint) if dataclasses.is_dataclass(part)), None)
    return False, hint if dataclasses.is_dataclass(hint) else None


def _commands(command: Any, name: str = "forankring") -> Iterator[tuple[str, Any]]:
    yield name, command
    for key, below in getattr(command, "commands", {}).items():
        yield from _commands(below, f"{name} {key}")


def _words(name: str, command: Any) -> list[str]:
    return [name, *_options(command)]


def _options(command: Any) -> list[str]:
    return [
        word for item in command.params if item.param_type_name == "option" for word in item.opts if word[:2] == "--"
    ]
