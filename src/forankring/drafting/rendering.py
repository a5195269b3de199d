"""Turn strategy, catalogue and ledger into generated chapters, each block with what it rests on."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from forankring.drafting.completeness import Requirement, assess
from forankring.drafting.environment import ChapterEnvironment
from forankring.drafting.naming import name_blocks
from forankring.drafting.provenance import BlockSource, Provenance, carry_over, describe
from forankring.drafting.sources import mark_catalogue, mark_ledger
from forankring.drafting.tokens import Tokens
from forankring.drafting.views import build_views
from forankring.language import Locale
from forankring.ledger import Ledger
from forankring.text import Document, Node, parse, restrain, units, write
from forankring.workspace import Catalogue, Strategy, render_template


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the templates produced: chapter key → Markdown in the source normal form, in the strategy's order."""

    chapters: Mapping[str, str]
    provenance: Provenance
    completeness: tuple[Requirement, ...]


def render(strategy: Strategy, catalogue: Catalogue, ledger: Ledger, folders: Iterable[Path], locale: Locale) -> Draft:
    """Render every chapter of the strategy; ``folders`` are searched for ``chapters/<key>.md.j2``, first hit wins.

    Raises InputError that names template, line and variable where a template is missing or wrong.
    """
    tokens = Tokens()
    requirements = assess(strategy, catalogue, ledger, locale)
    environment = ChapterEnvironment(folders, locale, tokens)
    views = build_views(strategy, mark_catalogue(catalogue), mark_ledger(ledger), locale)
    rendered = {
        chapter.key: render_template(
            environment,
            f"chapters/{chapter.key}.md.j2",
            {"strategy": strategy, "chapter": chapter, "view": views.get(chapter.key), "requirements": requirements},
        )
        for chapter in strategy.chapters
    }
    with ThreadPoolExecutor() as pool:
        results = pool.map(lambda text: _finish(text, tokens, locale), rendered.values())
        finished = dict(zip(rendered, results, strict=True))
    return Draft(
        chapters={key: markdown for key, (markdown, _) in finished.items()},
        provenance={key: sources for key, (_, sources) in finished.items()},
        completeness=requirements,
    )


def carry_provenance(generated: Provenance, chapters: Mapping[str, str], before: Provenance) -> Provenance:
    """Return the provenance of the chapters as edited, from that of the generated ones; ``before`` is that of the
    text as it was, whose names the blocks keep."""
    with ThreadPoolExecutor() as pool:
        parsed = dict(zip(chapters, pool.map(parse, chapters.values()), strict=True))
    carried = {key: carry_over(tuple(generated.get(key, ())), document.blocks) for key, document in parsed.items()}
    return {key: name_blocks(key, tuple(before.get(key, ())), blocks) for key, blocks in carried.items()}


def _finish(markdown: str, tokens: Tokens, locale: Locale) -> tuple[str, tuple[BlockSource, ...]]:
    """Parse what a template made, put the values in, and write it in the source normal form."""
    sources: list[BlockSource] = []
    filled: list[Node] = []
    for block in parse(markdown).blocks:
        done = restrain(tokens.fill([block]))
        filled += done
        sources += _sources(block, done, tokens)
    return write(Document(tuple(filled)), locale), tuple(sources)


def _sources(block: Node, done: tuple[Node, ...], tokens: Tokens) -> Iterable[BlockSource]:
    """Describe the finished blocks; inside a div each of its blocks is described by its own tokens."""
    if block["t"] != "Div":
        found = tokens.found_in(block)
        return [describe(unit, found) for unit in units(done)]
    inner: list[BlockSource] = []
    for part in block["c"][1]:
        inner += _sources(part, restrain(tokens.fill([part])), tokens)
    return inner
