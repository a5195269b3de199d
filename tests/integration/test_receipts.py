"""Receipts: every number in them is that of the file, every word that of its sender, and nothing internal."""

import hashlib
import itertools
import json
import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from forankring.errors import InputError
from forankring.intake import Erased, erase, owe_receipts, write_receipts
from forankring.intake.receipts.writing import plain_markdown
from forankring.language import Locale, load_locale
from forankring.ledger import AnchoringPlan, Initiative, Ledger, Note, Publication, place_point, withdraw, withdrawn_at
from forankring.ledger.contents import Cost, Legislation
from forankring.ledger.records import About, InputKind, Point, Refusal
from forankring.workspace import Strategy, Workspace, house_look, parse_strategy
from tests.conftest import SMALL, CommandLine, write_scene
from tests.integration.intake_scene import STRATEGY, WHEN, gathered

DANISH, ENGLISH = load_locale("da"), load_locale("en")
OFFICE = STRATEGY.replace("{publisher: Sekretariatet}", "{publisher: Sekretariatet, contact: post@eksempel.dk}")
ANSWER = "# Organisatorisk forankring\n\nForankring kræver ledelse.\n\n# Vejret\n\n- Det regner <i>ofte</i>.\n"
KEPT = "hoering-1/eksempel-kommune/svar.md"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def written(
    workspace: Workspace, ledger: Ledger, locale: Locale = DANISH, strategy: Strategy | None = None
) -> dict[str, str]:
    write_receipts(workspace, strategy or parse_strategy(OFFICE), house_look(), locale, ledger)
    return {
        str(file.relative_to(workspace.receipts)): file.read_text("utf-8")
        for file in sorted(workspace.receipts.glob("*/*"))
    }


def mail(body: str, **files: bytes) -> bytes:
    """Return a mail with attachments, by name (``_`` for the full stop)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "post@eksempel.dk", "h@eksempel.dk", "Høringssvar"
    message.set_content(body)
    for name, data in files.items():
        message.add_attachment(data, "application", "octet-stream", filename=name.replace("_", "."))
    return message.as_bytes()


def test_a_receipt_has_the_files_own_number_size_and_sum_and_its_points(workspace: Workspace) -> None:
    found = gathered(workspace.root, {KEPT: ANSWER}, OFFICE)
    receipts = written(workspace, found.ledger)
    assert sorted(receipts) == ["hoering-1/B001.html", "hoering-1/B001.md"]
    for text in receipts.values():
        assert hashlib.sha256(ANSWER.encode()).hexdigest() in text
        assert f"{len(ANSWER.encode())} byte" in text
        assert KEPT in text
        assert "2 punkter" in text
        assert re.findall(r"B001-\d\d", text) == ["B001-01", "B001-02"]
        assert "Behandles i kapitlet" in text
        assert "Organisatorisk forankring" in text
        assert "endnu ikke placeret" in text
    shown = html.fromstring(receipts["hoering-1/B001.html"])
    assert [quote.text_content() for quote in shown.iter("blockquote")] == [
        "Forankring kræver ledelse.",
        found.ledger.submissions[0].points[1].text,
    ]


def test_a_refused_file_is_told_why_and_what_its_sender_can_do(workspace: Workspace) -> None:
    found = gathered(workspace.root, {"hoering-1/eksempel-kommune/tom.docx": b""}, OFFICE)
    text = written(workspace, found.ledger)["hoering-1/B001.md"]
    assert "Filen er tom." in text
    assert "Send filen igen" in text
    assert "Bed afsenderen" not in text


def test_parts_of_a_mail_are_told_with_what_became_of_each(workspace: Workspace) -> None:
    data = mail("Vi mener, at værdi er vigtig.", svar_md=ANSWER.encode(), tom_pdf=b"")
    found = gathered(workspace.root, {"hoering-1/eksempel-kommune/mail.eml": data}, OFFICE)
    (item,) = found.ledger.submissions
    page = html.fromstring(written(workspace, found.ledger)["hoering-1/B001.html"])
    rows = [[cell.text_content() for cell in row.iter("td")] for row in page.xpath("//table[thead]/tbody/tr")]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("svar.md", f"{len(ANSWER.encode())} byte", "2 punkter"),
        ("tom.pdf", "0 byte", "ingen punkter"),
    ]
    assert "Filen er tom." in rows[1][3]
    assert len(page.xpath("//section")) == len(item.points) == 3


def test_the_same_file_twice_and_what_it_replaced_are_told(workspace: Workspace) -> None:
    twice = {KEPT: ANSWER, "hoering-1/eksempel-kommune/kopi/svar.md": ANSWER}
    ledger = gathered(workspace.root, twice, OFFICE).ledger
    assert (
        "**Samme fil ligger også her:** hoering-1/eksempel-kommune/svar.md"
        in written(workspace, ledger)["hoering-1/B001.md"]
    )
    (old,) = ledger.submissions
    both = ledger.with_submissions(
        replace(old, replaced_by="B002"), replace(old, id="B002", replaces="B001", places=(KEPT,))
    )
    owe_receipts(workspace, ["B001", "B002"])
    receipts = written(workspace, both)
    assert "**Erstattet af:** B002" in receipts["hoering-1/B001.md"]
    assert "en nyere fil er kommet i stedet" in receipts["hoering-1/B001.md"]
    assert "**Erstatter:** B001" in receipts["hoering-1/B002.md"]


def test_late_and_in_time_are_told_with_the_deadline(workspace: Workspace) -> None:
    ledger = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger
    deadline = "15.\N{NO-BREAK SPACE}januar\N{NO-BREAK SPACE}2027 kl.\N{NO-BREAK SPACE}23.59"
    text = written(workspace, ledger)["hoering-1/B001.html"]
    assert f"{deadline}. Bidraget er kommet i tide." in text
    owe_receipts(workspace, ["B001"])
    late = written(workspace, ledger.with_submissions(replace(ledger.submissions[0], late=True)))
    assert f"{deadline}. Bidraget er kommet efter fristen." in late["hoering-1/B001.html"]


@pytest.mark.parametrize(
    ("choice", "promise"),
    [
        (Publication.PUBLIC, "sammen med afsenderens navn"),
        (Publication.ANONYMOUS, "Afsenderen bliver ikke nævnt med navn"),
        (Publication.WITHHELD, "hverken afsenderens navn eller bidragets ord"),
    ],
)
def test_a_receipt_promises_what_the_sender_chose(workspace: Workspace, choice: Publication, promise: str) -> None:
    (item,) = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger.submissions
    text = written(workspace, Ledger((replace(item, publication=choice),)))["hoering-1/B001.md"]
    assert promise in text
    assert DANISH.label(f"choices.publication.{choice}") in text


def test_a_withdrawn_submission_leaves_a_receipt_without_words_and_an_erased_one_none(workspace: Workspace) -> None:
    ledger = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger
    written(workspace, ledger)
    owe_receipts(workspace, ["B001"])
    gone = withdraw(ledger, "B001", withdrawn_at(WHEN, "internt notat", erased=False))
    text = written(workspace, gone)["hoering-1/B001.md"]
    assert "Trukket tilbage" in text
    assert "Forankring kræver" not in text
    assert "internt notat" not in text
    assert written(workspace, withdraw(gone, "B001", withdrawn_at(WHEN, "sletning", erased=True))) == {}


def test_attachments_of_a_withdrawn_mail_are_erased_later_with_it(workspace: Workspace) -> None:
    data = mail("Vi mener, at værdi er vigtig.", svar_md=ANSWER.encode())
    ledger = gathered(workspace.root, {"hoering-1/eksempel-kommune/mail.eml": data}, OFFICE).ledger
    gone = withdraw(ledger, "B001", withdrawn_at(WHEN, "internt notat", erased=False))
    assert "svar.md" not in "".join(written(workspace, gone).values())
    assert erase(workspace, gone, gone.submissions) == Erased(originals=2)
    assert not [file for file in workspace.vault.rglob("*") if file.is_file()]


def test_receipts_are_written_only_when_something_in_them_changed(workspace: Workspace) -> None:
    strategy, look = parse_strategy(OFFICE), house_look()
    ledger = gathered(workspace.root, {KEPT: ANSWER, "hoering-1/region-eksempel/a.txt": "Værdi.\n"}, OFFICE).ledger
    assert write_receipts(workspace, strategy, look, DANISH, ledger) == 2
    assert write_receipts(workspace, strategy, look, DANISH, ledger) == 0
    placed = place_point(ledger, "B001-02", About(chapter="value"))
    owe_receipts(workspace, ["B001"])
    assert write_receipts(workspace, strategy, look, DANISH, placed) == 1
    (workspace.receipts / "hoering-1/B002.md").unlink()
    assert write_receipts(workspace, strategy, look, DANISH, placed) == 1, "one that was deleted comes back"
    (workspace.private / "receipts.json").unlink()
    assert write_receipts(workspace, strategy, look, DANISH, placed) == 0, "compared anew, and the same"
    moved = parse_strategy(OFFICE.replace("post@eksempel.dk", "kontor@eksempel.dk"))
    assert write_receipts(workspace, moved, look, DANISH, placed) == 2


def test_a_workspaces_own_template_goes_before_and_its_mistake_is_named(workspace: Workspace) -> None:
    own = workspace.templates / "receipts/receipt.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("Tak for {{ receipt.id }}\n", encoding="utf-8")
    ledger = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger
    assert written(workspace, ledger)["hoering-1/B001.md"] == "Tak for B001\n"
    own.write_text("{{ receipt.nothing }}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        written(workspace, ledger)
    assert (error.value.problems[0].file, error.value.problems[0].line) == ("receipts/receipt.md.j2", 1)


def test_receipts_lie_where_no_git_repository_takes_them_up_and_nobody_else_reads_them(workspace: Workspace) -> None:
    written(workspace, gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger)
    assert (workspace.receipts / ".gitignore").read_text() == "*\n"
    assert workspace.receipts.stat().st_mode & 0o077 == 0


def test_a_file_that_lies_in_no_round_has_a_receipt_in_a_folder_of_its_own(workspace: Workspace) -> None:
    found = gathered(workspace.root, {"løst.txt": "Hvem?\n", "x/a.txt": "Hvad?\n"}, OFFICE)
    receipts = written(workspace, found.ledger)
    assert {name.rpartition("/")[0] for name in receipts} == {"_", "x"}
    assert "Sekretariatet lægger filen til den rette høring" in receipts["_/B001.md"]


def test_an_english_receipt_has_no_danish_word(workspace: Workspace) -> None:
    strategy = parse_strategy(OFFICE.replace("locale: da", "locale: en"))
    found = gathered(workspace.root, {KEPT: ANSWER, "hoering-1/eksempel-kommune/tom.docx": b""}, OFFICE)
    receipts = written(workspace, found.ledger, ENGLISH, strategy)
    assert '<html lang="en' in receipts["hoering-1/B001.html"]
    assert "2 points were found in it" in receipts["hoering-1/B001.md"]
    assert "Send the file again" in receipts["hoering-1/B002.md"]
    for word in ("Nummer", "Frist", "Modtaget", "Filen", "byte.", "kapitlet"):
        assert word not in receipts["hoering-1/B002.md"]


@pytest.mark.parametrize("locale", [DANISH, ENGLISH], ids=lambda locale: locale.key)
def test_no_remedy_for_a_sender_speaks_of_the_sender_or_the_program(locale: Locale) -> None:
    spoken = re.compile(r"afsenderen|kør igen|partens mappe|the sender|run again|party's folder|strategy\.yaml", re.I)
    own = locale.words["receipts"]["remedies"]
    problems = locale.words["problems"]
    told = {code: own.get(code, problems[code]["remedy"]) for code in sorted(OF_FILES)}
    assert set(own) <= set(problems)
    assert set(locale.words["receipts"]["notes"]) <= set(locale.words["notes"])
    assert [code for code, remedy in told.items() if spoken.search(remedy)] == []


OF_FILES = frozenset(
    code
    for file in (Path(__file__).parents[2] / "src/forankring/intake").rglob("*.py")
    for code in re.findall(r'(?:problem\(|code=|refused=|: )"([a-z_]+)"', file.read_text("utf-8"))
    if code in DANISH.words["problems"] and code not in {"inbox_not_a_folder", "template_missing"}
) - {"reason_empty", "reason_names_person", "personal_number_in_text"}
"""The problems that a file can be refused for: all that the intake knows, but those of the inbox and the commands."""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_strangers_words_stay_words_in_markdown(words: str) -> None:
    text = " ".join(words.split())
    tokens = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough"]).parse(plain_markdown(text))
    read = "".join(token.content for block in tokens for token in block.children or ())
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for block in tokens for child in block.children or ()} <= {"text", "text_special"}
    assert read == text


@pytest.mark.parametrize(
    "words", ["1. et", "- et", "+ et", "# et", "    kode", "> et", "a | b\n--|--", "et\n===", "~~~", "***", "[a](b:c)"]
)
def test_no_line_of_a_stranger_opens_anything(words: str) -> None:
    kinds = {token.type for token in MarkdownIt("commonmark").enable("table").parse(plain_markdown(words))}
    assert kinds == {"paragraph_open", "inline", "paragraph_close"}


def test_a_submission_that_holds_markup_gives_a_page_without_any_of_it(workspace: Workspace) -> None:
    evil = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:y) ![b](http://eksempel.dk/b.png)"
    (item,) = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger.submissions
    point = Point(id="B001-01", kind=InputKind.RESPONSE, title=evil, text=evil, proposal=evil, details=((evil, evil),))
    refused = (Refusal(code="nothing_attached", where=evil),)
    notes = (Note(code="target_unknown", values={"target": evil, "part": evil}),)
    bad = replace(item, title=evil, case_ref=evil, points=(point,), notes=notes, refusals=refused, places=(evil,))
    receipts = written(workspace, Ledger((bad,)))
    page = html.fromstring(receipts["hoering-1/B001.html"])
    assert not page.xpath("//script | //img | //a | //*[@onload]")
    assert page.text_content().count(evil) >= 8
    tokens = MarkdownIt("commonmark", {"html": True}).parse(receipts["hoering-1/B001.md"])
    inner = [child.type for block in tokens for child in block.children or ()]
    assert not {"link_open", "image", "html_inline"} & set(inner)
    assert not {"html_block"} & {block.type for block in tokens}


def test_the_fields_of_a_form_are_told_in_words(workspace: Workspace) -> None:
    (item,) = gathered(workspace.root, {KEPT: ANSWER}, OFFICE).ledger.submissions
    plan = AnchoringPlan(organisation="Kontoret", capacity="own")
    cost = (Cost(year=2027, amount=1.5), Cost(year=2028, amount=1000.0005), Cost(year=2029, amount=2.0))
    law = Legislation(change_needed=False)
    initiative = Initiative(cost=cost, legislation=law)
    points = tuple(
        Point(id=f"B001-0{n}", kind=InputKind(content.kind), content=content)
        for n, content in enumerate((plan, initiative), 1)
    )
    text = written(workspace, Ledger((replace(item, points=points),)))["hoering-1/B001.md"]
    assert "Udtaler sig som" not in text
    assert "**Årsværk til forankringen:** own" in text
    for said in ("lovændring?** nej\n", "(mio.):** 1,5\n", "(mio.):** 1.000,0005\n", "(mio.):** 2\n", "År:** 2027\n"):
        assert said in text


def test_a_page_can_be_read_by_everyone(workspace: Workspace) -> None:
    data = mail("Vi mener, at værdi er vigtig.", svar_md=ANSWER.encode())
    found = gathered(workspace.root, {"hoering-1/eksempel-kommune/mail.eml": data}, OFFICE)
    page = html.fromstring(written(workspace, found.ledger)["hoering-1/B001.html"])
    assert page.get("lang") == "da-DK"
    assert page.findtext(".//title")
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for table in page.iter("table"):
        assert table.xpath(".//th[@scope]")


def test_every_command_that_changes_a_submission_gives_it_another_receipt(tmp_path: Path, inside: CommandLine) -> None:
    folder = write_scene(tmp_path / "scene", SMALL)
    file = folder / "receipts/hoering-1/B001.md"
    assert inside("gather", "--workspace", folder).returncode == 0
    assert "Fra teknologi til værdi" in file.read_text("utf-8")
    inside("place", "B001-02", "foreword", "--workspace", folder)
    assert "Behandles i kapitlet:** Forord" in file.read_text("utf-8")
    inside("withdraw", "B001", "--why", "Bedt om", "--workspace", folder)
    assert "Trukket tilbage" in file.read_text("utf-8")
    inside("withdraw", "B001", "--why", "Bedt om", "--erase", "--workspace", folder)
    assert not file.exists()
    assert not file.with_suffix(".html").exists()
    answer = json.loads(inside("gather", "--json", "--workspace", folder).stdout)
    assert answer["registered"] == []
    assert not file.exists()
