"""Turn submissions that may not be published whole into what of them may stand in git; the rest stays private."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from forankring.ledger.records import About, Attachment, PartyRef, Point, Publication, Refusal, Submission, Visibility
from forankring.workspace import Workspace, write_file

FOLDER = "ledger"
"""Below the workspace's private folder: one file a sealed submission, whole."""


def needs_seal(submission: Submission) -> bool:
    """Tell whether git's history, which is for ever, must not hold all of it."""
    if submission.withdrawal and submission.withdrawal.erased:
        return False
    internal = any(point.visibility == Visibility.INTERNAL for point in submission.points)
    return internal or submission.publication != Publication.PUBLIC


def public_face(submission: Submission) -> Submission:
    """Return what may stand in git: no name of a sender who asked for none, no word that is not for everybody."""
    if submission.sealed or not needs_seal(submission):
        return submission
    points = tuple(map(_blank, submission.points)) if _is_withheld(submission) else _shown(submission.points)
    parts = tuple(map(_bare, submission.parts))
    face = replace(submission, sealed=True, points=points, parts=parts, notes=(), title="", case_ref="")
    if submission.publication == Publication.PUBLIC:
        return face
    party = submission.party and PartyRef(key="", name="", type=submission.party.type, listed=submission.party.listed)
    points = tuple(replace(point, place=replace(point.place, part="")) for point in points)
    face = replace(face, points=points, places=(), sha256="", size=0)
    return replace(face, party=party, party_evidence="", on_behalf_of="")


def read_sealed(workspace: Workspace) -> dict[str, bytes]:
    """Return ``{number.json: bytes}`` of what is sealed in the private folder."""
    return {file.name: file.read_bytes() for file in sorted((workspace.private / FOLDER).glob("B*.json"))}


def write_sealed(workspace: Workspace, files: Mapping[str, bytes]) -> None:
    """Keep sealed submissions in the private folder; before git is told of them, so that a kill loses none."""
    folder = workspace.private / FOLDER
    if files:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, data in files.items():
        target = folder / name
        if not target.exists() or target.read_bytes() != data:
            write_file(target, data)


def drop_sealed(workspace: Workspace, numbers: Iterable[str]) -> None:
    """Erase the whole records of these submissions."""
    for number in numbers:
        (workspace.private / FOLDER / f"{number}.json").unlink(missing_ok=True)


def _bare(part: Attachment) -> Attachment:
    """Return that there is a part, of which format and how it ended: its name and its hash may tell whose it is."""
    return Attachment(
        name="",
        format=part.format,
        size=0,
        outcome=part.outcome,
        reader=part.reader,
        refusals=tuple(Refusal(code=item.code) for item in part.refusals),
        points=part.points,
    )


def _is_withheld(submission: Submission) -> bool:
    return submission.publication == Publication.WITHHELD


def _shown(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(point if point.visibility == Visibility.PUBLIC else _blank(point) for point in points)


def _blank(point: Point) -> Point:
    """Return the point without its words: that there is one, what kind, and which chapter it is about."""
    about = About(chapter=point.about.chapter, route=point.about.route)
    return Point(id=point.id, kind=point.kind, visibility=point.visibility, about=about)
