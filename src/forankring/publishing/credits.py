"""Turn who wrote every sentence into whose change each change between two versions is, and since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from forankring import text
from forankring.language import Locale, load_locale
from forankring.publishing.records import Hand
from forankring.versions import Authorship, Edit, Identity, Origin, TextRepository, Written, authorship
from forankring.workspace import Strategy

_TELLING = 8
"""Letters of which a sentence can be told; a number or a short word is part of too many."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Finds the author of a change by its words; letters and digits count, for editions set quotes and spaces anew.

    ``engine`` is whose a change is that nobody is known to have made, such as a number in the table of contents.
    """

    engine: Written
    _came: Mapping[str, Written] = field(repr=False)
    _went: Mapping[str, Written] = field(repr=False)
    _stayed: Mapping[str, Written] = field(repr=False)

    def hand(self, words: str, came: bool, before: str = "") -> Hand:
        """Return whose change it is that these words came, or went; or that words that stayed moved or look different,
        where ``before`` is what they were."""
        found = self._kept(before, words) if before else self._written(words, came=came)
        return Hand(found.by.author.name, found.by.when)

    def of(self, change: text.Change) -> Written:
        """Return whose change one of the list is."""
        same = _letters(change.old) == _letters(change.new)
        if change.kind == "moved" or (same and _letters(change.new) not in self._came):
            return self._kept(change.old, change.new)
        return self._written(change.new or change.old, came=bool(change.new))

    def _written(self, words: str, *, came: bool) -> Written:
        """Return who wrote or removed a sentence, or of a longer text the latest of who did so with a part of it (a
        row's cells have `` | `` between them)."""
        wanted, known = _letters(words), self._came if came else self._went
        exact = known.get(wanted) or self._stayed.get(wanted)
        return exact or _latest_part(known, wanted) or _latest_cell(known, words) or self._kept(words)

    def _kept(self, *said: str) -> Written:
        """Return who moved words or made them look different; ``said`` ends with what they are."""
        wanted = [_letters(words) for words in said]
        found = next(filter(None, (_around(self._stayed, letters) for letters in wanted)), None)
        return found or self._came.get(wanted[-1]) or self.engine


def credits_of(history: TextRepository, old: str, new: str, strategy: Strategy) -> Credits:
    """Return the authors of what changed from one commit to another; ``strategy`` is that of the newer one."""
    locale, office, commit = load_locale(strategy.locale), strategy.secretariat, history.commit(new)
    assert commit is not None  # a version was made of it
    engine = replace(commit, author=Identity(office.name, office.email))
    known = history.ancestors(old)
    return Credits(
        Written(Origin.GENERATED, engine, engine),
        *_sentences(authorship(history, new, locale, older=old), known),
        _stayed(history, history.lineage(new).edits(known), locale),
    )


def _sentences(history: Authorship, known: frozenset[str]) -> tuple[dict[str, Written], dict[str, Written]]:
    """Return who wrote what came, and who removed what went."""
    chapters = history.chapters.values()
    return {
        _letters(sentence.words): sentence.written
        for chapter in chapters
        for sentence in chapter.sentences
        if sentence.written.came.sha not in known
    }, {_letters(gone.words): gone.removed for chapter in chapters for gone in chapter.went}


def _stayed(history: TextRepository, edits: Sequence[Edit], locale: Locale) -> dict[str, Written]:
    """Return who moved words last, or made them a heading, an item or bold; a new wording is none of that."""
    blobs = history.contents({blob for edit in edits for blob in (edit.before, edit.after) if blob})
    read = {blob: data.decode("utf-8", "replace") for blob, data in blobs.items()}
    pairs = [_differing(read.get(edit.before, ""), read.get(edit.after, "")) for edit in edits]
    documents = [text.lined(document, locale) for document in text.parse_all([side for pair in pairs for side in pair])]
    found: dict[str, Written] = {}
    for edit, before, after in zip(edits, documents[::2], documents[1::2], strict=True):
        written = Written(Origin.GENERATED if edit.generated else Origin.HAND, edit.commit, edit.commit)
        for said in _unworded(text.changes(text.redline(before, after))):
            found.setdefault(said, written)
    return found


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return two texts without the sections that both begin and end with."""
    ours, theirs = list(text.sections(before)), list(text.sections(after))
    for last in (-1, 0):
        while ours and theirs and ours[last] == theirs[last]:
            del ours[last], theirs[last]
    return "".join(ours), "".join(theirs)


def _unworded(changes: Iterable[text.Change]) -> set[str]:
    told = [(change.kind, _letters(change.old), _letters(change.new)) for change in changes]
    return {said for kind, *both in told if kind != "edited" or both[0] == both[1] for said in both if said}


def _latest_part(known: Mapping[str, Written], wanted: str) -> Written | None:
    """Return what is known of what these letters are part of, or of a part of them."""
    parts = (written for said, written in known.items() if _is_part(said, wanted) or _is_part(wanted, said))
    return max(parts, key=lambda written: written.came.when, default=None)


def _latest_cell(known: Mapping[str, Written], words: str) -> Written | None:
    """Return what is known of the cells of a row, each read as a whole."""
    cells = [_letters(cell) for cell in words.split(" | ")] if " | " in words else []
    return max((known[cell] for cell in cells if cell in known), key=lambda written: written.came.when, default=None)


def _around(known: Mapping[str, Written], wanted: str) -> Written | None:
    """Return what is known of these letters, or of what they are part of."""
    return known.get(wanted) or next((written for said, written in known.items() if _is_part(wanted, said)), None)


def _is_part(one: str, other: str) -> bool:
    return len(one) >= _TELLING and one in other


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
