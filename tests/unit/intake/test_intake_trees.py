"""One pandoc reads many files: each as if it had come alone, and a hostile one costs its own limit and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.readers import trees
from forankring.intake.readers.markdown import READER
from forankring.intake.records import Original, SourceFile
from forankring.process import pandoc
from forankring.text import spelt_out

FILE = SourceFile(place="r/p/a.md", round="r", folder="p", size=0, stamp=(), path=Path("a.md"))
ORIGINAL = Original(file=FILE, path=Path("a.md"), sha256="", size=0)
WORDS = st.text(st.sampled_from('ab æ\\"}{,:t\n*`-|[]()<>~^$#1.'), max_size=60)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_one_pandoc_for_many_documents_reads_each_as_if_it_had_come_alone(texts: list[str]) -> None:
    with trees.pandocs():
        for text in texts:
            alone = json.loads(pandoc(["--from", READER, "--to", "json"], stdin=text.encode()))["blocks"]
            tree = trees.read_tree(ORIGINAL, READER, data=text.encode())
            assert list(spelt_out(tree.blocks)) == list(spelt_out(alone))  # a blank after a backslash is inside a word


def test_a_document_without_end_costs_its_own_limit_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "SECONDS", 1)
    with trees.pandocs():
        with pytest.raises(InputError) as caught:
            trees.read_tree(ORIGINAL, "html", data=b"<table><tr><td>" * 3_000)
        assert caught.value.problems[0].code == "too_slow"
        assert trees.read_tree(ORIGINAL, READER, data=b"Sound.").blocks


def test_no_pandoc_outlives_the_reading() -> None:
    with trees.pandocs():
        trees.read_tree(ORIGINAL, READER, data=b"Sound.")
        assert trees._pool._idle
    assert not trees._pool._idle


def test_a_document_reaches_no_file_from_inside_pandoc(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmeligt", encoding="utf-8")
    texts = {"rst": f".. include:: {secret}\n", "latex": f"\\input{{{secret}}}", "org": f'#+INCLUDE: "{secret}"'}
    for reader, text in texts.items():
        try:
            found = trees.read_tree(ORIGINAL, reader, data=text.encode())
        except InputError:
            continue
        assert "hemmeligt" not in str(found.blocks)
