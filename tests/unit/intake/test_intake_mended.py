"""What somebody mends outside a file is read without anybody touching the file: by strategy.yaml, tools and readers."""

import io
import zipfile
from dataclasses import replace

from forankring.intake import find_new, list_inbox, read_files, register, settle
from forankring.language import Locale
from forankring.ledger import Ledger, Outcome, Refusal, Submission
from forankring.workspace import Strategy, Workspace, clock, parse_strategy

TABLE = "Indsender;Vores ord\nKL;Teknologien skal skabe værdi for alle borgere\nKL;Forankring skal ske i hver kommune\n"


def put(workspace: Workspace, place: str, data: str | bytes) -> None:
    target = workspace.inbox / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def gather(workspace: Workspace, strategy: Strategy, danish: Locale, ledger: Ledger, *, killed: bool = False) -> Ledger:
    files = find_new(workspace, ledger, strategy, list_inbox(workspace))
    found = register(ledger, read_files(workspace, strategy, danish, files), strategy, clock(strategy.zone), files)
    if not killed:
        settle(workspace, strategy)
    return found.ledger


def outcomes(ledger: Ledger) -> dict[str, str]:
    return {item.places[0]: ",".join(refusal.code for refusal in item.refusals) for item in ledger.submissions}


def enclosing(ledger: Ledger) -> Submission:
    (found,) = (item for item in ledger.submissions if item.parts)
    return found


def test_new_rules_in_strategy_yaml_reach_the_files_that_they_are_for(
    workspace: Workspace, danish: Locale, strategy_text: str
) -> None:
    put(workspace, "h1/kl/kontakt.txt", "Skriv til os på post@eksempel.dk om forankring.")
    put(workspace, "h1/andre/tabel.csv", TABLE)
    put(workspace, "h1/kl/tabel.csv", "Nummer;Ord;Begrundelse\n1;Mere værdi;" + "Vi har prøvet det i mange år\n")
    strict = parse_strategy(strategy_text + "screening: {email: block}\n")
    ledger = gather(workspace, strict, danish, Ledger())
    assert outcomes(ledger) == {
        "h1/andre/tabel.csv": "no_party",
        "h1/kl/kontakt.txt": "email_in_file",
        "h1/kl/tabel.csv": "",
    }
    mapped = parse_strategy(
        strategy_text + "tables:\n- columns: {text: Vores ord, party: Indsender}\n- columns: {text: Ord}\n"
    )
    ledger = gather(workspace, mapped, danish, ledger)
    assert set(outcomes(ledger).values()) == {""}
    assert [point.text for item in ledger.submissions for point in item.points][-1] == "Mere værdi"
    assert find_new(workspace, ledger, mapped, list_inbox(workspace)) == ()


def test_what_a_killed_run_refused_is_read_when_the_strategy_is_as_before(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    ledger = gather(workspace, strategy, danish, Ledger())
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    mistaken = replace(strategy, rounds=(replace(strategy.rounds[0], key="h2"),))
    ledger = gather(workspace, mistaken, danish, ledger, killed=True)
    assert outcomes(ledger) == {"h1/kl/a.txt": "no_round"}
    assert outcomes(gather(workspace, strategy, danish, ledger)) == {"h1/kl/a.txt": ""}


def test_an_enclosed_file_is_read_by_its_newer_reader_once(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("svar.md", "Et forslag.")
        archive.writestr("bilag.txt", "Et andet forslag.")
    put(workspace, "h1/kl/svar.zip", buffer.getvalue())
    now = gather(workspace, strategy, danish, Ledger())
    whole = enclosing(now)
    first, second = whole.parts
    unread = replace(second, outcome=Outcome.QUARANTINED, refusals=(Refusal(code="ocr_missing"),), points=0)
    for before in (replace(first, reader=0), second), (first, unread):
        old = Ledger((replace(whole, parts=before, points=whole.points[:1]),))
        ledger = gather(workspace, strategy, danish, old)
        assert enclosing(ledger).parts == whole.parts
        assert [point.text for point in enclosing(ledger).points] == [point.text for point in whole.points]
        assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()
