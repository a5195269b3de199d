"""Mails and archives in the inbox: one submission with parts, from whoever wrote it."""

import io
import zipfile
from pathlib import Path

from forankring.ledger import Outcome
from tests.integration.intake_scene import STRATEGY, codes, gathered, only

ADDRESSES = STRATEGY.replace("name: Eksempel Kommune,", 'name: Eksempel Kommune, addresses: ["@eksempel.dk"],').replace(
    "name: Region Eksempel,", "name: Region Eksempel, addresses: [post@region.example.org],"
)


def mail(body: str, sender: str = "svar@eksempel.dk", subject: str = "SV: Svar", more: str = "") -> str:
    return f"From: A <{sender}>\nSubject: {subject}\nMIME-Version: 1.0\n{more}\n{body}"


def with_file(body: str, name: str, data: str) -> str:
    head = "Content-Type: multipart/mixed; boundary=b\n"
    inner = f"--b\n\n{body}\n--b\nContent-Type: text/plain; name={name}\n\n{data}\n--b--\n"
    return mail(inner, more=head)


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def test_a_mail_is_one_submission_from_the_address_that_a_party_registered(tmp_path: Path) -> None:
    found = only(
        gathered(
            tmp_path,
            {"hoering-1/svar.eml": with_file("Vi mener, at forankring er vigtig.", "bilag.txt", "Og teknologi.")},
            ADDRESSES,
        )
    )
    assert found.party
    assert (found.party.key, found.party_evidence, found.title) == ("eksempel-kommune", "mail", "Svar")
    assert [(point.place.part, point.about.chapter) for point in found.points] == [
        ("", "anchoring"),
        ("bilag.txt", "value"),
    ]


def test_a_personal_number_in_an_attachment_refuses_the_attachment_alone(tmp_path: Path) -> None:
    text = with_file("Vi mener, at forankring er vigtig.", "bilag.txt", "Jeg er 010190-1234.")
    found = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.eml": text}))
    assert found.outcome == Outcome.ACCEPTED
    assert [[refusal.code for refusal in part.refusals] for part in found.parts] == [["personal_number"]]


def test_a_personal_number_anywhere_in_the_mail_refuses_the_mail(tmp_path: Path) -> None:
    text = mail("Vi støtter det.\n\nMvh\nAnna\n010190-1234\n")
    assert codes(only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.eml": text}))) == ["personal_number"]


def test_a_forwarded_mail_is_from_whoever_wrote_it(tmp_path: Path) -> None:
    inner = "Fra: Regionen <post@region.example.org>\nSendt: 1. nov. 2026\nEmne: Svar\n\nVi støtter forankring.\n"
    text = mail(f"Til orientering.\n\n{inner}", subject="VS: Svar")
    found = only(gathered(tmp_path, {"hoering-1/svar.eml": text}, ADDRESSES))
    assert found.party
    assert found.party.key == "region-eksempel"
    assert [point.text for point in found.points] == ["Vi støtter forankring."]


def test_an_archive_of_mails_names_a_sender_only_where_they_agree(tmp_path: Path) -> None:
    ours, theirs = mail("Vi støtter det."), mail("Vi støtter det ikke.", "post@region.example.org")
    same = only(
        gathered(tmp_path / "a", {"hoering-1/svar.zip": zipped(a__eml=ours, b__eml=ours + "Og mere.")}, ADDRESSES)
    )
    assert same.party
    assert same.party.key == "eksempel-kommune"
    mixed = only(gathered(tmp_path / "b", {"hoering-1/svar.zip": zipped(a__eml=ours, b__eml=theirs)}, ADDRESSES))
    assert codes(mixed) == ["no_party"]


def test_a_mail_that_came_along_does_not_name_the_sender_of_the_mail(tmp_path: Path) -> None:
    text = with_file("Vi mener, at forankring er vigtig.", "deres.eml", mail("Deres svar.", "post@region.example.org"))
    unknown = text.replace("svar@eksempel.dk", "ukendt@example.net", 1)
    assert codes(only(gathered(tmp_path, {"hoering-1/svar.eml": unknown}, ADDRESSES))) == ["no_party"]


def test_an_archive_within_a_mail_within_an_archive_is_read(tmp_path: Path) -> None:
    inner = with_file("Se her.", "svar.md", "# Svar\n\nVi vil have værdi.")
    found = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.zip": zipped(mail__eml=inner)}))
    assert [part.name for part in found.parts] == ["mail.eml", "mail.eml/svar.md"]
    assert [point.text for point in found.points if point.place.part == "mail.eml/svar.md"] == ["Vi vil have værdi."]


def test_an_archive_of_nothing_but_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    found = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.zip": zipped(a__txt="", b__vcf="BEGIN:VCARD\n")}))
    assert codes(found) == ["empty_file", "format_contact"]
