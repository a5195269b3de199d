"""Accepting and rejecting tracked changes does what ISO/IEC 29500-1, 17.13.5, says of each mark."""

import pytest
from lxml import etree

from forankring.publishing.word.file import unpacked
from forankring.publishing.word.names import W, w
from forankring.publishing.word.resolving import accepted, rejected, resolve
from tests.unit.publishing.word_files import para, word_file

BY = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
PLAIN = "<w:p><w:r><w:t>{0}</w:t></w:r></w:p>"


def mark(name: str, inside: str = "") -> str:
    return f"<w:{name} {BY}>{inside}</w:{name}>"


def run(words: str, kind: str = "t") -> str:
    return f"<w:r><w:{kind}>{words}</w:{kind}></w:r>"


def line(inside: str, end: str = "", more: str = "") -> str:
    own = f"<w:rPr>{mark(end)}</w:rPr>" if end else ""
    return f"<w:p><w:pPr>{more}{own}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, str]) -> str:
    """Return a table of one column; each row has a mark, or none, and words."""
    made = [
        f"<w:tr><w:trPr>{mark(kind) if kind else ''}</w:trPr><w:tc>{line(run(words))}</w:tc></w:tr>"
        for kind, words in rows
    ]
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def both(inside: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs' words when all is accepted, and when all is rejected."""
    return shown(inside, accept=True), shown(inside, accept=False)


def shown(inside: str, *, accept: bool) -> list[str]:
    root = resolve_body(inside, accept=accept)
    return ["".join(node.itertext(w("t"))) for node in root.iter(w("p"))]


def resolve_body(inside: str, *, accept: bool) -> etree._Element:
    root = etree.fromstring(f'<w:document xmlns:w="{W}"><w:body>{inside}<w:sectPr/></w:body></w:document>')
    resolve(root, accept=accept)
    return root


@pytest.mark.parametrize(
    ("inside", "yes", "no"),
    [
        (line(run("a") + mark("ins", run("b"))), ["ab"], ["a"]),
        (line(run("a") + mark("del", run("b", "delText"))), ["a"], ["ab"]),
        (line(mark("moveFrom", run("a"))) + line(mark("moveTo", run("a"))), ["", "a"], ["a", ""]),
        (line(mark("ins", mark("del", run("a", "delText")))), [""], [""]),
        (line(mark("moveTo", run("a") + mark("del", run("b", "delText")))), ["a"], [""]),
        (line(run("a"), "ins") + line(run("b")), ["a", "b"], ["ab"]),
        (line(run("a"), "del") + line(run("b")), ["ab"], ["a", "b"]),
        (line(run("a"), "del") + line(run("b"), "del") + line(run("c")), ["abc"], ["a", "b", "c"]),
        (line(mark("del", run("a", "delText")), "del") + line(run("b")), ["b"], ["a", "b"]),
        (line(mark("moveFrom", run("a")), "moveFrom") + line(run("b")), ["b"], ["a", "b"]),
        (line(mark("moveTo", run("a")), "moveTo") + line(run("b")), ["a", "b"], ["b"]),
        (line(mark("del", run("a", "delText")), "del") + table(("", "b")), ["b"], ["a", "b"]),
        (line(run("a"), "del") + table(("", "b")), ["a", "b"], ["a", "b"]),
        (table(("", "a")) + line(mark("ins", run("b")), "ins"), ["a", "b"], ["a", ""]),
        (table(("", "a"), ("ins", "b"), ("del", "c")), ["a", "b"], ["a", "c"]),
        (table(("del", "a")) + line(run("b")), ["b"], ["a", "b"]),
        (line(run("a"), "ins") + table(("ins", "b")) + line(""), ["a", "b", ""], ["a"]),
        (line(f"<w:hyperlink>{mark('ins', run('a'))}</w:hyperlink>", "ins") + table(("", "b")), ["a", "b"], ["b"]),
    ],
)
def test_words_ends_and_rows_come_and_go(inside: str, yes: list[str], no: list[str]) -> None:
    assert both(inside) == (yes, no)


def properties(change: str, before: str, after: str, name: str) -> tuple[str, str]:
    """Return what properties are when their change is accepted, and when it is rejected."""
    inside = f"{after}{mark(change, f'<w:{name}>{before}</w:{name}>')}"
    found = []
    for accept in (True, False):
        root = resolve_body(f"<w:x><w:{name}>{inside}</w:{name}></w:x>", accept=accept)
        found.append("".join(etree.QName(node).localname for node in root.find(f".//{w(name)}")))
    return found[0], found[1]


@pytest.mark.parametrize("name", ["rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx"])
def test_properties_are_the_new_ones_or_the_old_ones(name: str) -> None:
    assert properties(f"{name}Change", "<w:a/>", "<w:b/><w:c/>", name) == ("bc", "a")


def test_the_look_of_an_end_and_a_section_are_no_part_of_a_change_of_properties() -> None:
    assert properties("pPrChange", "<w:a/>", "<w:b/><w:rPr/><w:sectPr/>", "pPr") == ("brPrsectPr", "arPrsectPr")


def test_heads_and_feet_are_no_part_of_a_change_of_a_section() -> None:
    after = "<w:headerReference/><w:pgSz/>"
    assert properties("sectPrChange", "<w:cols/>", after, "sectPr") == ("headerReferencepgSz", "headerReferencecols")


def test_nothing_is_left_of_the_ranges_of_moves() -> None:
    inside = f'<w:moveFromRangeStart {BY} w:name="a"/>{line(run("a"))}<w:moveFromRangeEnd w:id="1"/>'
    root = resolve_body(inside, accept=True)
    assert [etree.QName(node).localname for node in root[0]] == ["p", "sectPr"]


def test_a_bookmark_in_a_paragraph_that_went_stays_in_its_place() -> None:
    inside = line('<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>', "del") + table(("", "b"))
    root = resolve_body(inside, accept=True)
    assert [etree.QName(node).localname for node in root[0]] == ["bookmarkStart", "bookmarkEnd", "tbl", "sectPr"]


def test_cells_come_and_go() -> None:
    cells = "".join(
        f"<w:tc><w:tcPr>{mark(kind) if kind else ''}</w:tcPr>{line(run(words))}</w:tc>"
        for kind, words in (("", "a"), ("cellIns", "b"), ("cellDel", "c"))
    )
    assert both(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == (["a", "b"], ["a", "c"])


def test_a_file_without_changes_stays_as_it_is() -> None:
    data = word_file(para("Ord ^note [link"), para(""))
    for made in (accepted(data), rejected(data)):
        assert made.count(b"<w:p>") == data.count(b"<w:p>")
        assert sorted(unpacked(made)) == sorted(unpacked(data))
