"""Forms are what Microsoft's own programs take for a document without a fault."""

from pathlib import Path

import pytest

from forankring.ledger import InputKind
from tests.integration.forms_scene import made
from tests.integration.test_forms_iso import empty
from tests.validation import openxml, tools


@pytest.mark.parametrize(("form", "suffix"), [("word", "docx"), ("excel", "xlsx")])
def test_forms_keep_to_the_standard(form: str, suffix: str, tmp_path: Path) -> None:
    tools.need(tools.OPEN_XML)
    for name, data in (("initiative", made(InputKind.INITIATIVE, form)), ("iso", empty(form))):
        file = tmp_path / f"{name}.{suffix}"
        file.write_bytes(data)

        assert openxml.check(file) == []
