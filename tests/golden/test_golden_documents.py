"""The reference strategy reads as it did: every chapter, and the register of every file."""

import difflib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forankring import intake
from forankring.drafting import render
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.workspace import Workspace, load_catalogue, load_strategy, reference_strategy

GOLDEN = Path(__file__).parent / "reference"
WHEN = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Gather and render the reference strategy, all but its own folder untouched."""
    root = tmp_path_factory.mktemp("reference")
    for name in ("strategy.yaml", "catalogue", "inbox"):
        (root / name).symlink_to(reference_strategy() / name)
    workspace = Workspace(root)
    strategy, locale = load_strategy(workspace), load_locale("da")
    files = intake.list_inbox(workspace)
    readings = intake.read_files(workspace, strategy, locale, files)
    ledger = intake.register(Ledger(), readings, strategy, WHEN).ledger
    draft = render(strategy, load_catalogue(workspace), ledger, workspace.template_folders, locale)
    chapters = {f"chapters/{key}.md": markdown for key, markdown in draft.chapters.items()}
    completeness = [f"{row.id} | {row.status_label} | {row.detail} | {', '.join(row.by)}" for row in draft.completeness]
    return chapters | {"register.txt": _register(ledger), "completeness.txt": "\n".join(completeness) + "\n"}


def test_the_reference_strategy_reads_as_its_golden_documents(
    produced: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        _rewrite(produced)
    golden = {str(file.relative_to(GOLDEN)): file.read_text("utf-8") for file in GOLDEN.rglob("*.*") if file.is_file()}
    assert sorted(produced) == sorted(golden)
    changed = {
        name: difference(golden[name], produced[name], name) for name in produced if golden[name] != produced[name]
    }
    assert not changed, "\n".join(changed.values())


def _register(ledger: Ledger) -> str:
    """Return one line a file and one line a point: who, what became of it, and where its points went."""
    lines = []
    for item in ledger.submissions:
        party = item.party.name if item.party else "-"
        reasons = ", ".join(refusal.code for refusal in item.refusals)
        lines.append(f"{item.id} | {party} | {item.places[0]} | {item.format} | {item.outcome} {reasons}".rstrip())
        lines += [
            f"    {point.id} | {point.kind} | {point.about.chapter or '-'} ({point.about.route}: {point.about.matched})"
            for point in item.points
        ]
    return "\n".join(lines) + "\n"


def difference(old: str, new: str, name: str) -> str:
    """Return the first lines that differ, as a patch from the golden text to the new one."""
    return "\n".join(
        list(difflib.unified_diff(old.splitlines(), new.splitlines(), f"golden/{name}", name, lineterm=""))[:40]
    )


def _rewrite(produced: dict[str, str]) -> None:
    for file in sorted(GOLDEN.rglob("*.*")):
        file.unlink()
    for name, text in produced.items():
        target = GOLDEN / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
