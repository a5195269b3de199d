"""The versions whose editions are validated: the small scene and the reference strategy, in each language and look."""

import itertools
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

from forankring import intake
from forankring.drafting import render
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.publishing import VersionText, build
from forankring.workspace import (
    Workspace,
    load_catalogue,
    load_strategy,
    look_names,
    look_text,
    parse_look,
    reference_strategy,
)
from tests.conftest import STATE
from tests.integration.publishing_scene import english, scene

WHEN = datetime(2026, 11, 23, 11, tzinfo=UTC)
STRATEGIES = ("scene", "reference")
LOCALES = ("da", "en")
CASES = tuple(itertools.product(STRATEGIES, LOCALES, look_names()))


def version(strategy: str, locale: str, look: str = "house") -> VersionText:
    """Return the version of one case. What more an edition may come to depend on is one more parameter here."""
    text = replace(scene() if strategy == "scene" else _reference(locale), look=parse_look(look_text(look)))
    return english(text) if locale == "en" else text


def editions(*case: str) -> Path:
    """Return the folder of a case's editions, built once for the whole test run by whoever asks first."""
    folder = Path(os.environ[STATE], "published", "-".join(case))
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            with TemporaryDirectory(dir=folder.parent) as made:
                build(version(*case), Path(made, "editions"))
                Path(made, "editions").replace(folder)
    return folder


def edition(case: Iterable[str], ending: str) -> Path:
    """Return one of a case's editions: ``docx``, ``html`` or ``pdf``."""
    [found] = [file for file in editions(*case).glob(f"*.{ending}") if file.stem != "report"]
    return found


def names(cases: Iterable[tuple[str, ...]] = CASES) -> list[str]:
    """Return the cases' names, as pytest shows them."""
    return ["-".join(case) for case in cases]


@cache
def _reference(key: str) -> VersionText:
    """Gather and render the reference strategy in a folder of its own, once for the process and the language."""
    with TemporaryDirectory() as folder:
        for name in ("strategy.yaml", "catalogue", "inbox"):
            Path(folder, name).symlink_to(reference_strategy() / name)
        workspace, locale = Workspace(Path(folder)), load_locale(key)
        strategy = replace(load_strategy(workspace), locale=key)
        readings = intake.read_files(workspace, strategy, locale, intake.list_inbox(workspace))
        ledger = intake.register(Ledger(), readings, strategy, WHEN).ledger
        draft = render(strategy, load_catalogue(workspace), ledger, workspace.template_folders, locale)
    return VersionText(version="v1", when=WHEN, commit="0123456789" * 4, strategy=strategy, chapters=draft.chapters)
