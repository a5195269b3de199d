"""What holds for the project as a whole: its layers, its words, and what may stand in a file that is passed on."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "src/forankring/language/locales"
CODE = [file for folder in ("src", "flows") for file in sorted((ROOT / folder).rglob("*.py"))]
FILES = sorted(file.name for file in (LOCALES / "da").glob("*.yaml"))

# Assembled, so that this file does not hold what it looks for
MACHINE_TRACES = re.compile(
    "|".join(
        [
            "/wo" + "rk/",
            "/ro" + "ot/",
            "far" + "m-",
            r"\.\./\.lib" + "rary",
            "pypi" + r"\.org",
            "files.python" + "hosted",
        ]
    )
)
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error"]))


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert _found(MACHINE_TRACES, _texts()) == []


def test_no_code_is_left_unfinished() -> None:
    assert _found(UNFINISHED, {file: file.read_text(encoding="utf-8") for file in CODE}) == []


def test_requirements_are_pinned_with_hashes() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        pinned = re.sub(r"\\\n", "", file.read_text(encoding="utf-8")).splitlines()
        lines = [line for line in pinned if line and not line.startswith("#")]

        assert lines
        assert [line for line in lines if not re.match(r"[a-z0-9.-]+==\S+( +--hash=sha256:[0-9a-f]{64})+$", line)] == []


def test_development_pins_the_same_versions_as_drafting() -> None:
    base, dev = (_versions(ROOT / "requirements" / name) for name in ("base.txt", "dev.txt"))

    assert base.items() <= dev.items()


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.11.9", "3.12.3", "3.13.1"])
def test_what_any_python_needs_is_pinned(python: str) -> None:
    """With hashes pip takes nothing that is not pinned: one library too few, and nobody on that Python can draft."""
    pinned = _versions(ROOT / "requirements/base.txt")
    here = {canonicalize_name(found.name): found for found in distributions()}
    needs = [(name, Requirement(need)) for name in sorted(pinned) for need in _needs(here, name)]
    on = {"python_full_version": python, "python_version": python.rpartition(".")[0], "extra": ""}

    assert [
        (name, str(need))
        for name, need in needs
        if (need.marker is None or need.marker.evaluate(on)) and canonicalize_name(need.name) not in pinned
    ] == []


def test_every_locale_has_the_same_files() -> None:
    assert all(sorted(file.name for file in folder.glob("*.yaml")) == FILES for folder in _locales())


@pytest.mark.parametrize("name", FILES)
def test_every_locale_has_the_same_texts(name: str) -> None:
    danish = set(_leaves(LOCALES / "da" / name))

    for folder in _locales():
        assert set(_leaves(folder / name)) == danish, folder.name


@pytest.mark.parametrize("name", FILES)
def test_a_text_has_the_same_placeholders_in_every_locale(name: str) -> None:
    danish = {key: _placeholders(text) for key, text in _leaves(LOCALES / "da" / name).items()}

    for folder in _locales():
        assert {key: _placeholders(text) for key, text in _leaves(folder / name).items()} == danish, folder.name


def test_every_problem_can_be_told_with_its_remedy() -> None:
    codes, texts = _codes("Problem") | _codes("Refusal"), _all_texts()
    wanted = {f"problems.{code}.{part}" for code in codes for part in ("what", "remedy")}

    assert codes
    assert sorted(wanted - texts) == []


def test_every_note_can_be_told() -> None:
    assert sorted({f"notes.{code}" for code in _codes("Note")} - _all_texts()) == []


def _codes(record: str) -> set[str]:
    """Return the codes that the source gives to a record of this name."""
    calls = (node for file in CODE for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == record)
    values = (word.value for call in named for word in call.keywords if word.arg == "code")
    constants = (node.value for part in values for node in ast.walk(part) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def _locales() -> list[Path]:
    return sorted(folder for folder in LOCALES.iterdir() if folder.is_dir())


def _all_texts() -> set[str]:
    return {key for file in FILES for key in _leaves(LOCALES / "da" / file)}


def _leaves(file: Path) -> dict[str, Any]:
    return dict(_walk(yaml.safe_load(file.read_text(encoding="utf-8")) or {}))


def _walk(node: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _walk(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _placeholders(text: object) -> frozenset[str]:
    return (
        frozenset(name for _, name, _, _ in Formatter().parse(text) if name) if isinstance(text, str) else frozenset()
    )


def _needs(here: Mapping[str, Distribution], name: str) -> list[str]:
    return here[name].requires or [] if name in here else []


def _versions(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def _texts() -> dict[Path, str]:
    """Return every text file that git knows; this file may name what it looks for."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=os.environ,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    files = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    return {file: file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file()}


def _found(pattern: re.Pattern[str], texts: Mapping[Path, str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
