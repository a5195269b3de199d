"""The intake as a whole: whatever lies in the inbox has an outcome, and nothing confidential is on its way to git."""

import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import docx
import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_scene import SOUND, STRATEGY, WHEN, W, codes, gathered, only, p, word

from forankring.intake import find_new, list_inbox, load_contacts, problem_of, read_files, register
from forankring.intake.readers import trees
from forankring.language import load_locale
from forankring.ledger import Outcome, Visibility, dump_ledger, load_ledger
from forankring.workspace import Workspace, parse_strategy

PLANTED = {
    "in the text": word(p("Mit nummer er 010190-1234")),
    "split over runs": word(p("01", "0190", "-12", "34")),
    "in a deletion": word(SOUND + "<w:p><w:del><w:r><w:delText>010190-1234</w:delText></w:r></w:del></w:p>"),
    "before a change": word(
        "<w:p><w:r><w:t>0101</w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>xx</w:t></w:r></w:ins><w:r><w:t>-1234</w:t></w:r></w:p>"
    ),
    "in a comment": word(SOUND, word__comments=f'<w:comments xmlns:w="{W}">{p("010190-1234")}</w:comments>'),
    "in a header": word(SOUND, word__header1=f'<w:hdr xmlns:w="{W}">{p("010190-1234")}</w:hdr>'),
    "in hidden text": word(SOUND + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>010190-1234</w:t></w:r></w:p>"),
    "in the properties": word(SOUND, docProps__core="<cp><title>010190-1234</title></cp>"),
    "in an alternative text": word(SOUND, word__x="<a><b descr='Foto 010190-1234'/></a>"),
    "in an author's name": word(SOUND, word__people="<a><b author='&#48;10190-1234'/></a>"),
    "in another alphabet of bytes": word(SOUND, word__y="<a>010190-1234</a>".encode("utf-16")),
}


def without_sums(files: Iterable[bytes]) -> list[bytes]:
    """Return the files without the sha256 in them: of a Word file made just now, one in some hundred holds »1234«."""
    return [re.sub(rb"\b[0-9a-f]{64}\b", b"", data) for data in files]


@pytest.mark.parametrize("where", sorted(PLANTED))
def test_a_personal_number_anywhere_in_a_word_file_refuses_it(tmp_path: Path, where: str) -> None:
    found = gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": PLANTED[where]})
    assert codes(only(found)) == ["personal_number"]
    assert all(b"1234" not in data for data in without_sums(dump_ledger(found.ledger).values()))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Mit nummer er\n010190-1234."),
        ("a.md", "# Svar\n\nTekst <!-- 010190-1234 -->\n"),
        ("a.md", "Mit nummer er 0101**90-12**34.\n"),
        ("a.yaml", "kind: evidence\nclaim: x\ncontact: 010190-1234\n"),
        ("a.yaml", "kind: evidence\nassessment: 0101901234\n"),
        ("a.html", "<html><body><p>Tekst<!-- 010190-1234 --><p>x"),
        ("a.html", "<html><body><p>0101<b>90</b>-1234"),
        ("a.rtf", r"{\rtf1{\info{\author 010190-1234}}Tekst her\par}"),
        ("brev fra 010190-1234.txt", "Et forslag."),
    ],
)
def test_a_personal_number_in_other_files_refuses_them(tmp_path: Path, name: str, data: str) -> None:
    found = gathered(tmp_path, {f"hoering-1/eksempel-kommune/{name}": data})
    assert "personal_number" in codes(only(found))
    assert all(b"1234" not in text for text in without_sums(dump_ledger(found.ledger).values()))


def test_the_refusal_says_where_the_number_stood_in_plain_words(tmp_path: Path) -> None:
    found = gathered(tmp_path, {"hoering-1/eksempel-kommune/a.txt": "Hej\n\nMit nummer er 010190-1234."})
    what, remedy = load_locale("da").problem(problem_of(only(found).refusals[0]))
    assert what.startswith("hoering-1/eksempel-kommune/a.txt, linje 3: Filen indeholder noget")
    assert "010190" not in what + remedy


digits = st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999))
carriers = st.sampled_from(
    [
        ("a.txt", "{text}\n"),
        ("a.md", "# {text}\n\n- **{text}**\n"),
        ("a.md", "---\ntitle: {text}\n---\nHej med jer alle.\n"),
        ("a.yaml", "kind: goal_proposal\nstatement: {text}\nassumptions: [{text}]\n"),
        ("a.yaml", "kind: response\npoints:\n- {{text: x, proposal: '{text}'}}\n"),
        ("a.yaml", "kind: '{text}'\n"),
        ("{text}.txt", "Et forslag.\n"),
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    digits=digits, dash=st.sampled_from(["", "-", " "]), carrier=carriers, around=st.sampled_from(["", "Nummer ", "("])
)
def test_no_personal_number_survives_into_the_ledger(
    tmp_path_factory: pytest.TempPathFactory,
    digits: tuple[int, int, int, int],
    dash: str,
    carrier: tuple[str, str],
    around: str,
) -> None:
    day, month, year, serial = digits
    number = f"{day:02}{month:02}{year:02}{dash}{serial:04}"
    name, text = (part.format(text=around + number) for part in carrier)
    found = gathered(tmp_path_factory.mktemp("cpr"), {f"hoering-1/eksempel-kommune/{name}": text})
    assert only(found).outcome == Outcome.QUARANTINED
    assert all(number.encode() not in data for data in dump_ledger(found.ledger).values())


@settings(max_examples=25, deadline=None)
@given(
    files=st.dictionaries(
        st.sampled_from(["a.docx", "b.md", "c.yaml", "d.pdf", "e.txt", "f.html", "g.odt"]),
        st.binary(max_size=200),
        max_size=4,
    )
)
def test_every_listed_file_is_accounted_for_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    found = gathered(
        tmp_path_factory.mktemp("any"), {f"hoering-1/eksempel-kommune/{name}": data for name, data in files.items()}
    )
    places = [place for item in found.ledger.submissions for place in item.places]
    assert sorted(places) == sorted(f"hoering-1/eksempel-kommune/{name}" for name in files)
    for item in found.ledger.submissions:
        assert (item.outcome == Outcome.ACCEPTED) == (not item.refusals)
    assert load_ledger(dump_ledger(found.ledger)) == found.ledger


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word('<!DOCTYPE x [<!ENTITY a "b">]>' + SOUND), "broken_file"),
        (word(SOUND, word__z='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "doctype"),
        (word(SOUND, **{"word__vbaProject.bin": b"x"}), "macros"),
        (word(SOUND, **{"..__ud.bin": b"x"}), "zip_suspicious"),
        (word(SOUND, **{"word__media__stor.bin": b"\0" * 70_000_000}), "zip_too_large"),
        (word(SOUND)[:-100], "broken_file"),
        (word("<w:p><w:r><w:t>uafsluttet"), "broken_file"),
        (word(""), "nothing_to_read"),
        (b"%PDF-1.4\nikke en pdf", "broken_file"),
    ],
)
def test_an_unsafe_or_broken_file_is_refused_with_its_own_reason(tmp_path: Path, data: bytes, code: str) -> None:
    assert codes(only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": data}))) == [code]


@pytest.mark.parametrize(
    "bomb",
    [b"[" * 20_000, b"<html>" + b"<table><tr><td>" * 3_000, b"- " * 5_000, b"a: " + b"[" * 5_000],
    ids=["brackets", "tables", "lists", "yaml"],
)
@pytest.mark.parametrize("name", ["a.md", "a.yaml"])
def test_a_text_that_is_made_to_hang_a_reader_ends_within_its_limit(
    tmp_path: Path, bomb: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "SECONDS", 2)
    assert only(gathered(tmp_path, {f"hoering-1/eksempel-kommune/{name}": bomb})).id == "B001"


def test_a_word_file_is_read_with_headings_lists_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Organisatorisk forankring", 1)
    document.add_paragraph("Vi foreslår:")
    document.add_paragraph("én ejer", style="List Bullet")
    document.add_paragraph("ét mandat", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "Ejer"
    buffer = io.BytesIO()
    document.save(buffer)
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": buffer.getvalue()}))
    assert item.outcome == Outcome.ACCEPTED
    assert [point.about.chapter for point in item.points] == ["anchoring", "anchoring"]
    assert [[block["t"] for block in point.blocks] for point in item.points] == [["Para", "BulletList"], ["Table"]]
    assert item.points[0].place.heading == ("Organisatorisk forankring",)


def test_what_a_word_file_has_that_is_not_carried_is_told(tmp_path: Path) -> None:
    data = word(
        SOUND + "<w:p><w:ins w:id='1' w:author='x'><w:r><w:t>Nyt.</w:t></w:r></w:ins></w:p>",
        word__comments=f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{p("Hm")}</w:comment></w:comments>',
        **{"word__media__a.png": b"x"},
    )
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": data}))
    assert [note.code for note in item.notes] == ["tracked_changes", "comments_left_out", "pictures_left_out"]
    assert [point.text for point in item.points] == ["Forankring er vigtig for os.", "Nyt."]


def test_a_paragraph_keeps_its_words_beside_its_text_boxes_which_follow_it_once_each(tmp_path: Path) -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{p(text)}</w:txbxContent>"

    word_box, fallback = f"<s:txbx xmlns:s='s'>{box('I en boks.')}</s:txbx>", box("I en boks.")
    twice = f"<m:Choice>{word_box}</m:Choice><m:Fallback>{fallback}</m:Fallback>"
    boxes = f"<m:AlternateContent xmlns:m='m'>{twice}</m:AlternateContent>{box(' ')}{box('I en anden.')}"
    data = word(f"{SOUND}<w:p><w:r>{boxes}</w:r><w:r><w:t>Ved siden af.</w:t></w:r></w:p>{p('Bagefter.')}")
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": data}))
    said = ["Forankring er vigtig for os.", "Ved siden af.", "I en boks.", "I en anden.", "Bagefter."]
    assert ([point.text for point in item.points], item.notes) == (said, ())


def test_what_word_makes_itself_and_what_is_hidden_are_no_remarks_and_told(tmp_path: Path) -> None:
    style = "<w:style w:styleId='Indholdsfortegnelse1'><w:name w:val='toc 1'/></w:style>"
    line = "<w:p><w:pPr><w:pStyle w:val='Indholdsfortegnelse1'/></w:pPr><w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Skjult.</w:t></w:r><w:r><w:t>Vist.</w:t></w:r></w:p>"
    data = word(
        f"{line}<w:r><w:t>1 Forankring 3</w:t></w:r></w:p>{hidden}{SOUND}",
        word__styles=f'<w:styles xmlns:w="{W}">{style}</w:styles>',
    )
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": data}))
    assert [point.text for point in item.points] == ["Vist.", "Forankring er vigtig for os."]
    assert [(note.code, note.values["n"]) for note in item.notes] == [
        ("hidden_text_left_out", 1),
        ("contents_left_out", 1),
    ]


def test_words_in_fields_wrappers_and_older_boxes_are_read_and_boxes_that_were_deleted_are_not(tmp_path: Path) -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"

    def box(text: str) -> str:
        return f"<w:r><w:txbxContent>{p(text)}</w:txbxContent></w:r>"

    older = f"<m:AlternateContent xmlns:m='m'><m:Choice/><m:Fallback>{box('Ældre.')}</m:Fallback></m:AlternateContent>"
    wrapped = ("fldSimple w:instr='REF x'", "customXml", "dir", "bdo", "hyperlink")
    line = "".join(f"<w:{name}>{run(f'{n} ')}</w:{name.split()[0]}>" for n, name in enumerate(wrapped))
    gone = f"<w:del>{box('Slettet.')}</w:del><w:moveFrom>{box('Flyttet.')}</w:moveFrom>"
    hidden = "<w:p><w:pPr><w:pStyle w:val='Gemt'/></w:pPr><w:r><w:t>Gemt.</w:t></w:r></w:p>"
    styles = f"<w:styles xmlns:w='{W}'><w:style w:styleId='Gemt'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    data = word(f"<w:p>{run('Se ')}{line}{run('her.')}{older}{gone}</w:p>{hidden}", word__styles=styles)
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": data}))
    assert [point.text for point in item.points] == ["Se 0 1 2 3 4 her.", "Ældre."]
    assert ("hidden_text_left_out", 1) in [(note.code, note.values.get("n")) for note in item.notes]


def test_indented_paragraphs_of_a_word_file_are_remarks_of_their_own(tmp_path: Path) -> None:
    def indented(text: str) -> str:
        return f"<w:p><w:pPr><w:ind w:left='720'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = f"{SOUND}{indented('Den ene.')}{indented('Den anden.')}{p('Det gælder:')}{indented('Dette.')}"
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": word(body)}))
    assert [point.text for point in item.points[1:]] == ["Den ene.", "Den anden.", "Det gælder:\n\nDette."]


def test_a_word_file_with_nothing_but_comments_is_refused_for_just_that(tmp_path: Path) -> None:
    said = f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{p("Hm")}</w:comment></w:comments>'
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": word("<w:p/>", word__comments=said)}))
    assert [(refusal.code, refusal.values) for refusal in item.refusals] == [("only_comments", {"n": 1})]


def test_the_file_name_that_a_program_gives_a_picture_for_its_words_goes_nowhere(tmp_path: Path) -> None:
    text = "Her er ![C:\\Users\\ane\\kort.png](a.png)og ![Kort over kysten](b.png).\n\n![](c:/ane/kort.jpg)\n"
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.md": text}))
    assert [point.text for point in item.points] == ["Her er og [Kort over kysten]."]
    assert [(note.code, note.values) for note in item.notes] == [("pictures_left_out", {"n": 3})]


def test_a_link_with_a_title_keeps_its_words_in_rich_text(tmp_path: Path) -> None:
    link = r"{\field{\*\fldinst{HYPERLINK \"a.doc\"}}{\*\fldtitle{a.doc}}{\fldrslt{vores bilag}}}"
    text = rf"{{\rtf1\ansi Se {link} om det.\par}}"
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.rtf": text}))
    assert [point.text for point in item.points] == ["Se vores bilag om det."]


def test_headings_without_a_blank_and_line_ends_of_html_are_what_they_are_meant_to_be(tmp_path: Path) -> None:
    text = "##Fra teknologi<br>til værdi\n#dkpol er ikke noget.\n\nVi [mener](https://eksempel.dk) det.\n"
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.md": text}))
    assert [(point.text, point.place.line, point.place.heading) for point in item.points] == [
        ("#dkpol er ikke noget.", 2, ("Fra teknologi til værdi",)),
        ("Vi mener det.", 4, ("Fra teknologi til værdi",)),
    ]


def test_comments_and_text_boxes_of_an_open_document_text_are_told(tmp_path: Path) -> None:
    source = tmp_path / "kilde.odt"
    pypandoc.convert_text("Forankring er vigtig for os.\n\nZZZ\n", "odt", "markdown", outputfile=str(source))
    said = "<text:p>Det er sagt.</text:p>"
    more = (
        f"<office:annotation>{said}</office:annotation><draw:frame><draw:text-box>{said}</draw:text-box></draw:frame>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, data.replace(b"ZZZ", more.encode()) if info.filename == "content.xml" else data)
    item = only(gathered(tmp_path / "ws", {"hoering-1/eksempel-kommune/svar.odt": buffer.getvalue()}))
    assert [(note.code, note.values) for note in item.notes] == [
        ("comments_left_out", {"n": 1}),
        ("text_boxes_left_out", {"n": 1}),
    ]


def test_markdown_called_a_word_file_is_read_as_markdown_with_a_note(tmp_path: Path) -> None:
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": "# Forankring\n\nDen er **vigtig**.\n"}))
    assert (item.format, [note.code for note in item.notes]) == ("markdown", ["read_as"])
    assert item.points[0].place.line == 3


def test_strangers_markup_arrives_as_words_that_can_do_nothing(tmp_path: Path) -> None:
    text = "Se [her](javascript:x) og <script>alert(1)</script> ![logo](file:///etc/x){typst:fill=red} `=raw`{=typst}\n"
    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.md": text}))
    blocks = str([point.blocks for point in item.points])
    assert "RawInline" not in blocks
    assert "javascript" not in blocks
    assert "Image" not in blocks


def test_contact_data_goes_to_the_private_file_and_nowhere_else(tmp_path: Path) -> None:
    form = "kind: response\ncontact: {email: ane@eksempel.dk}\npoints: [Skriv til bo@eksempel.dk eller tlf. 12345678]\n"
    found = gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.yaml": form})
    item = only(found)
    assert all(b"@" not in data and b"12345678" not in data for data in dump_ledger(found.ledger).values())
    assert load_contacts(Workspace(tmp_path)) == {item.sha256: {"contact": {"email": "ane@eksempel.dk"}}}
    assert [note.code for note in item.notes] == ["contact_kept_private", "form_gaps", "email_masked", "phone_masked"]


def test_internal_parties_points_are_internal(tmp_path: Path) -> None:
    strategy = STRATEGY.replace("type: region, signs: true", "type: region, internal: true")
    item = only(gathered(tmp_path, {"hoering-1/region-eksempel/a.txt": "Et forslag."}, strategy))
    assert [point.visibility for point in item.points] == [Visibility.INTERNAL]


def test_files_outside_rounds_and_links_are_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "inbox/hoering-1/eksempel-kommune").mkdir(parents=True)
    (tmp_path / "inbox/hoering-1/eksempel-kommune/link.txt").symlink_to("/etc/hostname")
    found = gathered(tmp_path, {"løs.txt": "x y z", "hoering-9/eksempel-kommune/a.txt": "x y z"})
    outcomes = {item.places[0]: codes(item) for item in found.ledger.submissions}
    assert outcomes == {
        "hoering-1/eksempel-kommune/link.txt": ["symlink"],
        "hoering-9/eksempel-kommune/a.txt": ["no_round"],
        "løs.txt": ["no_round"],
    }


def test_every_refusal_and_note_has_its_words_in_every_locale() -> None:
    danish, english = load_locale("da"), load_locale("en")
    for section in ("problems", "notes"):
        assert set(danish.words[section]) == set(english.words[section])


def test_an_original_that_the_vault_lost_is_kept_again_and_nothing_else_changes(tmp_path: Path) -> None:
    before = gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.md": "# Forankring\n\nVi er enige.\n"}).ledger
    workspace, strategy = Workspace(tmp_path), parse_strategy(STRATEGY)
    shutil.rmtree(workspace.private)

    files = find_new(workspace, before, strategy, list_inbox(workspace))
    after = register(before, read_files(workspace, strategy, load_locale("da"), files), strategy, WHEN)

    assert (after.ledger, after.added, after.changed) == (before, (), ())
    assert (workspace.vault / before.submissions[0].sha256[:2] / before.submissions[0].sha256).is_file()
    assert find_new(workspace, before, strategy, list_inbox(workspace)) == ()


def test_words_between_angle_brackets_are_the_senders_own_and_tags_are_not(tmp_path: Path) -> None:
    text = "Det gælder <alle borgere> og <navn> her, <b>ikke</b> andre.\n\n<Vores forslag>\nMere her.\n"
    said = " ".join(
        point.text for point in only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.md": text})).points
    )

    assert "Det gælder <alle borgere> og <navn> her, ikke andre." in said
    assert "<Vores forslag>" in said


def test_the_place_of_the_workspace_says_nothing_about_its_files(tmp_path: Path) -> None:
    root = tmp_path / "sag-0101901234"
    assert only(gathered(root, {"hoering-1/eksempel-kommune/svar.md": "Vi støtter.\n"})).outcome == Outcome.ACCEPTED


def test_a_file_with_other_bytes_is_read_though_size_and_time_are_as_before(tmp_path: Path) -> None:
    place = "hoering-1/eksempel-kommune/svar.md"
    before = gathered(tmp_path, {place: "Vi siger ja.\n"})
    file = tmp_path / "inbox" / place
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_text("Vi siger na.\n", encoding="utf-8")
    os.utime(file, ns=times)
    workspace, strategy = Workspace(tmp_path), parse_strategy(STRATEGY)

    assert [item.place for item in find_new(workspace, before.ledger, strategy, list_inbox(workspace))] == [place]
