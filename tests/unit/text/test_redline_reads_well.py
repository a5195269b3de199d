"""A redline reads as a person would have marked it: [-gone-], {+come+}, <-moved from here-> and <+to here+>."""

import pytest

from forankring.language import load_locale
from forankring.text import Change, Document, Node, accept, changes, lined, meaning, parse, redline, reject, write
from forankring.text.marks import ADDED, MOVED_AWAY, MOVED_HERE, REMOVED, Mark, mark_in, mark_of, span
from forankring.text.nodes import rewrite_blocks, walk

DANISH = load_locale("da")
_SIGNS = {ADDED: ("{+", "+}"), REMOVED: ("[-", "-]"), MOVED_HERE: ("<+", "+>"), MOVED_AWAY: ("<-", "->")}
MOVED = "Strategien skal skabe værdi for borgere."
HEAD = "| A | B |\n|---|---|\n"
STAYED = "Den første fælles strategi blev aftalt for mange år siden mellem stat, regioner og kommuner."


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Det koster 10 mio. i alt.", "Det koster 12 mio. i alt.", "Det koster [-10-]{+12+} mio. i alt."),
        ("Et mål.", "Et *mål*.", "Et [-mål-]*{+mål+}*."),
        ("Se [kapitlet om to](#a) her.", "Se [kapitlet om mål](#a) her.", "Se [kapitlet om [-to-]{+mål+}](#a) her."),
        ("Alfa er.\nBeta kom.", "Alfa er.\nGamma gik.\nBeta kom.", "Alfa er.{+ Gamma gik.+} Beta kom."),
        ("Først.\nBeta er sidst.", "Beta er sidst.", "[-Først. -]Beta er sidst."),
        ("En note^[Med tre ord.] her.", "En note^[Med fire ord.] her.", "En note(Med [-tre-]{+fire+} ord.) her."),
        ("Katten sov.", "Regnen holdt op i går.", "[-Katten sov.-]{+Regnen holdt op i går.+}"),
        (f"{MOVED}\n\n{STAYED}", f"{STAYED}\n\n{MOVED}", f"<-{MOVED}->|{STAYED}|<+{MOVED}+>"),
        (
            f"{MOVED}\n\n{STAYED}",
            f"{STAYED}\n\n{MOVED.replace('borgere', 'alle')}",
            f"<-{MOVED}->|{STAYED}|<+{MOVED.replace('borgere', '[-borgere-]{+alle+}')}+>",
        ),
        ("- Et\n- To\n- Tre", "- Et\n- Tre\n- Fire", "Et|[-To-]|Tre|{+Fire+}"),
        ("- Et\n    - Under et", "- Et\n    - Under et\n    - Under to", "Et|Under et|{+Under to+}"),
        (f"{HEAD}| a | 1 |\n| b | 2 |", f"{HEAD}| a | 3 |\n| c | 4 |\n| b | 2 |", "A|B|a|[-1-]{+3+}|{+c+}|{+4+}|b|2"),
        ("## Mål {#m}", "## Mål og midler {#m}", "Mål{+ og midler+}"),
        ("## Mål {#m}", "### Mål {#m}", "[-Mål-]|{+Mål+}"),
        ("::: boks\nEt mål her.\n:::", "::: boks\nTo mål her.\n:::", "[-Et-]{+To+} mål her."),
        ("::: boks\nEt mål.\n:::", "::: fact\nEt mål.\n:::", "[-Et mål.-]|{+Et mål.+}"),
        ("Ord\n:   Et sprog.", "Ord\n:   Et nyt sprog.\n\nTo\n:   Tal.", "Ord|Et {+nyt +}sprog.|{+To+}|{+Tal.+}"),
        ("![Fire søjler](a.png)", "![Fem søjler](a.png)", "![-Fire-]{+Fem+} søjler"),
    ],
)  # fmt: skip
def test_marks_are_few_and_stand_where_a_person_would_set_them(old: str, new: str, shown: str) -> None:
    before, after = (lined(parse(each), DANISH) for each in (old, new))
    tree = redline(before, after)

    assert _shown(tree) == shown
    assert meaning(accept(tree).blocks) == meaning(after.blocks)
    assert meaning(reject(tree).blocks) == meaning(before.blocks)


def test_a_settled_text_is_written_as_it_was() -> None:
    old = "# Mål\n\nDet første mål er nået.\nDet andet er *ikke* nået.\n\n- Et\n- To\n"
    new = "# Mål\n\nDet første mål er nået.\nDet tredje kom til.\nDet andet er nået.\n\n- To\n- Tre\n"
    tree = redline(lined(parse(old), DANISH), lined(parse(new), DANISH))

    assert write(accept(tree), DANISH) == new
    assert write(reject(tree), DANISH) == old


def test_the_list_of_changes_has_each_sentence_item_and_row_with_its_heading() -> None:
    rows = f"{HEAD}| a | 1 |\n"
    old = f"# Mål\n\nEt mål er nået.\nTo er ikke.\n\n{MOVED}\n\n# Midler\n\n{STAYED}\n\n- Et\n- To\n\n{rows}"
    new = f"# Mål\n\nEt mål er ikke nået.\nTo er ikke.\nTre kommer.\n\n# Midler\n\n{STAYED}\n\n{MOVED}\n\n- Et\n\n"
    new += f"{rows}| b | 2 |\n"

    assert changes(redline(lined(parse(old), DANISH), lined(parse(new), DANISH))) == (
        Change("edited", "Mål", "Et mål er nået.", "Et mål er ikke nået."),
        Change("added", "Mål", "", "Tre kommer."),
        Change("moved", "Midler", MOVED, MOVED),
        Change("removed", "Midler", "To", ""),
        Change("added", "Midler", "", "b | 2"),
    )


def test_a_text_that_has_classes_like_marks_loses_them_and_keeps_its_words() -> None:
    old = lined(parse("Et [ord]{.redline-removed} og ::: her.\n\n::: redline-added\nMere.\n:::"), DANISH)
    tree = redline(old, Document())

    assert "ord" in _shown(tree) and "Mere." in _shown(tree)
    assert accept(tree) == Document()
    assert len([node for node in walk(tree.blocks) if mark_of(node)]) == 1


def _shown(tree: Document) -> str:
    """Return the lines with signs around what is marked in them, parted by strokes."""
    found: list[str] = []
    _lines(list(tree.blocks), None, found)
    return "|".join(found)


def _lines(node: object, within: str | None, found: list[str]) -> None:
    if isinstance(node, list):
        row = mark_in(node[0]) if len(node) == 2 and _is_attributes(node[0]) else None
        for item in node:
            _lines(item, row.kind if row else within, found)
    elif isinstance(node, dict) and node.get("t") in ("Para", "Plain"):
        found.append(_said(node["c"], within))
    elif isinstance(node, dict) and node.get("t") == "Header":
        found.append(_said(node["c"][2], within))
    elif isinstance(node, dict) and node.get("t") == "Figure":
        _lines(node["c"][1], within, found)
        found[-1] = "!" + found[-1]
    elif isinstance(node, dict) and node.get("t") == "DefinitionList":
        for term, items in node["c"]:
            found.append(_said(term, within))
            _lines(items, within, found)
    elif isinstance(node, dict):
        mark = mark_of(node) if node.get("t") == "Div" else None
        _lines(node.get("c"), mark.kind if mark else within, found)


def _is_attributes(node: object) -> bool:
    return isinstance(node, list) and len(node) == 3 and isinstance(node[0], str)


def _said(inlines: list[Node], within: str | None) -> str:
    whole = [span(Mark(within), inlines)] if within else inlines
    return "".join(node["c"] for node in rewrite_blocks(whole, _signed))


def _signed(node: Node) -> list[Node]:
    content = node.get("c")
    match node["t"]:
        case "Str":
            said = content
        case "Space" | "SoftBreak":
            said = " "
        case "Emph":
            said = "*" + "".join(each["c"] for each in content) + "*"
        case "Link":
            said = "[" + "".join(each["c"] for each in content[1]) + f"]({content[2][0]})"
        case "Note":
            said = "(" + "".join(each["c"] for each in content[0]["c"]) + ")"
        case "Span":
            mark = mark_of(node)
            start, end = _SIGNS[mark.kind] if mark else ("", "")
            said = start + "".join(each["c"] for each in content[1]) + end
        case _:
            return [node]
    return [{"t": "Str", "c": said}]
