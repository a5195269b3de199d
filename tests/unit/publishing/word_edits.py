"""Turn hypothesis' choices into texts with every construct, and into edits of them as editors make them."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.unit.publishing.word_files import Block, Para, Table, Word

VOCABULARY = "mål værdi forankring staten regionerne kommunerne og i 2024 system. Drift nye".split()
NOTES = ("Se_kilden", "Se_den_anden_kilde_i_bilaget", "Opgjort_i_2023")
STYLES = ("BodyText", "Heading1", "Heading2", "Caption")
LISTS = ("-a", "-b", "1a", "1b")

texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4)
signs = st.one_of(
    st.builds(Word, st.sampled_from(VOCABULARY), st.sampled_from(["bold", "link", "field"])),
    st.builds(Word, st.sampled_from(NOTES), st.just("note")),
    st.builds(Word, st.sampled_from(["a", "b"]), st.just("picture")),
    st.just(Word("", "break")),
)


@st.composite
def words(draw: st.DrawFn) -> tuple[Word, ...]:
    """Draw the words of a paragraph; one in some is no mere text, and some paragraphs are empty."""
    made: list[Word] = []
    for _ in range(draw(st.integers(0, 3))):
        made += [Word(" ")] if made else []
        made += [Word(part) for text in draw(texts) for part in (text, " ")][:-1]
        if draw(st.integers(0, 3)) == 0:
            made.append(draw(signs))
    return tuple(made)


paras = st.builds(
    Para,
    words(),
    st.sampled_from(STYLES),
    st.one_of(st.none(), st.none(), st.tuples(st.sampled_from(LISTS), st.integers(0, 1))),
    st.just(""),
    st.sampled_from([False] * 12 + [True]),
    st.booleans(),
)
lines = st.builds(Para, words(), st.just("BodyText"), st.one_of(st.none(), st.none(), st.just(("-c", 0))))
cells = st.lists(lines, min_size=1, max_size=2).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table of one or two columns."""
    columns = draw(st.integers(1, 2))
    row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
    return Table(tuple(draw(st.lists(row, min_size=1, max_size=3))), draw(st.sampled_from([1000, 2000])))


blocks = st.one_of(paras, paras, paras, paras, tables())


@st.composite
def documents(draw: st.DrawFn) -> tuple[Block, ...]:
    """Draw a text; some paragraphs have a bookmark, and the last block is a paragraph that ends no section."""
    made: list[Block] = draw(st.lists(blocks, max_size=6))
    return _closed([*made, draw(paras)], draw)


@st.composite
def edited(draw: st.DrawFn, document: tuple[Block, ...]) -> tuple[Block, ...]:
    """Draw a later version of a text: some blocks edited, gone, come, moved or doubled."""
    made: list[Block] = list(document)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(made) - 1))
        match draw(st.sampled_from(["edit", "edit", "drop", "add", "move", "double"])):
            case "edit":
                made[at] = draw(_edited(made[at]))
            case "drop" if len(made) > 1:
                del made[at]
            case "add":
                made.insert(at, draw(blocks))
            case "move":
                made.insert(draw(st.integers(0, len(made) - 1)), made.pop(at))
            case "double":
                made.insert(at, made[at])
    return _closed([*made, Para()] if isinstance(made[-1], Table) else made, draw)


@st.composite
def _edited(draw: st.DrawFn, block: Block) -> Block:
    if isinstance(block, Table):
        rows = list(block.rows)
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["cell", "drop", "add", "all", "width"])):
            case "cell":
                rows[at] = (*rows[at][:-1], tuple(draw(_edited_words(line)) for line in rows[at][-1]))
            case "drop" if len(rows) > 1:
                del rows[at]
            case "add":
                rows.insert(at, tuple(draw(cells) for _ in rows[at]))
            case "all":
                return draw(tables())
            case "width":
                return replace(block, width=block.width + 500)
        return replace(block, rows=tuple(rows))
    match draw(st.sampled_from(["words", "words", "style", "item", "next", "section"])):
        case "style":
            return replace(block, style=draw(st.sampled_from(STYLES)))
        case "item":
            return replace(block, item=draw(st.sampled_from([None, ("-a", 0), ("1a", 1), ("-d", 0)])))
        case "next":
            return replace(block, next=not block.next)
        case "section":
            return replace(block, section=not block.section)
        case _:
            return draw(_edited_words(block))


@st.composite
def _edited_words(draw: st.DrawFn, block: Para) -> Para:
    made = list(block.words)
    start = draw(st.integers(0, len(made)))
    end = draw(st.integers(start, min(len(made), start + 3)))
    if draw(st.booleans()) and made[start:end]:
        made[start:end] = [replace(word, kind="bold") if word.kind == "text" else word for word in made[start:end]]
    else:
        made[start:end] = draw(words())
    return replace(block, words=tuple(made))


def _closed(made: list[Block], draw: st.DrawFn) -> tuple[Block, ...]:
    """Give some paragraphs a bookmark of their own, and let the last one end no section."""
    names = iter(draw(st.permutations(["a", "b", "c", "d", "e", "f", "g", "h"])))
    for number, block in enumerate(made):
        if isinstance(block, Para):
            named = draw(st.integers(0, 2)) == 0 and block.words
            made[number] = replace(block, name=next(names, "") if named else "")
    last = made[-1]
    assert isinstance(last, Para)
    made[-1] = replace(last, section=False)
    return tuple(made)
