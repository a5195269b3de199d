"""A pandoc that stays does what one for each text does, byte for byte, and says so when it cannot."""

import pytest
from hypothesis import HealthCheck, given, settings

from forankring.errors import ToolError
from forankring.language import load_locale
from forankring.process import Worker
from forankring.text import Converter, Document, Node, parse, write
from tests.unit.text.trees import bodies, text

DANISH = load_locale("da")


@given(bodies())
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_texts_are_written_and_read_as_one_by_one(blocks: list[Node]) -> None:
    document = Document(tuple(blocks))
    one = write(document, DANISH)

    with Converter() as pandoc:
        assert [pandoc.write(document, DANISH), pandoc.write(document, DANISH)] == [one, one]
        assert pandoc.parse(one).blocks == parse(one).blocks


@pytest.mark.parametrize("markdown", ["", "\n", "uden linjeskift", "~~~\nåben", "| a |\n|---|\n" + "| lang |\n" * 40])
def test_odd_texts_are_read_and_written_alike_too(markdown: str) -> None:
    document = parse(markdown)

    with Converter() as pandoc:
        assert pandoc.parse(markdown).blocks == document.blocks
        assert pandoc.write(document, DANISH) == write(document, DANISH)


def test_what_pandoc_cannot_write_is_an_error_and_the_next_text_is_written() -> None:
    with Converter() as pandoc:
        with pytest.raises(ToolError):
            pandoc.write(Document(({"t": "Header", "c": ["en", ["", [], []], [text("x")]]},)), DANISH)
        assert pandoc.write(Document(({"t": "Para", "c": [text("Ja.")]},)), DANISH) == "Ja.\n"


def test_a_pandoc_that_dies_is_an_error_and_a_new_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Worker.ask

    def dying(worker: Worker, head: str, data: bytes, *, seconds: float) -> tuple[str, bytes]:
        return ask(worker, head, data, seconds=0 if b"langsom" in data else seconds)

    monkeypatch.setattr(Worker, "ask", dying)
    with Converter() as pandoc:
        with pytest.raises(ToolError):
            pandoc.parse("langsom")
        assert pandoc.parse("hurtig").blocks == ({"t": "Para", "c": [text("hurtig")]},)
