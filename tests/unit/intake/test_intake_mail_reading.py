"""A mail is one submission: its words, its files, its sender, and a note of all that is not carried."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.readers.trees import pandocs
from forankring.intake.screening import first_number
from tests.unit.intake.mail_scene import files, mail, notes, part, parts, read, texts

PNG = b"\x89PNG\r\n\x1a\n\0\0"


def refused(data: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    return caught.value.problems[0].code


def test_the_words_are_blocks_with_the_lines_that_they_stand_on() -> None:
    found = read(mail("Hej\n\nVi støtter forslaget.\n\nMvh\nAnna\n"))
    assert texts(found) == ["Vi støtter forslaget."]
    assert [piece.line for piece in found.pieces] == [3]
    assert notes(found) == {"signature_left_out": 3}


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Høringssvar", "Høringssvar"),
        ("SV: VS: Høringssvar", "Høringssvar"),
        ("=?utf-8?B?U1Y6IEjDuHJpbmdzc3Zhcg==?=", "Høringssvar"),
        ("=?iso-8859-1?Q?Re=3A_H=F8rings?=\n =?iso-8859-1?Q?svar?=", "Høringssvar"),
        ("[EKSTERN] RE: Høringssvar", "Høringssvar"),
        ("=?ukendt?Q?x?= Høringssvar", "x Høringssvar"),
        ("", ""),
    ],
)
def test_the_subject_without_its_prefixes_is_the_title(subject: str, title: str) -> None:
    assert read(mail("Tekst.", subject=subject)).title == title


def test_the_sender_is_the_address_between_the_brackets() -> None:
    found = read(mail("Tekst.").replace("From: Eksempel", 'From: "anna@andet.dk"'))
    assert [(item.origin, item.address) for item in found.stated] == [("mail", "svar@eksempel.dk")]


def test_the_sender_of_a_forwarded_mail_is_who_wrote_it() -> None:
    inner = "\nFra: Anna <anna@eksempel.dk>\nSendt: 1. november 2026\nEmne: Svar\n\nVi støtter forslaget.\n"
    found = read(mail(f"Til orientering.\n{inner}", subject="VS: Svar", sender="sekretariat@example.org"))
    assert [item.address for item in found.stated] == ["anna@eksempel.dk"]
    assert texts(found) == ["Vi støtter forslaget."]
    nameless = inner.replace(" <anna@eksempel.dk>", "")
    assert read(mail(nameless, subject="VS: Svar")).stated == (), "rather no sender than the wrong one"


def test_a_mail_that_only_holds_another_does_not_name_the_sender() -> None:
    inner = part(mail("Vi støtter forslaget."), "message/rfc822")
    assert read(parts(part(""), inner)).stated == ()
    assert [item.address for item in read(parts(part("Vi er enige i dette."), inner)).stated] == ["svar@eksempel.dk"]


def test_people_are_screened_and_machines_are_not() -> None:
    def found(head: str) -> bool:
        return first_number(read(mail("Tekst.", head=head)).screened) is not None

    assert found("Cc: 010190-1234 <x@y.dk>")
    assert found("Received: from a by b for <0101901234@y.dk>; Mon, 2 Nov 2026")
    assert not found("Message-ID: <1503672010.x@y.dk>\nReceived: by a with id 1503672010\nX-Id: 1503672010")


@pytest.mark.parametrize(
    "body", ["Vi støtter.\n\nMvh\nAnna, 010190-1234", "> 010190-1234\n\nVi støtter det.", "Sendt fra min 010190-1234"]
)
def test_what_is_left_out_is_screened_all_the_same(body: str) -> None:
    assert first_number(read(mail(body, subject="SV: Svar")).screened)


def test_of_two_versions_one_is_read_and_both_are_screened() -> None:
    found = read(parts(part("Vi støtter."), part("<p>Vi støtter 010190-1234</p>", "text/html"), kind="alternative"))
    assert texts(found) == ["Vi støtter."]
    assert first_number(found.screened)


@pytest.mark.parametrize("plain", ["", "Se mailen som HTML."])
def test_the_html_is_read_where_the_plain_version_says_nothing(plain: str) -> None:
    rich = "<p>Vi støtter forslaget.</p>" + "<p>Det er der mange gode grunde til.</p>" * 9
    found = read(parts(part(plain), part(rich, "text/html"), kind="alternative"))
    assert texts(found)[0] == "Vi støtter forslaget."


def test_html_is_cut_as_plain_text_is() -> None:
    rich = (
        "<style>p{}</style><!--[if mso]><xml>1</xml><![endif]--><p>Kære sekretariat</p>"
        "<p>Første linje<br>anden linje<br><br>Nyt <b>afsnit</b>.<br><br>Med venlig hilsen<br>Anna</p>"
        "<table><tr><td>Eksempel Kommune</td></tr></table>"
        "<p>Den 3. nov. 2026 kl. 10.12 skrev Sekretariatet:</p><blockquote><p>Hvad mener I?</p></blockquote>"
    )
    found = read(parts(part(rich, "text/html"), head="Subject: SV: Svar\nFrom: svar@eksempel.dk\n"))
    assert texts(found) == ["Første linje\nanden linje", "Nyt afsnit."]
    assert notes(found) == {"quoted_reply_left_out": 2, "signature_left_out": 4}


def test_files_keep_their_names_and_bytes() -> None:
    found = read(
        parts(
            part("Se bilag."),
            part(b"a", "application/pdf", Content_Disposition='attachment; filename="svar.pdf"'),
            part(b"b", "application/pdf", Content_Disposition='attachment; filename="SVAR.pdf"'),
            part(b"c", 'application/pdf; name="=?utf-8?B?w6YucGRm?="'),
            part(b"d", "x/y", Content_Disposition="attachment; filename*0*=utf-8''..%2F..%5C%C3%B8; filename*1*=.txt"),
            part(b"e", "application/pdf"),
            part(b"f", "x/y", Content_Disposition='attachment; filename="010190-1234 anna@eksempel.dk.txt"'),
        )
    )
    names = ["svar.pdf", "SVAR (2).pdf", "æ.pdf", "ø.txt", "vedhæftet fil 5.pdf", "▇▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇"]
    assert list(files(found).items()) == list(zip(names, [b"a", b"b", b"c", b"d", b"e", b"f"], strict=True))


def test_what_is_no_contribution_is_named_and_not_made_a_part() -> None:
    found = read(
        parts(
            part("Vi støtter."),
            part("BEGIN:VCARD", "text/vcard", Content_Disposition="attachment; filename=anna.vcf"),
            part("BEGIN:VCARD", "application/octet-stream; name=b.vcf"),
            part("BEGIN:VCALENDAR", "text/calendar"),
            part("Modtaget", "message/disposition-notification"),
            part(b"x", "application/pkcs7-signature; name=smime.p7s"),
        )
    )
    assert files(found) == {}
    assert notes(found) == {
        "contact_cards_left_out": 2,
        "invitations_left_out": 1,
        "delivery_reports_left_out": 1,
        "seal_not_checked": "",
    }


def test_pictures_of_the_text_are_left_out_and_pictures_that_were_sent_are_not() -> None:
    rich = part('<p>Vi støtter.</p><img src="cid:logo@x">', "text/html")
    found = read(
        parts(
            rich,
            part(PNG, "image/png; name=logo.png", Content_ID="<logo@x>"),
            part(PNG, "image/png; name=foto.png", Content_Disposition="inline", Content_ID="<foto@x>"),
        )
    )
    assert list(files(found)) == ["foto.png"]
    assert notes(found) == {"mail_pictures_left_out": 1}


def test_a_mail_within_a_mail_is_a_file_of_its_own() -> None:
    inner = mail("Vi støtter.", subject="Det indre")
    encoded = "\n".join(("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", ""))
    encoded += "\n" + base64.encodebytes(inner.encode()).decode()
    found = read(parts(part("Se her."), part(inner, "message/rfc822"), encoded))
    contents = list(files(found).items())
    assert [name for name, _ in contents] == ["Det indre.eml", "vedhæftet mail 2.eml"]
    for _, data in contents:
        assert isinstance(data, bytes)
        assert texts(read(data)) == ["Vi støtter."]


@pytest.mark.parametrize("kind", ["application/pkcs7-mime; name=smime.p7m", "multipart/encrypted; boundary=x"])
def test_a_locked_mail_says_so(kind: str) -> None:
    assert refused(f"From: a@b.dk\nMIME-Version: 1.0\nContent-Type: {kind}\n\nMIAGCSqGSIb3\n") == "encrypted_mail"


def test_a_file_that_is_only_referred_to_is_refused_alone() -> None:
    found = read(parts(part("Vi støtter."), part("x", 'message/external-body; name="stor.docx"')))
    assert files(found) == {"stor.docx": "nothing_attached"}


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Vi støtter æøå.".encode(), "Vi støtter æøå."),
        ("iso-8859-1", "Vi støtter – æøå.".encode("cp1252"), "Vi støtter – æøå."),
        ("iso-8859-1", "Vi støtter æøå.".encode(), "Vi støtter æøå."),
        ("utf-8", "Vi støtter æøå.".encode("cp1252"), "Vi støtter æøå."),
        ("ibm865", "Vi støtter æøå.".encode("cp865"), "Vi støtter æøå."),
        ("intet-tegnsæt", "Vi støtter æøå.".encode(), "Vi støtter æøå."),
        ("us-ascii", "Vi støtter æøå.".encode(), "Vi støtter æøå."),
    ],
)
def test_words_are_read_whatever_charset_the_mail_claims(charset: str, data: bytes, text: str) -> None:
    assert texts(read(parts(part(data, f"text/plain; charset={charset}")))) == [text]


def test_raw_letters_in_a_header_are_read() -> None:
    assert read(mail("Tekst.", subject="Høring om æøå").encode("cp1252")).title == "Høring om æøå"


def test_base64_that_is_none_ends_with_what_can_be_read() -> None:
    broken = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n!!! ikke base64 æøå\n"
    found = read(parts(part("Vi støtter."), broken))
    assert texts(found) == ["Vi støtter."]
    assert list(files(found)) == ["a.pdf"]


def test_large_files_are_read_as_small_ones() -> None:
    large = bytes(range(256)) * 300
    pdf = part(large, "application/pdf; name=a.pdf")
    inner = parts(part("Vi støtter."), pdf).replace("skel", "indre")
    encoded = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    encoded += base64.encodebytes(inner.encode()).decode()
    text = part(large.hex(), "text/plain; name=b.txt")
    windows = pdf.replace("\n", "\r\n")
    found = files(read(parts(part("Se her."), pdf, windows, part(inner, "message/rfc822"), encoded, text)))
    assert [data for name, data in found.items() if name.endswith(".pdf")] == [large, large]
    assert found["b.txt"] == large.hex().encode()
    for name in ("Svar.eml", "vedhæftet mail 4.eml"):
        data = found[name]
        assert isinstance(data, bytes)
        assert files(read(data)) == {"a.pdf": large}


def test_a_mailbox_holds_each_of_its_mails() -> None:
    one, two = mail("Vi støtter.", subject="Et"), mail("Det gør vi ikke.", subject="To")
    line = "From anna@eksempel.dk Mon Nov  2 10:12:00 2026\n"
    assert texts(read(line + one)) == ["Vi støtter."]
    found = read(f"{line}{one}\n{line}{two}")
    assert [texts(read(data)) for data in files(found).values()] == [["Vi støtter."], ["Det gør vi ikke."]]


def test_blank_lines_and_a_mark_before_the_header_are_passed_over() -> None:
    assert texts(read("\ufeff\n\n" + mail("Vi støtter."))) == ["Vi støtter."]


def test_more_parts_than_any_mail_has_are_refused() -> None:
    assert refused(parts(*["\nx"] * 6000)) == "too_heavy"
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(350))
    assert refused(f"From: a@b.dk\n{nested}\nx") == "too_heavy"


@pytest.mark.parametrize("mark", ["<style ", "<!--", "<!--[if ", "<", "=?utf-8?q?a?= ", "> "])
def test_beginnings_without_an_end_are_read_in_one_pass(mark: str) -> None:
    """Each of these took minutes when every beginning looked for its end anew."""
    many = mark * (400_000 // len(mark))
    found = read(parts(part("Vi støtter."), part(many, "text/html"), kind="alternative", head=f"Subject: {many}\n"))
    assert texts(found)


PIECES = """\
From: |Subject: |Content-Type: |multipart/mixed; boundary=b~|multipart/alternative; boundary=c~|text/plain|~~--b~
charset=|message/rfc822~|text/html; charset=utf-8~
image/png; name=|~--b--~|~--c~|=?x?q?=|<a@b.dk>|=?utf-8?B?w6Y=?=|(((|"|~|~~|>
Content-Transfer-Encoding: base64~|Content-Disposition: attachment; filename*0*=utf-8''C3%~|\\|-- ~|<p>Vi</p>|æ
Den 3. nov. 2026 kl. 10.12 skrev A:~|~Fra: A~Sendt: 1~Emne: SV: x~|~Med venlig hilsen~""".replace("\n", "|").split("|")
"""What mails are made of; ``~`` is the end of a line."""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([item.replace("~", "\n").encode() for item in PIECES]) | st.binary(max_size=8)))
def test_whatever_bytes_a_mail_holds_it_is_read_or_refused(pieces: list[bytes]) -> None:
    with pandocs():
        try:
            found = read(b"From: a@b.dk\n" + b"".join(pieces))
        except InputError as error:
            assert error.problems
        else:
            assert len(files(found)) == len(found.enclosed), "every name is given once"
            assert all(item.name and "/" not in item.name and item.name.isprintable() for item in found.enclosed)


def test_a_mail_of_several_parts_that_has_none_is_told_of() -> None:
    found = read("From: a@b.dk\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\nafbrudt")
    assert files(found) == {"vedhæftet fil 1": "broken_attachment"}
