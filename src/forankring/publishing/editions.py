"""Turn one version of the text into the files of its editions, side by side."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from forankring.language import Locale, load_locale
from forankring.publishing.findings import refuse_unfinished
from forankring.publishing.html_page import html_edition
from forankring.publishing.joining import joined
from forankring.publishing.manuscript import assemble
from forankring.publishing.pdf import pdf_edition
from forankring.publishing.proof import prove
from forankring.publishing.records import BuiltFile, Check, Manuscript, VersionText
from forankring.publishing.report import report_files
from forankring.publishing.word import word_edition
from forankring.workspace import EditionFormat, write_file


def build(
    text: VersionText,
    folder: Path,
    formats: Iterable[EditionFormat] | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[BuiltFile, ...]:
    """Write the version's editions into ``folder`` and return them, sorted by name; the same version, the same bytes.

    Each file is held against the text before any is written. ``formats`` defaults to the strategy's own, and only
    then a report tells of the whole; ``progress`` gets a sentence for each step done. Raises InputError where the
    text cannot be set or a file does not pass, ToolError where a tool fails. Use ``assemble`` for what was mended.
    """
    wanted = sorted(set(text.strategy.editions if formats is None else formats), key=_slowest_first)
    locale, tell = load_locale(text.strategy.locale), progress or _silent
    tell(locale.label("publishing.steps.manuscript"))
    manuscript = assemble(text)
    refuse_unfinished(manuscript, text.chapters)
    manuscript = joined(manuscript)
    made: dict[str, bytes] = {}
    checks: list[Check] = []
    with ThreadPoolExecutor(max_workers=3) as pool:
        files = [(kind, folder / f"{text.edition_id}.{kind.value}") for kind in wanted]
        pending = [(kind, file, pool.submit(_proven, kind, file, manuscript, text, locale)) for kind, file in files]
        for kind, file, edition in pending:
            made[file.name], passed = edition.result()
            checks += passed
            tell(locale.label(f"publishing.steps.{kind.value}"))
    if formats is None:
        made |= report_files(text, manuscript, made, checks, locale)
    return tuple(_written(folder, name, made[name]) for name in sorted(made))


def _proven(
    kind: EditionFormat, file: Path, manuscript: Manuscript, text: VersionText, locale: Locale
) -> tuple[bytes, tuple[Check, ...]]:
    """Return an edition and the checks that it passed."""
    data = _edition(kind, manuscript, text, locale)
    return data, prove(kind, file, data, manuscript, locale)


def _edition(kind: EditionFormat, manuscript: Manuscript, text: VersionText, locale: Locale) -> bytes:
    match kind:
        case EditionFormat.WORD:
            return word_edition(manuscript, text.when, locale)
        case EditionFormat.PDF:
            return pdf_edition(manuscript, text.when, locale)
        case EditionFormat.HTML:
            return html_edition(manuscript, locale)


def _written(folder: Path, name: str, data: bytes) -> BuiltFile:
    write_file(folder / name, data)
    return BuiltFile(name=name, sha256=sha256(data).hexdigest(), size=len(data))


def _slowest_first(kind: EditionFormat) -> int:
    return [EditionFormat.PDF, EditionFormat.WORD, EditionFormat.HTML].index(kind)


def _silent(sentence: str) -> None:
    """Take a step's sentence when nobody listens."""
