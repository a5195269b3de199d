"""Slides: titles are headings, boxes are lists, each with its slide's number; what is not carried is named."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.readers.slides import read_pptx
from forankring.intake.records import Desk, Extract, Original
from forankring.intake.screening import first_number
from forankring.language import Locale
from forankring.process import pandoc
from forankring.text import plain
from forankring.workspace import Strategy

SLIDES = """
# Om forankring

- Første punkt
- Andet punkt

::: notes
Kun til taleren
:::

# Tal

| År | Beløb |
|----|-------|
| 24 | 10    |
"""

Read = Callable[[bytes], Extract]


def slides(text: str = SLIDES, changed: Mapping[str, tuple[str, str]] = {}, **more: str) -> bytes:
    """Return a presentation made by pandoc, with words replaced in some parts, and further parts (``__``: a slash)."""
    made = pandoc(["--from", "markdown", "--to", "pptx", "--output", "-"], stdin=text.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode("utf-8", "surrogateescape")
            old, new = changed.get(name, ("", ""))
            target.writestr(name, (data.replace(old, new) if old else data).encode("utf-8", "surrogateescape"))
        for name, data in more.items():
            target.writestr(name.replace("__", "/") + ".xml", data)
    return buffer.getvalue()


@pytest.fixture
def read(original: Callable[..., Original], strategy: Strategy, danish: Locale) -> Read:
    """Return a function that reads bytes as a presentation."""
    return lambda data: read_pptx(original(data, "h1/kl/oplaeg.pptx"), Desk(strategy=strategy, locale=danish))


def told(extract: Extract) -> dict[str, dict[str, str | int]]:
    return {note.code: dict(note.values) for note in extract.notes}


def test_a_slide_is_a_heading_with_its_list_or_table_and_its_number(read: Read) -> None:
    found = read(slides())

    assert [(piece.page, piece.node["t"]) for piece in found.pieces] == [
        (1, "Header"),
        (1, "BulletList"),
        (2, "Header"),
        (2, "Table"),
    ]
    assert plain(found.pieces[1].node).split() == ["Første", "punkt", "Andet", "punkt"]
    assert plain(found.pieces[3].node).split() == ["År", "Beløb", "24", "10"]
    assert found.title == "Om forankring"


def test_speaker_notes_are_screened_and_told_of_but_not_read(read: Read) -> None:
    found = read(slides(SLIDES.replace("Kun til taleren", "Nummeret er 010190-1234")))

    assert told(found)["speaker_notes_left_out"] == {"n": 1}
    assert first_number(found.screened) is not None


def test_a_hidden_slide_is_read_and_told_of(read: Read) -> None:
    found = read(slides(changed={"ppt/slides/slide2.xml": ("<p:sld ", '<p:sld show="0" ')}))

    assert told(found)["slides_hidden"] == {"slides": "2"}
    assert {piece.page for piece in found.pieces} == {1, 2}


def test_a_slide_without_a_title_does_not_stand_under_the_one_before_it(read: Read) -> None:
    found = read(slides(changed={"ppt/slides/slide2.xml": ("Tal", "")}))

    assert [plain(piece.node) for piece in found.pieces if piece.node["t"] == "Header"] == ["Om forankring", "Dias 2"]


def test_comments_are_counted_and_screened(read: Read) -> None:
    comment = "<p:cmLst xmlns:p='p'><p:cm><p:text>Ring på 010190-1234</p:text></p:cm></p:cmLst>"
    found = read(slides(ppt__comments__comment1=comment))

    assert told(found)["comments_left_out"] == {"n": 1}
    assert first_number(found.screened) is not None


def test_who_made_the_slides_is_stated(read: Read) -> None:
    found = read(slides("---\nauthor: KL\n---\n" + SLIDES))

    assert [(item.name, item.origin) for item in found.stated] == [("KL", "properties")]


def test_a_package_without_slides_is_broken(read: Read) -> None:
    with pytest.raises(InputError) as refused:
        read(slides(changed={"ppt/presentation.xml": ("<p:sldId ", "<p:nothing ")}))
    assert refused.value.problems[0].code == "broken_file"


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_a_presentation_holds_it_has_an_outcome(read: Read, data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read(bytes(whole)), Extract)
    except InputError as refused:
        assert refused.problems


WHOLE = slides()
