"""Whatever personal data a file hides, it reaches neither git nor anything that the engine writes or says."""

import email.message
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
import typst
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from intake_scene import SOUND, W, p, word
from openpyxl.comments import Comment

from flows import rows, steps
from flows.messages import gathered_message
from forankring.intake import load_contacts
from forankring.language import load_locale
from forankring.ledger import Ledger, Outcome
from forankring.workspace import Workspace, open_workspace
from tests.conftest import SMALL, CommandLine, write_scene

PLACE = "inbox/hoering-1/eksempel-kommune/"
Make = Callable[[str], tuple[str, bytes]]


def _docx(**parts: str) -> bytes:
    return word(SOUND, **parts)


def _in_word(body: str) -> Make:
    return lambda said: ("svar.docx", word(SOUND + body.replace("{}", said)))


def _in_part(name: str, xml: str) -> Make:
    return lambda said: ("svar.docx", word(SOUND, **{name: xml.replace("{}", said).replace("W:", f'xmlns:w="{W}"')}))


def _split(said: str) -> tuple[str, bytes]:
    return "svar.docx", word(SOUND + p(*said))


def _hyperlink(said: str) -> tuple[str, bytes]:
    document = docx.Document()
    document.add_paragraph("Forankring er vigtig for os.")
    document.add_table(1, 2).cell(0, 1).text = said
    document.core_properties.author = said
    buffer = io.BytesIO()
    document.save(buffer)
    return "svar.docx", buffer.getvalue()


def _pdf(source: str) -> Make:
    def make(said: str) -> tuple[str, bytes]:
        literal = said.replace("\\", "\\\\").replace('"', '\\"')
        return "svar.pdf", typst.compile(source.replace("{}", literal).encode())

    return make


def _book(place: str) -> Make:
    def make(said: str) -> tuple[str, bytes]:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Bemærkning", "Kapitel"])
        sheet.append(["Forankring er vigtig for os.", "Forankring"])
        if place == "cell":
            sheet.append([f"Se {said} for mere.", ""])
        elif place == "comment":
            sheet["A2"].comment = Comment(said, "Bo")
        elif place == "property":
            book.properties.keywords = said
        else:
            hidden = book.create_sheet("Skjult")
            hidden.sheet_state = "hidden"
            hidden["A1"] = said
        buffer = io.BytesIO()
        book.save(buffer)
        return "svar.xlsx", buffer.getvalue()

    return make


def _mail(place: str) -> Make:
    def make(said: str) -> tuple[str, bytes]:
        mail = email.message.EmailMessage()
        mail["From"] = "Eksempel Kommune <post@eksempel.dk>"
        mail["Subject"] = said if place == "header" else "Svar"
        mail.set_content(f"Forankring er vigtig.\n\n{said if place == 'body' else 'Vi er enige.'}\n")
        if place == "name":
            mail.add_attachment(b"Et forslag om drift.", "text", "plain", filename=f"{said}.txt")
        if place == "attached":
            mail.add_attachment(word(p(f"Skriv {said}")), "application", "octet-stream", filename="svar.docx")
        return "svar.eml", bytes(mail)

    return make


CARRIERS: dict[str, Make] = {
    "body": _in_word(p("Skriv til {}, tak.")),
    "split runs": _split,
    "deletion": _in_word("<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>"),
    "hidden text": _in_word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>"),
    "text box": _in_word(f"<w:p><w:r><w:txbxContent>{p('{}')}</w:txbxContent></w:r></w:p>"),
    "field code": _in_word("<w:p><w:r><w:instrText>HYPERLINK x{}</w:instrText></w:r></w:p>"),
    "two cells": _in_word(f"<w:tbl><w:tr><w:tc>{p('{}')}</w:tc><w:tc>{p('Enig')}</w:tc></w:tr></w:tbl>"),
    "comment": _in_part("word__comments", f"<w:comments W:><w:comment w:id='0'>{p('{}')}</w:comment></w:comments>"),
    "header": _in_part("word__header1", f"<w:hdr W:>{p('{}')}</w:hdr>"),
    "footnote": _in_part("word__footnotes", f"<w:footnotes W:><w:footnote>{p('{}')}</w:footnote></w:footnotes>"),
    "custom property": _in_part("docProps__custom", "<Properties><property name='x'><v>{}</v></property></Properties>"),
    "chart": _in_part("word__charts__chart1", "<c><pt><v>{}</v></pt></c>"),
    "table and author": _hyperlink,
    "pdf text": _pdf('Forankring er vigtig.\n\n#text("Skriv {} nu")'),
    "pdf title": _pdf('#set document(title: "{}", author: "{}")\nForankring er vigtig.'),
    "pdf keywords": _pdf('#set document(keywords: "{}")\nForankring er vigtig.'),
    **{f"sheet {place}": _book(place) for place in ("cell", "comment", "property", "hidden")},
    **{f"mail {place}": _mail(place) for place in ("header", "body", "name", "attached")},
}

numbers = st.builds(
    "{:02}{:02}{:02}{}{:04}".format,
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(0, 99),
    st.sampled_from(["-", "", " "]),
    st.integers(1000, 9999),
)
words = st.text("bcdfghjk", min_size=6, max_size=9)
SECRETS = {
    "number": numbers,
    "email": words.map("{}@eksempel.dk".format),
    "phone": st.integers(20000000, 99999999).map(
        lambda n: f"+45 {str(n)[:2]} {str(n)[2:4]} {str(n)[4:6]} {str(n)[6:]}"
    ),
    "address": words.map(lambda word: f"{word.capitalize()}vej 12, 2. tv., 8000 Aarhus C"),
}


def _everything(workspace: Workspace, job: steps.Job, ledger: Ledger) -> Iterator[str]:
    """Yield all that git holds and all that is said of the ledger; what is private, and hashes, are left out."""
    text = steps.repository(job)
    for path, data in text.files("main").items():
        yield path
        yield re.sub(r"\b[0-9a-f]{40,64}\b", "", data.decode())
    danish = load_locale("da")
    yield str(rows.register_rows(ledger.submissions, danish))
    yield rows.refusals_text([item for item in ledger.submissions if item.refusals], danish)
    yield gathered_message(ledger.submissions, danish)


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
@settings(
    max_examples=1, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(secrets=st.fixed_dictionaries(SECRETS))
def test_personal_data_planted_anywhere_reaches_nothing_that_is_kept_or_shown(
    tmp_path_factory: pytest.TempPathFactory, carrier: str, secrets: dict[str, str]
) -> None:
    folder = write_scene(tmp_path_factory.mktemp("planted"), {"strategy.yaml": SMALL["strategy.yaml"]})
    for kind, said in secrets.items():
        name, data = CARRIERS[carrier](said)
        target = folder / PLACE / f"{kind}-{name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    workspace = open_workspace(folder)
    job = steps.begin(workspace)
    files = steps.find_files(job, Ledger())
    gathered = steps.register_readings(job, Ledger(), steps.read_batch(job, files), files)
    steps.record_ledger(job, gathered)

    outcomes = {item.places[0].rsplit("/")[-1].split("-")[0]: item.outcome for item in gathered.ledger.submissions}
    assert len(outcomes) == len(secrets)
    if carrier not in ("mail name", "mail attached"):  # there the attachment alone is refused, or its name covered
        assert outcomes["number"] == Outcome.QUARANTINED
        assert {outcomes[kind] for kind in secrets if kind != "number"} == {Outcome.ACCEPTED}
    told = "\n".join(_everything(workspace, job, gathered.ledger))
    for said in secrets.values():
        hidden = [said, re.sub(r"\D", "", said)] if said[0] in "+0123456789" else [said.split(",")[0].split("@")[0]]
        assert not any(secret in told for secret in hidden)
    assert load_contacts(workspace) == {}


def test_the_policy_decides_what_refuses_a_file_and_what_is_covered(tmp_path: Path, inside: CommandLine) -> None:
    policy = "screening: {personal_number: mask, email: block}\n"
    folder = write_scene(
        tmp_path / "scene",
        {
            "strategy.yaml": SMALL["strategy.yaml"] + policy,
            PLACE + "a.txt": "Vi støtter forankring.\n\nMit nummer er 010190-1234, og værdi er vigtigt.\n",
            PLACE + "b.txt": "Skriv til ane@eksempel.dk.\n",
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
