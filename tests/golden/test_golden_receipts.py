"""A receipt reads as it did: of a response, a form, files that cannot be used and a mail, in both languages."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forankring import intake
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.workspace import Workspace, house_look, load_strategy, reference_strategy
from tests.golden.test_golden_documents import difference

GOLDEN = Path(__file__).parent / "receipts"
WHEN = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
REFERENCE = (
    "eksempelnetvaerket-for-digital-ledelse/hoeringssvar.md",
    "region-eksempel/status-maal-1.yaml",
    "region-nordeksempel/hoeringssvar.docx",
    "ukendt-afsender/kommentarer.txt",
)
COVER = "Kære sekretariat\n\nRegionerne skal høres om økonomien.\n\nMed venlig hilsen\nRegion"


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "post@eksempel.dk", "hoering@eksempel.dk", "Høringssvar"
    mail.set_content(COVER)
    mail.set_boundary("golden")
    mail.add_attachment(b"# Forankring\n\nLedelsen skal *eje* gevinsten.\n", "text", "markdown", filename="svar.md")
    mail.add_attachment(b"", "application", "pdf", filename="bilag.pdf")
    mail.set_boundary("golden")
    return mail.as_bytes()


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Gather some files of the reference strategy's parties and write their receipts."""
    workspace = Workspace(tmp_path_factory.mktemp("receipts"))
    (workspace.root / "strategy.yaml").symlink_to(reference_strategy() / "strategy.yaml")
    files = {f"hoering-1/{name}": (reference_strategy() / "inbox/hoering-1" / name).read_bytes() for name in REFERENCE}
    for place, data in {**files, "hoering-1/region-nordeksempel/svar.eml": _mail()}.items():
        target = workspace.inbox / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    strategy, danish = load_strategy(workspace), load_locale("da")
    readings = intake.read_files(workspace, strategy, danish, intake.list_inbox(workspace))
    ledger = intake.register(Ledger(), readings, strategy, WHEN).ledger
    found: dict[str, str] = {}
    for key in ("da", "en"):
        intake.write_receipts(workspace, strategy, house_look(), load_locale(key), ledger)
        texts = sorted((workspace.receipts / "hoering-1").iterdir())
        found |= {
            f"{key}/{file.name}": file.read_text("utf-8") for file in texts if key == "da" or file.suffix == ".md"
        }
    return found


def test_receipts_read_as_their_golden_documents(produced: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        for name, text in produced.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8")
    golden = {str(file.relative_to(GOLDEN)): file.read_text("utf-8") for file in GOLDEN.rglob("*.*")}
    assert sorted(produced) == sorted(golden)
    changed = [difference(golden[name], produced[name], name) for name in produced if golden[name] != produced[name]]
    assert not changed, "\n".join(changed)
