"""What changed between two versions, as an editor asks for it: files that can be made again at any time, who changed
what and why, and for a party what changed since it last got one."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from flows import cli, sending, steps
from forankring.drafting import Draft, describe, units
from forankring.publishing.word.resolving import accepted, rejected
from forankring.text import Node, parse, plain
from forankring.workspace import open_workspace
from tests.conftest import SMALL, write_scene
from tests.integration.versions_scene import EDITOR, work_as
from tests.validation import openxml, tools

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = """\
# Fra teknologi til værdi {#value}

Strategien handler om værdi for borgere. Den gælder i fire år.

Staten afsætter 10 mio. kr. til fælles løsninger.

| Mål | Ansvarlig |
|-----|-----------|
| M1 | Eksempel Kommune |

: Mål og ansvarlige
"""
LATER = VALUE.replace("10 mio.", "12 mio.").replace("| M1 |", "| M2 | Region Eksempel |\n| M1 |")
RESTS = {"Staten afsætter 12 mio. kr. til fælles løsninger.": ("B001-01",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make three versions: as the templates wrote it, with an edit by hand and a new proposal, and with one more."""
    root = tmp_path_factory.mktemp("aendringer")
    files = {name: words for name, words in SMALL.items() if "ukendt" not in name}
    files["strategy.yaml"] = files["strategy.yaml"].replace("editions: [html]", "editions: [docx, pdf, html]")
    configuration = root / "gitconfig"
    configuration.write_text(f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        work_as(patch, configuration)
        workspace = write_scene(root / "w", files)
        draft(workspace, VALUE, "v1")
        edit(workspace, "Den gælder i fire år.", "Den gælder i fem år, og den følges op.")
        draft(workspace, LATER, "v2")
        edit(workspace, "handler om værdi for borgere.", "handler om værdi for borgere og virksomheder.")
        draft(workspace, LATER, "v3")
    return workspace


MONEY = "Staten afsætter 10 mio. kr. til fælles løsninger i alle kommuner. Det sker hvert år."
DUTY = "Kommunerne har ansvaret for driften af systemerne."
PLAIN = f"""\
# Fra teknologi til værdi {{#value}}

Strategien handler om værdi for alle borgere og virksomheder, og den gælder for hele den offentlige sektor i fire år.

{MONEY}

{DUTY}

## Hvem der følger op

Alle følger op, hver på sit område.

## Regionernes opfølgning

Regionerne følger op på det hele, og de gør det hvert eneste år.
"""
LEVEL = PLAIN.replace("10 mio.", "12 mio.").replace("## Reg", "### Reg")


@pytest.fixture(scope="module")
def reset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make three versions in which words stayed: an editor moved a paragraph and made a quotation of another, the
    templates changed a word in the first and a heading's level; then the templates alone changed that level back."""
    root = tmp_path_factory.mktemp("flyttet")
    files = {name: words for name, words in SMALL.items() if "ukendt" not in name}
    files["strategy.yaml"] = files["strategy.yaml"].replace("editions: [html]", "editions: [docx]")
    configuration = root / "gitconfig"
    configuration.write_text(f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        work_as(patch, configuration)
        workspace = write_scene(root / "w", files)
        draft(workspace, PLAIN, "v1")
        edit(workspace, f"{MONEY}\n\n", "")
        edit(workspace, "Strategien handler", f"{MONEY}\n\nStrategien handler")
        edit(workspace, DUTY, f"> {DUTY}")
        draft(workspace, LEVEL, "v2")
        draft(workspace, LEVEL.replace("### Reg", "## Reg"), "v3")
    return workspace


def draft(folder: Path, chapter: str, name: str) -> None:
    job = steps.begin(open_workspace(folder))
    steps.keep_edits(job)
    ledger = steps.recorded_ledger(job)
    news = steps.find_files(job, ledger)
    if news:
        steps.record_ledger(job, steps.register_readings(job, ledger, steps.read_batch(job, news), news))
    blocks = tuple(describe(block, RESTS.get(_flat(block), ())) for block in units(parse(chapter).blocks))
    steps.record_draft(job, Draft(chapters={"value": chapter}, provenance={"value": blocks}, completeness=()))
    steps.tag_version(job, steps.build_version(job, name))


def _flat(block: Node) -> str:
    return " ".join(plain(block).split())


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "text/chapters/value.md"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def redline(folder: Path) -> Path:
    """Build the redline from the first version to the second."""
    return steps.build_redline(steps.begin(open_workspace(folder)), "v2", "v1").folder


def file_of(folder: Path, ending: str) -> Path:
    [found] = folder.glob(f"*{ending}")
    return found


def words_in(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return " ".join("".join(node.itertext(f"{W}t")) for node in body.iter(f"{W}p"))


def test_word_leads_to_the_new_edition_and_back_to_the_old(redline: Path) -> None:
    data = file_of(redline, ".docx").read_bytes()

    assert "Den gælder i fem år, og den følges op." in words_in(accepted(data))
    assert "12 mio." in words_in(accepted(data))
    assert "Den gælder i fire år." in words_in(rejected(data))
    assert "10 mio." in words_in(rejected(data))
    assert "12 mio." not in words_in(rejected(data)).partition("Ændringer fra v1")[0]


def test_every_change_names_its_author_and_time(redline: Path) -> None:
    with zipfile.ZipFile(file_of(redline, ".docx")) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    found = {
        "".join(node.itertext(f"{W}t", f"{W}delText")): node.get(f"{W}author")
        for node in body.iter(f"{W}ins", f"{W}del")
    }
    dates = {node.get(f"{W}date") for node in body.iter(f"{W}ins", f"{W}del")}

    assert {found[words] for words in found if "følges op" in words} == {EDITOR.name}
    assert {found["12"], found["10"]} == {"Sekretariatet"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date) for date in dates)


def test_word_writer_and_the_sdk_take_it(redline: Path) -> None:
    tools.need(tools.OPEN_XML)

    assert openxml.check(file_of(redline, ".docx")) == []


def test_the_list_says_where_what_who_and_why(redline: Path) -> None:
    sheet = openpyxl.load_workbook(file_of(redline, ".xlsx")).active
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    by_words = {row[3]: row for row in rows}

    years = by_words["Den gælder i fem år, og den følges op."]
    money = by_words["Staten afsætter 12 mio. kr. til fælles løsninger."]
    assert (years[1], years[2], years[4], years[6]) == (
        "Rettet",
        "Den gælder i fire år.",
        EDITOR.name,
        "Redaktionel rettelse",
    )
    assert (money[1], money[4], money[6]) == ("Rettet", "Sekretariatet", "B001-01")
    assert by_words["M2 | Region Eksempel"][1] == "Tilføjet"


def listed(folder: Path) -> list[tuple[str, ...]]:
    sheet = openpyxl.load_workbook(file_of(folder, ".xlsx")).active
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_words_that_stayed_are_credited_to_who_moved_or_restyled_them_and_new_ones_to_who_wrote_them(
    reset: Path,
) -> None:
    folder = steps.build_redline(steps.begin(open_workspace(reset)), "v2", "v1").folder
    rows = listed(folder)
    with zipfile.ZipFile(file_of(folder, ".docx")) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    authors = {kind: {node.get(f"{W}author") for node in body.iter(f"{W}{kind}")} for kind in ("moveFrom", "moveTo")}
    words = {"".join(node.itertext(f"{W}t")): node.get(f"{W}author") for node in body.iter(f"{W}ins")}
    looks = {
        "".join(line.itertext(f"{W}t")): change.get(f"{W}author")
        for line in body.iter(f"{W}p")
        for change in line.iterfind(f"{W}pPr/{W}pPrChange")
    }

    assert {(row[1], row[3].partition(" ")[0], row[4]) for row in rows} == {
        ("Flyttet", "Staten", EDITOR.name),
        ("Tilføjet", "Kommunerne", EDITOR.name),
        ("Slettet", "", EDITOR.name),
        ("Tilføjet", "Regionernes", "Sekretariatet"),
        ("Slettet", "", "Sekretariatet"),
    }
    assert authors == {"moveFrom": {EDITOR.name}, "moveTo": {EDITOR.name}}
    assert words["12"] == "Sekretariatet"
    assert looks[DUTY] == EDITOR.name
    assert looks["Regionernes opfølgning"] == "Sekretariatet"


def test_what_nobody_changed_by_hand_is_the_secretariats_on_the_day_it_was_made(reset: Path) -> None:
    rows = listed(steps.build_redline(steps.begin(open_workspace(reset)), "v3", "v2").folder)

    assert rows
    assert {row[4] for row in rows} == {"Sekretariatet"}
    assert all(row[5] for row in rows)


def test_the_list_stands_in_every_redline(redline: Path) -> None:
    assert "Ændringer fra v1 til v2" in words_in(file_of(redline, ".docx").read_bytes())
    assert "Ændringer fra v1 til v2" in file_of(redline, ".html").read_text(encoding="utf-8")


def test_the_page_counts_marks_and_never_calls_them_changes(redline: Path) -> None:
    page = file_of(redline, ".html").read_text(encoding="utf-8")
    count = page.count('class="change"')

    assert f"<p>{count} markeringer</p>" in page
    assert f"Markering 1 af {count}" in page
    assert not re.search(r"\d+ ændring", page)


def test_editions_and_redlines_of_any_past_version_are_made_again_with_the_same_bytes(
    folder: Path, redline: Path
) -> None:
    job = steps.begin(open_workspace(folder))
    before = {path.name: _sum(path) for path in redline.iterdir()}
    versions = {path.name: _sum(path) for path in (folder / "editions/v1").iterdir() if path.is_file()}
    for path in (*redline.iterdir(), *(folder / "editions/v1").iterdir()):
        if path.is_file():
            path.unlink()
    again = steps.build_redline(job, "v2", "v1")
    report = steps.rebuild(job, "v1")

    assert {path.name: _sum(path) for path in again.folder.iterdir()} == before
    assert report.differing == ()
    assert {path.name: _sum(path) for path in report.folder.iterdir() if path.is_file()} == versions


def test_a_past_redline_is_the_same_bytes_after_the_strategy_got_another_secretariat_and_language(
    folder: Path, redline: Path, tmp_path: Path
) -> None:
    before = {path.name: _sum(path) for path in redline.iterdir()}
    moved = Path(shutil.copytree(folder, tmp_path / "w", symlinks=True))
    shutil.rmtree(moved / "editions")
    strategy = moved / "strategy.yaml"
    words = strategy.read_text(encoding="utf-8")
    for old, new in (("name: Sekretariatet", "name: Et andet sekretariat"), ("locale: da", "locale: en")):
        assert old in words
        words = words.replace(old, new)
    strategy.write_text(words, encoding="utf-8")
    again = steps.build_redline(steps.begin(open_workspace(moved)), "v2", "v1")

    assert {path.name: _sum(path) for path in again.folder.iterdir()} == before


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_party_gets_what_changed_since_it_last_got_a_version_with_its_own_points_in_the_margin(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = steps.begin(open_workspace(folder))
    first = sending.send(job, "v1", "eksempel-kommune")
    other = sending.send(job, "v2", "region-eksempel")
    second = sending.send(job, "v3", "eksempel-kommune")
    again = sending.send(job, "v3", "eksempel-kommune")

    assert (first.redline, other.redline) == (None, None)
    assert second.redline is not None
    assert again.redline is not None
    assert (second.redline.since, again.redline.since) == ("v1", "v1")
    assert second.redline.files == again.redline.files
    with zipfile.ZipFile(file_of(second.redline.folder, "-eksempel-kommune.docx")) as archive:
        comments = archive.read("word/comments.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert "Jeres punkt B001-01: »Forankring kræver" in comments
    assert body.index("commentRangeStart") < body.index("Staten afsætter")
    assert cli.run(["send", "--workspace", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["sent"]
    assert [(item["party"], item["version"]) for item in told] == [
        ("eksempel-kommune", "v3"),
        ("region-eksempel", "v2"),
    ]
    assert not (folder / "text" / "sent.json").exists()


def test_a_person_is_told_what_changed_since_they_or_their_party_got_one(folder: Path) -> None:
    job = steps.begin(open_workspace(folder))
    sending.send(job, "v2", "region-eksempel")
    sending.send(job, "v1", "region-eksempel", "Kim Eksempel")
    own = sending.send(job, "v3", "region-eksempel", "Kim Eksempel").redline
    another = sending.send(job, "v3", "region-eksempel", "Bo Eksempel").redline

    assert own is not None
    assert another is not None
    assert (own.since, another.since) == ("v1", "v2")


def test_a_version_older_than_one_that_the_party_has_goes_without_changes_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = steps.begin(open_workspace(folder))
    sending.send(job, "v2", "region-eksempel", "Eva Eksempel")
    whom = ["--to", "region-eksempel", "--person", "Eva Eksempel"]
    assert cli.run(["send", "v1", *whom, "--workspace", str(folder)]) == 0
    said = capsys.readouterr().out
    after = sending.send(job, "v3", "region-eksempel", "Eva Eksempel").redline

    assert "Parten har allerede fået en nyere version, v2." in said
    assert "redline" not in said
    assert after is not None
    assert after.since == "v2"


def test_a_blank_name_is_no_person(folder: Path) -> None:
    job = steps.begin(open_workspace(folder))
    assert sending.send(job, "v3", "region-eksempel", "  ").sent.person == ""


@pytest.mark.parametrize("arguments", [("v1", "v3"), ("v1",)], ids=["two versions", "to the latest"])
def test_diff_tells_who_changed_what(
    folder: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", *arguments, "--chapter", "value", "--workspace", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert (told["old"], told["new"]) == ("v1", "v3")
    assert {(item["new"], item["who"]) for item in told["changes"]} == {
        ("Strategien handler om værdi for borgere og virksomheder.", EDITOR.name),
        ("Den gælder i fem år, og den følges op.", EDITOR.name),
        ("Staten afsætter 12 mio. kr. til fælles løsninger.", "Sekretariatet"),
        ("M2 | Region Eksempel", "Sekretariatet"),
    }


def test_diff_shows_words_in_brackets_where_there_are_no_colours_and_writes_a_page(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "side.html"
    assert cli.run(["diff", "v1", "v2", "--workspace", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert cli.run(["diff", "v1", "v2", "--html", str(page), "--workspace", str(folder)]) == 0

    assert "[-10-]{+12+} mio." in shown
    assert "<ins" in page.read_text(encoding="utf-8")


def test_an_unknown_party_chapter_or_version_is_told_with_those_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, named in (
        (["send", "v1", "--to", "ukendt"], "region-eksempel"),
        (["diff", "v1", "v2", "--chapter", "ukendt"], "value"),
        (["diff", "v9"], "v1, v2, v3"),
    ):
        assert cli.run([*arguments, "--workspace", str(folder)]) == 2
        assert named in capsys.readouterr().err
