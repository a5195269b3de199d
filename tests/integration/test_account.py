"""The account of a gathering: every number recounted from the inbox, by hand or by another way."""

import json
import os
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from flows.accounts import account_text
from forankring.intake import (
    Account,
    account_data,
    erase,
    find_new,
    list_inbox,
    read_files,
    register,
    take_account,
    write_report,
)
from forankring.intake.account_report import verdict
from forankring.intake.inbox import count_passed_over
from forankring.language import load_locale
from forankring.ledger import Ledger, withdraw, withdrawn_at
from forankring.workspace import Workspace, house_look, parse_strategy
from tests.conftest import SMALL, CommandLine, write_scene
from tests.integration.intake_scene import SOUND, STRATEGY, WHEN, word

DANISH = load_locale("da")
FOUND = parse_strategy(STRATEGY)


def archive(**files: str) -> bytes:
    """Return a zip archive of text files, by name (``_`` for the full stop)."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("_", "."), text)
    return buffer.getvalue()


FILES: dict[str, bytes] = {
    "hoering-1/eksempel-kommune/a.txt": b"Teknologi og forankring.\n",
    "hoering-1/eksempel-kommune/kopi af a.txt": b"Teknologi og forankring.\n",
    "hoering-1/eksempel-kommune/b.docx": word(SOUND),
    "hoering-1/eksempel-kommune/tom.docx": b"",
    "hoering-1/region-eksempel/svar.zip": archive(et_txt="Om vejret.\n", to_txt="Om noget andet.\n", tom_txt=""),
    "hoering-1/region-eksempel/trukket.txt": b"Forankring tager tid.\n",
    "hoering-1/region-eksempel/slettet.txt": b"Teknologi tager tid.\n",
    "hoering-1/region-eksempel/rettes.txt": b"Det gamle svar.\n",
    "hoering-1/region-eksempel/fjernes.txt": b"Et svar, som bliver taget ud.\n",
    "hoering-1/ukendt/hvem.txt": b"Hvem skriver dette?\n",
    "hoering-1/.DS_Store": b"x",
    "hoering-1/ukendt/~$hvem.docx": b"x",
    "hoering-1/__MACOSX/a.txt": b"x",
}


class Office:
    """A workspace whose inbox is gathered again and again."""

    def __init__(self, root: Path) -> None:
        self.workspace, self.ledger = Workspace(root), Ledger()

    def put(self, **files: bytes) -> None:
        for place, data in files.items():
            target = self.workspace.inbox / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def gather(self) -> Account:
        files = find_new(self.workspace, self.ledger, FOUND, list_inbox(self.workspace))
        readings = read_files(self.workspace, FOUND, DANISH, files)
        self.ledger = register(self.ledger, readings, FOUND, WHEN, files).ledger
        return take_account(self.workspace, self.ledger, files)

    def number(self, name: str) -> str:
        return next(item.id for item in self.ledger.submissions if any(p.endswith(name) for p in item.places))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.put(**FILES)
    return made


def lying_in(folder: Path) -> int:
    """Count the files as a person would: all that are there, but those that an operating system left."""
    every = [Path(at) / name for at, _, names in os.walk(folder) for name in names]
    return sum(file.name != ".DS_Store" and file.name[:2] != "~$" and "__MACOSX" not in file.parts for file in every)


def of(account: Account, kind: str) -> dict[str, int]:
    found = account_data(account)["formats"]
    assert isinstance(found, dict)
    return {name: n for name, n in found[kind].items() if n}


def test_every_file_is_in_one_row_and_one_column(office: Office) -> None:
    account = office.gather()
    assert account.files == lying_in(office.workspace.inbox) == 10
    assert account.adds_up
    assert of(account, "text") == {"accepted": 5, "quarantined": 1, "same": 1, "total": 7}
    assert of(account, "docx") == {"accepted": 1, "total": 1}
    assert of(account, "empty") == {"quarantined": 1, "total": 1}
    assert of(account, "zip") == {"accepted": 1, "total": 1}
    assert {row.key: row.total for row in account.parties} == {"municipality": 4, "region": 5, "none": 1}
    assert (account.registered, account.replaced, account.gone) == (9, 0, 0)
    assert dict(account.parts) == {"accepted": 2, "quarantined": 1}
    assert account.passed_over == 3


def test_points_are_those_of_the_submissions_that_stand(office: Office) -> None:
    account = office.gather()
    every = [point for item in office.ledger.submissions if not item.replaced_by for point in item.points]
    assert account.points == len(every) == 8
    assert account.unplaced == sum(not point.about.chapter for point in every) == 4
    assert account.late == 0


def test_what_was_replaced_withdrawn_erased_and_taken_out_stays_accounted_for(office: Office) -> None:
    office.gather()
    office.ledger = withdraw(office.ledger, office.number("trukket.txt"), withdrawn_at(WHEN, "x", erased=False))
    erased = office.number("slettet.txt")
    erase(office.workspace, office.ledger, [item for item in office.ledger.submissions if item.id == erased])
    office.ledger = withdraw(office.ledger, erased, withdrawn_at(WHEN, "x", erased=True))
    office.put(**{"hoering-1/region-eksempel/rettes.txt": b"Det nye svar.\n"})
    (office.workspace.inbox / "hoering-1/region-eksempel/fjernes.txt").unlink()
    account = office.gather()
    assert account.files == lying_in(office.workspace.inbox) == 9
    assert account.adds_up
    assert of(account, "text") == {"accepted": 2, "quarantined": 1, "withdrawn": 2, "same": 1, "total": 6}
    assert (account.registered, account.replaced, account.gone) == (10, 1, 1)
    in_inbox = account.files - account.totals.counts[3]
    assert account.registered == in_inbox + account.replaced + account.gone
    (office.workspace.inbox / "hoering-1/region-eksempel/slettet.txt").unlink()
    assert office.gather().gone == 2


def test_a_file_that_comes_while_the_run_goes_on_is_not_read_yet_and_no_mistake(office: Office) -> None:
    office.gather()
    office.put(**{"hoering-1/eksempel-kommune/ny.txt": b"Nyt.\n", "hoering-1/eksempel-kommune/b.docx": word(SOUND * 2)})
    account = take_account(office.workspace, office.ledger)
    assert of(account, "unread") == {"unread": 2, "total": 2}
    assert account.adds_up
    assert "2 filer er kommet til eller ændret" in account_text(account, DANISH)


def test_a_file_that_was_read_and_not_registered_is_told_loudly(office: Office) -> None:
    office.gather()
    files = tuple(replace(file, sha256="") for file in list_inbox(office.workspace))
    news = find_new(office.workspace, Ledger(), FOUND, files)
    without = Ledger(tuple(item for item in office.ledger.submissions if item.id != office.number("b.docx")))
    account = take_account(office.workspace, without, news)
    assert account.lost == ("hoering-1/eksempel-kommune/b.docx",)
    assert not account.adds_up
    assert verdict(account, DANISH).startswith("FEJL")


def test_a_file_that_the_register_has_twice_is_told_loudly(office: Office) -> None:
    office.gather()
    twice = office.ledger.with_submissions(replace(office.ledger.submissions[0], id="B099"))
    assert not take_account(office.workspace, twice).adds_up


def test_links_and_what_cannot_be_opened_are_files_of_the_account(office: Office) -> None:
    (office.workspace.inbox / "hoering-1/eksempel-kommune/genvej.txt").symlink_to("/etc/hostname")
    os.mkfifo(office.workspace.inbox / "hoering-1/eksempel-kommune/roer")
    account = office.gather()
    assert account.files == 12
    assert account.adds_up
    assert of(account, "link") == {"quarantined": 2, "total": 2}


def test_an_empty_inbox_has_an_account(tmp_path: Path) -> None:
    account = Office(tmp_path).gather()
    assert (account.files, account.adds_up, count_passed_over(Workspace(tmp_path))) == (0, True, 0)
    assert verdict(account, DANISH) == "Indbakken er tom."


@pytest.mark.parametrize("key", ["da", "en"])
def test_the_stored_report_shows_the_numbers_of_the_account_and_is_written_once(office: Office, key: str) -> None:
    account, locale = office.gather(), load_locale(key)
    write_report(office.workspace, FOUND, house_look(), locale, account)
    stored = {file.name: file for file in office.workspace.reports.iterdir()}
    assert json.loads(stored["gather.json"].read_bytes()) == account_data(account)
    page = html.fromstring(stored["gather.html"].read_text("utf-8"))
    assert page.get("lang", "").startswith(key)
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//table[tfoot]/tbody/tr")]
    assert [sum(map(int, column)) for column in zip(*(row[1:] for row in rows), strict=True)] == [
        int(cell.text_content()) for cell in page.xpath("//tfoot//td")
    ]
    charts = [
        [int(cell.text_content()) for cell in chart.xpath(".//td[@class='number']")]
        for chart in page.xpath("//table[@class='chart']")
    ]
    assert [sum(chart) for chart in charts] == [account.files, account.files]
    assert all(chart.xpath(".//th[@scope='col']") for chart in page.iter("table"))
    assert "hvem.txt" not in stored["gather.html"].read_text("utf-8")
    before = {name: file.stat().st_mtime_ns for name, file in stored.items()}
    write_report(office.workspace, FOUND, house_look(), locale, office.gather())
    assert {name: file.stat().st_mtime_ns for name, file in stored.items()} == before


def test_the_web_page_has_the_same_table_and_no_sign_that_covers_personal_data(office: Office) -> None:
    account = office.gather()
    lines = account_text(account, DANISH).splitlines()
    bottom = next(line for line in lines if line.startswith("| Filer i indbakken"))
    assert bottom.split("|")[-2].strip() == str(account.files)
    assert "▇" not in "".join(lines)
    assert sum(line.endswith("■ |") for line in lines) == len(account.formats) + len(account.parties)


def test_gather_prints_and_stores_the_account(tmp_path: Path, inside: CommandLine) -> None:
    folder = write_scene(tmp_path / "scene", SMALL)
    done = inside("gather", "--workspace", folder)
    assert done.returncode == 0, done.stderr
    assert "Tallene stemmer: 2 filer i indbakken" in done.stdout
    assert "Filer i indbakken" in done.stdout
    assert str(folder / "reports/gather.html") in done.stdout
    answer = json.loads(inside("gather", "--json", "--workspace", folder).stdout)
    assert answer["account"] == json.loads((folder / "reports/gather.json").read_bytes())
    assert answer["account"]["formats"]["markdown"]["accepted"] == 1
