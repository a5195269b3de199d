"""Turn a workspace into its next state, one library call at a time: the verbs of every flow, without Prefect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flows.editions import build_editions, build_redline_files, compared, hashes, published
from flows.messages import gathered_message, version_message
from flows.reports import BuildReport, Changes, Job
from forankring import intake
from forankring.drafting import (
    Draft,
    Provenance,
    carry_provenance,
    dump_completeness,
    dump_provenance,
    load_provenance,
    render,
)
from forankring.errors import InputError, Problem
from forankring.intake import Gathered, Reading, SourceFile, find_new, list_inbox, read_files, refuse_numbers, register
from forankring.language import load_locale
from forankring.ledger import Ledger, dump_ledger, dump_sealed, load_ledger, read_sealed, write_sealed
from forankring.publishing import (
    Finding,
    Hand,
    HistoryLine,
    ListedChange,
    MarginNote,
    Pair,
    VersionText,
    credits_of,
    lint,
    list_changes,
    points_in_margin,
)
from forankring.sharing import SentOut, Sharing, keep_sharing, quick_sharing
from forankring.versions import Conflict, TextRepository, Version, open_text
from forankring.versions import Identity as TextIdentity
from forankring.workspace import (
    EditionFormat,
    Workspace,
    clock,
    dump_look,
    dump_strategy,
    house_look,
    load_catalogue,
    load_look,
    load_look_snapshot,
    load_snapshot,
    load_strategy,
)

CHAPTERS, LEDGER, PROVENANCE, COMPLETENESS = "chapters/", "ledger/", "provenance.json", "completeness.json"
STRATEGY, LOOK = "strategy.json", "look.json"


def begin(workspace: Workspace) -> Job:
    """Read the strategy and the clock: the only moment when a run asks either."""
    strategy = load_strategy(workspace)
    return Job(workspace, strategy, load_look(workspace), load_locale(strategy.locale), clock(strategy.zone))


def repository(job: Job) -> TextRepository:
    """Open the text's history, made on first use."""
    office = job.strategy.secretariat
    return open_text(job.workspace.text, TextIdentity(office.name, office.email), job.locale)


def keep_edits(job: Job) -> bool:
    """Commit what editors changed by hand; tell whether there was something."""
    message = job.locale.label("flows.messages.hand_edits")
    return repository(job).collect_edits(job.when, message, refuse_numbers) is not None


def recorded_ledger(job: Job, ref: str = "main") -> Ledger:
    """Return the ledger of a branch or version; empty before there is one."""
    return _ledger_at(repository(job), ref, read_sealed(job.workspace))


def find_files(job: Job, ledger: Ledger) -> tuple[SourceFile, ...]:
    """List the inbox and return what has to be read."""
    return find_new(job.workspace, ledger, job.strategy, list_inbox(job.workspace))


def read_batch(job: Job, files: Sequence[SourceFile]) -> tuple[Reading, ...]:
    """Read some files; what is wrong with one of them becomes that file's outcome."""
    draft = sent_out(job)
    return read_files(job.workspace, job.strategy, job.locale, files, draft.chapters if draft else {})


def sent_out(job: Job) -> SentOut | None:
    """Return the latest version as parties may have read it; nothing before there is one."""
    if not (job.workspace.text / ".git").exists():  # asking must not make one: »check« records nothing
        return None
    text = repository(job)
    latest = text.latest()
    return SentOut(chapters=_by_key(text.files(latest.commit, CHAPTERS)), when=latest.when) if latest else None


def count_shared(job: Job, ledger: Ledger) -> Sharing:
    """Return what the submissions have in common, or with very many points only their number."""
    return quick_sharing(job.workspace, ledger, job.strategy, sent_out(job))


def find_shared(job: Job, ledger: Ledger) -> Sharing:
    """Return what the submissions have in common; looked up where nothing has changed since it was found."""
    return keep_sharing(job.workspace, ledger, job.strategy, sent_out(job))


def register_readings(job: Job, ledger: Ledger, readings: Iterable[Reading], news: Sequence[SourceFile]) -> Gathered:
    """Give a portion of the readings their numbers and places in the ledger; ``news`` are all files that are read."""
    return register(ledger, tuple(readings), job.strategy, job.when, news)


def record_ledger(job: Job, gathered: Gathered) -> None:
    """Commit what is new in the ledger; the message names what came."""
    fresh = (*gathered.added, *gathered.changed)
    if fresh:
        keep_ledger(job, Ledger(fresh), gathered_message(fresh, job.locale))


def keep_ledger(job: Job, changed: Ledger, message: str) -> None:
    """Commit these submissions; what may not stand in git, and that their receipts are owed, is kept before."""
    write_sealed(job.workspace, dump_sealed(changed))
    intake.owe_receipts(job.workspace, (item.id for item in changed.submissions))
    repository(job).record(dump_ledger(changed), message, job.when)


def write_receipts(job: Job, ledger: Ledger) -> int:
    """Write the receipts of what changed in the ledger; return how many."""
    return intake.write_receipts(job.workspace, job.strategy, job.look, job.locale, ledger)


def take_account(job: Job, ledger: Ledger, news: Sequence[SourceFile]) -> intake.Account:
    """Count what lies in the inbox by what became of it, and write the report of it: the end of a run."""
    account = intake.take_account(job.workspace, ledger, news)
    intake.write_report(job.workspace, job.strategy, job.look, job.locale, account)
    intake.settle(job.workspace, job.strategy)
    return account


def render_draft(job: Job, ledger: Ledger) -> Draft:
    """Let the templates write every chapter."""
    catalogue = load_catalogue(job.workspace)
    return render(job.strategy, catalogue, ledger, job.workspace.template_folders, job.locale)


def refuse_numbers_in_text(workspace: Workspace) -> None:
    """Raise InputError for a personal number in the chapters as they stand in the folder."""
    refuse_numbers({f"{CHAPTERS}{key}.md": chapter.encode() for key, chapter in _chapters_in(workspace).items()})


def find_in_text(job: Job, draft: Draft | None) -> tuple[Finding, ...]:
    """Return what the editions would mend or refuse in the text as it stands in the folder, with edits that no commit
    holds yet; before there is a text, in what the templates write."""
    chapters = _chapters_in(job.workspace) or dict(draft.chapters if draft else {})
    version = VersionText(
        version="v0", when=job.when, commit="0" * 40, strategy=job.strategy, chapters=chapters, look=job.look
    )
    return lint(version) if chapters else ()


def _chapters_in(workspace: Workspace) -> dict[str, str]:
    """Return the chapters as they lie in the folder, by key."""
    files = sorted(workspace.text.glob(f"{CHAPTERS}*.md"))
    return {file.stem: file.read_text(encoding="utf-8", errors="replace") for file in files}


def record_draft(job: Job, draft: Draft) -> None:
    """Commit what the templates wrote and merge it into the text as edited.

    Raises InputError for a personal number in it: strategy.yaml, the catalogue or an editor's own commit may hold one.
    """
    text = repository(job)
    generated = {f"{CHAPTERS}{key}.md": chapter.encode() for key, chapter in draft.chapters.items()}
    refuse_numbers(generated)
    message = job.locale.label("flows.messages.generated")
    text.record_generated({**generated, PROVENANCE: dump_provenance(draft.provenance)}, message, job.when)
    text.merge_generated(
        lambda chapters: _message(job, changes_since(text, chapters)),
        job.when,
        derive=lambda chapters: _derived(job, draft, chapters),
    )


def _derived(job: Job, draft: Draft, chapters: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what is computed from the merged chapters and stands beside them."""
    text = repository(job)
    before = text.files("main", PROVENANCE) if text.has("main") else {}
    derived = {
        PROVENANCE: dump_provenance(carry_provenance(draft.provenance, _by_key(chapters), provenance_in(before))),
        COMPLETENESS: dump_completeness(draft.completeness),
        STRATEGY: dump_strategy(job.strategy),
        LOOK: dump_look(job.look),
    }
    refuse_numbers({**chapters, STRATEGY: derived[STRATEGY], LOOK: derived[LOOK]})
    return derived


def provenance_in(files: Mapping[str, bytes]) -> Provenance:
    """Return the provenance that stands among the files of a commit."""
    return load_provenance(files[PROVENANCE]) if PROVENANCE in files else {}


def open_conflicts(job: Job) -> tuple[Conflict, ...]:
    """Return the places where a human has to choose."""
    return repository(job).open_conflicts()


def changes(job: Job) -> Changes:
    """Return what differs between the latest version and the text as it stands."""
    text = repository(job)
    return changes_since(text, text.files("main", CHAPTERS))


def changes_since(text: TextRepository, chapters: Mapping[str, bytes]) -> Changes:
    """Return what came since the latest version, whichever run read it: a killed run's work counts as well."""
    latest = text.latest()
    since = latest.commit if latest else ""
    old = text.files(since, CHAPTERS) if since else {}
    return Changes(
        submissions=load_ledger(text.changed(since, "main", LEDGER)).submissions if text.has("main") else (),
        chapters=tuple(path for path in sorted({*old, *chapters}) if old.get(path) != chapters.get(path)),
    )


def unpublished(job: Job) -> str:
    """Return the name of the version that is due, or nothing where the latest one holds the whole text."""
    text = repository(job)
    return text.next_name() if text.needs_version() else ""


def latest(job: Job) -> Version:
    """Return the newest version; raise InputError where there is none."""
    found = repository(job).latest()
    if found is None:
        raise InputError(Problem(code="no_version", file=str(job.workspace.root)))
    return found


def build_version(job: Job, name: str) -> BuildReport:
    """Build the editions of a version that is about to be published."""
    return build_editions(job, _version_text(job, name, "main"))


def tag_version(job: Job, built: BuildReport) -> Version:
    """Publish the version: its tag carries the sha256 of its editions."""
    text = repository(job)
    return text.tag(built.version, hashes(built), _message(job, changes(job)), job.when)


def restore_editions(job: Job) -> BuildReport:
    """Return the editions of the latest version, built again where a file of them is missing."""
    return editions_of(job, latest(job))


def rebuild(
    job: Job, name: str = "", formats: Sequence[EditionFormat] | None = None, *, internal: bool = False
) -> BuildReport:
    """Build the editions of any version from its tag, and compare them with what the tag promises.

    Internal ones, which say what each paragraph rests on, lie apart from the others, and no tag promises them.
    """
    version = repository(job).version(name) if name else latest(job)
    built = build_editions(job, _version_text(job, version.name, version.commit, internal=internal), formats)
    return built if internal else compared(built, version)


def build_redline(
    job: Job, name: str, since: str, formats: Sequence[EditionFormat] | None = None, *, reader: str = ""
) -> BuildReport:
    """Build the redline from one version to another, the latest where it has no name; one for a party (``reader``) has
    that party's own points in the margin."""
    pair = _pair(job, since, name)
    margin = _own_points(job, pair.new, reader) if reader else ()
    return build_redline_files(job, replace(pair, reader=reader, margin=margin), formats)


def changes_between(job: Job, since: str, name: str, key: str = "") -> tuple[Pair, tuple[ListedChange, ...]]:
    """Return two versions (the latest where the newer one has no name) and what changed, in one chapter or in all."""
    pair = _pair(job, since, name)
    keys = {*pair.old.chapters, *pair.new.chapters}
    if key and key not in keys:
        raise InputError(Problem(code="chapter_unknown", values={"given": key, "allowed": ", ".join(sorted(keys))}))
    wanted = frozenset({key} if key else keys)
    return pair, list_changes(pair.old, pair.new, pair.credit, wanted)


def _pair(job: Job, since: str, name: str) -> Pair:
    """Return two versions with who changed what between them."""
    text = repository(job)
    old, new = text.version(since), text.version(name) if name else latest(job)
    before, after = (_version_text(job, version.name, version.commit) for version in (old, new))
    return Pair(old=before, new=after, credit=credits_of(text, old.commit, new.commit, after.strategy))


def _own_points(job: Job, text: VersionText, party: str) -> tuple[MarginNote, ...]:
    """Return what a party is told in the margin: which of its own points a passage rests on."""
    ledger = recorded_ledger(job, text.commit)
    points = [point for item, point in ledger.points() if item.party and item.party.key == party]
    office = text.strategy.secretariat
    keys = [chapter.key for chapter in text.strategy.chapters]
    by, locale = Hand(office.name, text.when), load_locale(text.strategy.locale)
    return points_in_margin(text.provenance, keys, points, by, locale)


def editions_of(job: Job, version: Version) -> BuildReport:
    """Return the editions of a version, built again where a file of them is missing."""
    return published(job, version) or rebuild(job, version.name)


def _ledger_at(text: TextRepository, ref: str, sealed: Mapping[str, bytes] | None = None) -> Ledger:
    """Return the ledger of a branch or version; empty before there is one: an inbox may be empty at first."""
    portions = text.portions(ref, LEDGER) if text.has(ref) else ()
    return Ledger().with_submissions(*(item for part in portions for item in load_ledger(part, sealed).submissions))


def _version_text(job: Job, name: str, ref: str, *, internal: bool = False) -> VersionText:
    """Return the whole text of a version as its editions need it; nothing in it depends on when it is built."""
    text = repository(job)
    files, commit = text.files(ref), text.commit(ref)
    assert commit is not None  # the files came from it
    strategy = load_snapshot(files[STRATEGY])
    lines = tuple(_history_line(version) for version in text.versions() if version.name != name)
    return VersionText(
        version=name,
        when=commit.when,
        commit=commit.sha,
        strategy=strategy,
        look=load_look_snapshot(files[LOOK]) if LOOK in files else house_look(),
        chapters=_by_key(files),
        provenance=provenance_in(files),
        internal=internal,
        history=tuple(line for line in lines if _number(line.version) < _number(name)),
    )


def _history_line(version: Version) -> HistoryLine:
    return HistoryLine(version=version.name, when=version.when, text=version.message.partition("\n")[0])


def _number(name: str) -> int:
    return int(name[1:])


def _message(job: Job, changed: Changes) -> str:
    before = repository(job).latest()
    return version_message(changed, before.name if before else "", job.strategy, job.locale)


def _by_key(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return ``{chapter key: Markdown}`` of the chapters among the files."""
    chapters = {path: data for path, data in files.items() if path.startswith(CHAPTERS)}
    return {Path(path).stem: data.decode() for path, data in sorted(chapters.items())}
