"""Outlook's own mails are read as others are; a mail inside one is written anew."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.readers.mail.packed_rtf import PackedRtfError, unpack_rtf
from forankring.intake.readers.msg import read_msg
from tests.unit.intake.mail_scene import files, notes, read, texts
from tests.unit.intake.outlook_scene import Tree, compound, mail

SUBJECT, BODY, HTML, RTF, ADDRESS, KIND = 0x37, 0x1000, 0x1013, 0x1009, 0x0C1F, 0x1A
NAME, DATA, METHOD, TYPE, CID = 0x3707, 0x3701, 0x3705, 0x370E, 0x3712
FIELDS = {SUBJECT: "SV: Høring", KIND: "IPM.Note", ADDRESS: "svar@eksempel.dk", BODY: "Vi støtter.\r\n\r\nMvh\r\nAnna"}


def refused(tree: Tree) -> str:
    with pytest.raises(InputError) as caught:
        read(compound(tree), read_msg)
    return caught.value.problems[0].code


def test_words_subject_and_sender_are_read() -> None:
    found = read(compound(mail(FIELDS)), read_msg)
    assert texts(found) == ["Vi støtter."]
    assert found.title == "Høring"
    assert [item.address for item in found.stated] == ["svar@eksempel.dk"]
    assert notes(found) == {"signature_left_out": 2}


def test_the_address_that_the_net_knows_goes_before_outlooks_own() -> None:
    header = "From: Anna <anna@eksempel.dk>\r\nTo: x@y.dk\r\n"
    own = mail({**FIELDS, ADDRESS: "/O=EKSEMPEL/CN=ANNA", 0x007D: header})
    assert [item.address for item in read(compound(own), read_msg).stated] == ["anna@eksempel.dk"]
    smtp = mail({**FIELDS, ADDRESS: "/O=EKSEMPEL/CN=ANNA", 0x5D01: "anna@eksempel.dk"})
    assert [item.address for item in read(compound(smtp), read_msg).stated] == ["anna@eksempel.dk"]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    fields = {**FIELDS, BODY: "", HTML: "<p>Vi støtter <b>det</b>.</p>".encode("cp1252")}
    assert texts(read(compound(mail(fields)), read_msg)) == ["Vi støtter det."]


def test_packed_rtf_is_read_where_there_is_nothing_else() -> None:
    rtf = b"{\\rtf1\\ansi Vi st\\'f8tter.\\par}"
    packed = struct.pack("<4I", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    fields = {key: value for key, value in FIELDS.items() if key != BODY}
    assert texts(read(compound(mail({**fields, RTF: packed})), read_msg)) == ["Vi støtter."]


def test_files_mails_and_pictures_are_told_apart() -> None:
    inner = mail({SUBJECT: "Det indre", BODY: "Det mener vi.", ADDRESS: "b@eksempel.dk"}, header=24)
    found = read(
        compound(
            mail(
                {**FIELDS, HTML: b'<img src="cid:logo">'},
                {METHOD: 1, NAME: "svar.md", DATA: b"# Svar"},
                {METHOD: 1, NAME: "svar.md", DATA: b"# Andet svar" * 999},
                {METHOD: 5, DATA: inner},
                {METHOD: 7, NAME: "i skyen.docx"},
                {METHOD: 1, NAME: "logo.png", TYPE: "image/png", CID: "logo", DATA: b"\x89PNG"},
                {METHOD: 1, NAME: "uden bytes.pdf"},
            )
        ),
        read_msg,
    )
    contents = files(found)
    assert list(contents) == ["svar.md", "svar (2).md", "Det indre.eml", "i skyen.docx", "uden bytes.pdf"]
    assert contents["svar (2).md"] == b"# Andet svar" * 999
    assert contents["i skyen.docx"] == "nothing_attached"
    assert contents["uden bytes.pdf"] == "broken_attachment"
    assert notes(found)["mail_pictures_left_out"] == 1
    written = contents["Det indre.eml"]
    assert isinstance(written, bytes)
    assert texts(read(written)) == ["Det mener vi."]


def test_the_same_mail_within_gives_the_same_bytes() -> None:
    inner = mail({SUBJECT: "Det indre", BODY: "Det."}, {METHOD: 1, NAME: "a.txt", DATA: b"x"}, header=24)
    data = compound(mail(FIELDS, {METHOD: 5, DATA: inner}))
    assert files(read(data, read_msg)) == files(read(data, read_msg))


def test_a_signed_mail_is_read_and_a_locked_one_says_so() -> None:
    signed = (
        b"Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain\n\nVi vil.\n--b\n\nx\n--b--\n"
    )
    attached = {METHOD: 1, NAME: "smime.p7m", DATA: signed}
    found = read(compound(mail({**FIELDS, KIND: "IPM.Note.SMIME.MultipartSigned"}, attached)), read_msg)
    assert texts(found)[0] == "Vi vil."
    assert refused(mail({**FIELDS, KIND: "IPM.Note.SMIME"}, {**attached, DATA: b"0\x80\x06"})) == "encrypted_mail"


def test_a_compound_file_that_is_no_mail_is_broken() -> None:
    assert refused({"Noget": b"x"}) == "broken_file"


@pytest.mark.parametrize("page", [1, 57002])
def test_a_mail_in_an_alphabet_that_nobody_knows_is_broken(page: int) -> None:
    assert refused(mail({SUBJECT: "Svar", 0x3FDE: page})) == "broken_file"


def test_compressed_rtf_is_unpacked_as_the_format_says() -> None:
    """The example of MS-OXRTFCP 3.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize("data", [b"", b"x" * 16, struct.pack("<4I", 0, 2**31, 0x75465A4C, 0)])
def test_what_is_no_compressed_rtf_is_refused(data: bytes) -> None:
    with pytest.raises(PackedRtfError):
        unpack_rtf(data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40), st.integers(0, 6000))
def test_a_mail_with_bytes_changed_is_read_or_refused(place: int, change: bytes, length: int) -> None:
    inner = mail({SUBJECT: "Det indre", BODY: "Det."}, header=24)
    data = bytearray(compound(mail(FIELDS, {METHOD: 5, DATA: inner}, {METHOD: 1, NAME: "a.txt", DATA: b"x"})))
    data[place : place + len(change)] = change
    try:
        read(bytes(data[: max(length, 1600)]), read_msg)
    except InputError as error:
        assert error.problems
