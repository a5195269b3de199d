"""Whatever personal data a file hides, and wherever, it reaches neither git nor anything that is made or said of it."""

import contextlib
import hashlib
import io
import json
import random
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from intake_scene import STRATEGY, codes, gathered, only, p, word
from planted_files import BUILDERS
from planting import MASK, Planter, Secret, View, number_in
from prefect.logging.handlers import APILogHandler

from flows import cli, steps
from forankring.intake.covering import cover_all
from forankring.ledger import Outcome, Submission
from forankring.workspace import open_workspace
from tests.conftest import SMALL, CommandLine, write_scene

PLACE = "hoering-1/eksempel-kommune/"
MASKED = SMALL["strategy.yaml"].replace("[html]", "[docx, pdf, html]") + "screening: {personal_number: mask}\n"
INTERNAL = "  - {key: kontoret, name: Kontoret for Data, type: state, internal: true}\nchapters:"

SHOWN = frozenset(
    "word body, word runs, word heading, word cell, word footnote, sheet remark, sheet proposal, "
    "sheet detail, sheet hidden row, sheet hidden sheet, pdf text, pdf cell, pdf page header, mail text, mail subject, "
    "mail attached text, mail attached word, mail in mail, zip member, zip member name, md text, md cell, md code, "
    "md block, html text, csv remark, csv proposal, csv other, text utf-16, file name".split(", ")
)
"""Carriers whose words are part of what a sender says: they stand in git, with the personal data covered."""

UNNAMED = """
---
party: {name: Qvkforeningen, type: association}
title: Svaret fra Qvkforeningen
publication: anonymous
---

NAVNLØST om værdi.
"""
WITHHELD = """
---
party: {name: Zkvforeningen, type: association}
publication: withheld
publication_reason: GRUNDEN hertil
---

TILBAGEHOLDT om værdi.
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """A workspace after one run, the secrets in its inbox, and all texts that the run left, by where they are."""

    folder: Path
    secrets: tuple[Secret, ...]
    files: dict[str, bytes]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, prefect_server: str, state: Path) -> Planted:
    """Draft once, through the command line, from files that hold secrets everywhere; nothing is refused for them."""
    choose = random.Random(4)
    secrets, files = _planted(lambda secret: secret.told(choose))
    name = Planter(first=len(secrets), tell=lambda secret: f"{secret.token} {secret.told().partition(', ')[2]}")
    files[f"{name('file name')}.txt"] = "Værdi er vigtigt for os.\n".encode()
    folder = write_scene(
        tmp_path_factory.mktemp("planted") / "scene",
        {
            "strategy.yaml": MASKED.replace("chapters:", INTERNAL, 1),
            "inbox/hoering-1/foreningerne/fra Qvkforeningen.md": UNNAMED,
            "inbox/hoering-1/foreningerne/fra Zkvforeningen.md": WITHHELD,
            "inbox/hoering-1/kontoret/svar.md": "INTERNT om værdi.\n",
        },
    )
    _put(folder, files)
    numbers = Planter(first=len(secrets) + 1, tell=lambda secret: secret.number)
    _put(folder, {f"{numbers('number in name')}.txt": b"Afvist for sit navn.\n"})
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        ended = [cli.run([*command.split(), "--workspace", str(folder)]) for command in ("draft", "status", "shared")]
    assert ended == [0, 0, 0], said.getvalue()
    APILogHandler().flush()
    texts = {
        "git": "\n".join(_in_git(folder / "text")),
        "editions": "\n".join(_in_editions(folder / "editions")),
        "receipts": _in_files(folder / "receipts"),
        "reports": _in_files(folder / "reports"),
        "output": said.getvalue(),
        "prefect": "\n".join(_in_prefect(state)),
        "private": _in_files(folder / ".forankring", "vault", "contacts.json", "inbox-cache.json"),
    }
    return Planted(folder, (*secrets, *name.secrets, *numbers.secrets), files, texts)


def _planted(tell: Callable[[Secret], str]) -> tuple[list[Secret], dict[str, bytes]]:
    secrets: list[Secret] = []
    files = {}
    for name, build in BUILDERS.items():
        said = Planter(first=len(secrets), tell=tell)
        files[name] = build(said)
        secrets += said.secrets
    return secrets, files


def _put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        target = folder / "inbox" / PLACE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _in_git(text: Path) -> Iterator[str]:
    """Yield every object that git holds, reachable or not, and what lies beside them."""
    command = ["git", "-C", str(text), "cat-file", "--batch-all-objects", "--batch"]
    yield subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")
    yield _in_files(text, "objects", "index")


def _in_editions(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        yield file.name
        if file.suffix == ".docx":
            with zipfile.ZipFile(file) as archive:
                yield from (_with_words(archive.read(name)) for name in archive.namelist())
        elif file.suffix == ".pdf":
            document = pypdfium2.PdfDocument(file)
            yield from (page.get_textpage().get_text_range() for page in document)
            yield json.dumps(document.get_metadata_dict())
        elif file.is_file():
            yield _with_words(file.read_bytes())


def _with_words(data: bytes) -> str:
    """Return the text with its markup, and the words alone: markup may part a number."""
    text = data.decode("utf-8", "replace")
    return f"{text}\n{re.sub('<[^>]*>', '', text)}"


def _in_files(folder: Path, *without: str) -> str:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    kept = (file for file in files if not {*file.relative_to(folder).parts} & {*without})
    return "\n".join(f"{file.relative_to(folder)}\n{file.read_bytes().decode('utf-8', 'replace')}" for file in kept)


def _in_prefect(state: Path) -> Iterator[str]:
    """Yield all that Prefect's database holds, artifacts and logs included, and every other file beside it."""
    databases = [file for file in state.rglob("*.db") if file.is_file()]
    assert databases
    for file in databases:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            yield from database.iterdump()
    yield _in_files(state, *(file.name for file in databases))


PLACES = ("git", "editions", "receipts", "reports", "output", "prefect", "private")


@pytest.mark.parametrize("place", PLACES)
def test_no_number_address_or_telephone_number_gets_out_of_the_vault(planted: Planted, place: str) -> None:
    view = View.of(planted.texts[place])
    found = {secret.carrier: left for secret in planted.secrets if (left := secret.left_in(view))}
    assert found == {}


def test_every_secret_was_there_to_be_found(planted: Planted) -> None:
    assert len(planted.secrets) > 100
    for name, data in planted.files.items():
        sha256 = hashlib.sha256(data).hexdigest()
        assert (planted.folder / ".forankring/vault" / sha256[:2] / sha256).read_bytes() == data, name
    choose = random.Random(4)
    for secret in planted.secrets:
        assert len(secret.left_in(View.of(secret.told(choose)))) == 4


def test_what_stands_beside_a_secret_is_kept_and_shows_that_something_is_covered(planted: Planted) -> None:
    git = planted.texts["git"]
    assert {secret.carrier for secret in planted.secrets if secret.token in git} >= SHOWN
    for secret in planted.secrets:
        if secret.carrier in SHOWN:
            assert re.search(rf"{secret.token}.{{0,60}}{MASK * 4}", git), secret.carrier
    tokens = [secret.token for secret in planted.secrets if secret.carrier in SHOWN]
    for place in ("editions", "receipts", "prefect"):
        assert any(token in planted.texts[place] for token in tokens), place


def test_every_file_is_accepted_but_the_one_whose_name_holds_a_number(planted: Planted) -> None:
    ledger = steps.recorded_ledger(steps.begin(open_workspace(planted.folder)))
    refused = [item for item in ledger.submissions if item.outcome != Outcome.ACCEPTED]
    assert [codes(item) for item in refused] == [["personal_number"]]
    assert len(ledger.submissions) == len(planted.files) + 4


@pytest.mark.parametrize("place", ["git", "editions", "reports", "output", "prefect"])
def test_what_a_sender_does_not_want_published_stays_private(planted: Planted, place: str) -> None:
    text = planted.texts[place]
    hidden = ["Qvkforeningen", "Zkvforeningen", "TILBAGEHOLDT", "INTERNT", "GRUNDEN"]
    assert [word for word in hidden if word in text] == []
    assert ("NAVNLØST" in text) == (place in ("git", "editions"))


def test_nothing_that_was_not_published_is_lost(planted: Planted) -> None:
    kept = planted.texts["private"]
    assert all(word in kept for word in ("Qvkforeningen", "Zkvforeningen", "TILBAGEHOLDT", "INTERNT", "NAVNLØST"))
    assert "GRUNDEN" not in kept
    assert "GRUNDEN" in (planted.folder / ".forankring/contacts.json").read_text(encoding="utf-8")


COVERED = frozenset({"mail file name", "zip folder", "zip member name"})
"""Names of enclosed files refuse nothing: they are covered wherever they are shown."""
UNSEEN = frozenset({"mail own header", "pdf own property"})
"""What programs write for themselves, which no reader looks into and no record takes up."""


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_a_number_refuses_the_file_wherever_it_stands(tmp_path: Path, name: str) -> None:
    recorder = Planter()
    BUILDERS[name](recorder)
    carriers = [secret.carrier for secret in recorder.secrets if secret.carrier not in COVERED | UNSEEN]
    files = {f"{PLACE}{n:02}-{name}": BUILDERS[name](number_in(carrier)) for n, carrier in enumerate(carriers)}
    clean = {f"{PLACE}rent-{name}": BUILDERS[name](number_in("nowhere"))}

    found = gathered(tmp_path, {**files, **clean})

    refused = {place for item in found.ledger.submissions for place in item.places if "personal_number" in _why(item)}
    assert sorted({*files} - refused) == []
    assert refused.isdisjoint(clean)


def _why(item: Submission) -> list[str]:
    refusals = [*item.refusals, *(refusal for part in item.parts for refusal in part.refusals)]
    return [refusal.code for refusal in refusals]


QUICK = settings(
    deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), max_examples=3
)
"""Without shrinking: every example reads all files."""


@QUICK
@given(seed=st.integers(0, 2**32))
def test_no_spelling_anywhere_reaches_a_record(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    choose = random.Random(seed)
    secrets, files = _planted(lambda secret: secret.told(choose))

    found = gathered(tmp_path_factory.mktemp("spelled"), {PLACE + name: data for name, data in files.items()}, MASKED)

    view = View.of(json.dumps([asdict(item) for item in found.ledger.submissions], ensure_ascii=False, default=str))
    assert {secret.carrier: left for secret in secrets if (left := secret.left_in(view))} == {}


@settings(QUICK, max_examples=300)
@given(seed=st.integers(0, 2**32), number=st.integers(0, 200))
def test_no_spelling_survives_being_covered(seed: int, number: int) -> None:
    said = Planter(first=number, tell=lambda secret: secret.told(random.Random(seed)))
    text = said("anywhere")
    (secret,) = said.secrets
    assert len(secret.left_in(View.of(text))) == 4
    assert secret.left_in(View.of(cover_all(text))) == []
    assert cover_all(text).startswith(f"Forslaget {secret.token} bygger på ")


def test_the_policy_decides_what_refuses_a_file_and_what_is_covered(tmp_path: Path, inside: CommandLine) -> None:
    policy = "screening: {personal_number: mask, email: block}\n"
    folder = write_scene(
        tmp_path / "scene",
        {
            "strategy.yaml": SMALL["strategy.yaml"] + policy,
            "inbox/" + PLACE + "a.txt": "Vi støtter forankring.\n\nMit nummer er 010190-1234, og værdi er vigtigt.\n",
            "inbox/" + PLACE + "b.txt": "Skriv til ane@eksempel.dk.\n",
        },
    )
    done = inside("gather", "--workspace", folder)
    job = steps.begin(open_workspace(folder))
    a, b = steps.recorded_ledger(job).submissions

    assert (a.outcome, b.outcome) == (Outcome.ACCEPTED, Outcome.QUARANTINED)
    assert any("▇▇▇▇▇▇▇▇▇▇▇" in point.text for point in a.points)
    assert [(note.code, note.values["n"]) for note in a.notes] == [("personal_number_masked", 1)]
    assert [(item.code, item.values["where"]) for item in b.refusals] == [("email_in_file", "linje 1")]
    assert "010190" not in done.stdout + done.stderr + str(a)
    assert "ane@" not in done.stdout + done.stderr + str(b)


def test_what_begins_in_one_paragraph_and_ends_in_the_next_is_covered_in_both(tmp_path: Path) -> None:
    lines = [
        "Vi bor på Slotseksemplet 5",
        "4683 Rønnede er byen.",
        "Skriv gerne til ane@",
        "eksempel.dk med jeres svar.",
    ]
    submission = only(gathered(tmp_path, {PLACE + "a.docx": word("".join(map(p, lines)))}))

    told = [point.text for point in submission.points]
    assert [text.split(MASK)[0] for text in told] == ["Vi bor på ", "", "Skriv gerne til ", ""]
    assert [text.split(MASK)[-1] for text in told] == ["", " er byen.", "", " med jeres svar."]
    assert [(note.code, note.values["n"]) for note in submission.notes] == [("email_masked", 1), ("address_masked", 1)]


def test_a_number_over_two_paragraphs_refuses_the_file_whatever_the_policy(tmp_path: Path) -> None:
    body = p("Nummeret er 010190-") + p("1234, og det er alt.")
    for name, strategy in (("blocked", STRATEGY), ("masked", STRATEGY + "screening: {personal_number: mask}\n")):
        assert codes(only(gathered(tmp_path / name, {PLACE + "a.docx": word(body)}, strategy))) == ["personal_number"]
