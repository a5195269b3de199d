"""Mails made from a few lines, read as the intake reads them."""

import base64
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from forankring.intake.readers.eml import read_eml
from forankring.intake.records import Desk, Extract, Original, SourceFile
from forankring.language import load_locale
from forankring.text import plain
from forankring.workspace import parse_strategy

STRATEGY = """
key: proeve
title: En prøve
label: Prøve
locale: da
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Sekretariatet}
parties: [{key: kl, name: KL, type: municipality}]
chapters: [{key: value, title: Værdi}]
rounds: [{key: h1, title: Høring, opens: 2026-11-02, closes: 2026-12-01}]
"""
DESK = Desk(strategy=parse_strategy(STRATEGY), locale=load_locale("da"))


def read(data: str | bytes, reader: Callable[[Original, Desk], Extract] = read_eml, name: str = "svar.eml") -> Extract:
    """Read a file's bytes with a reader."""
    content = data.encode() if isinstance(data, str) else data
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        file = SourceFile(place=f"h1/kl/{name}", round="h1", folder="kl", size=len(content), stamp=(), path=path)
        sha256 = hashlib.sha256(content).hexdigest()
        return reader(Original(file=file, path=path, sha256=sha256, size=len(content)), DESK)


def texts(extract: Extract) -> list[str]:
    """Return the words of the blocks."""
    return [plain(piece.node) for piece in extract.pieces]


def notes(extract: Extract) -> dict[str, int | str]:
    """Return the notes by code, each with its count."""
    return {note.code: note.values.get("n", "") for note in extract.notes}


def files(extract: Extract) -> dict[str, str | bytes]:
    """Return the enclosed files by name: their bytes, or why they cannot be had."""
    return {item.name: item.refused or item.data for item in extract.enclosed}


def mail(body: str, *, subject: str = "Høringssvar", head: str = "", sender: str = "svar@eksempel.dk") -> str:
    """Return a mail of plain text."""
    lines = (f"From: Eksempel <{sender}>", "To: sekretariat@example.org", f"Subject: {subject}", "MIME-Version: 1.0")
    more = [line for line in head.splitlines() if line]
    return "\n".join((*lines, *more, "Content-Type: text/plain; charset=utf-8", "", body))


def parts(*inner: str, kind: str = "mixed", head: str = "Subject: Svar\nFrom: svar@eksempel.dk\n") -> str:
    """Return a mail of several parts, each with its own header."""
    joined = "".join(f"--skel\n{part}\n" for part in inner)
    return f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="skel"\n\n{joined}--skel--\n'


def part(body: str | bytes, kind: str = "text/plain; charset=utf-8", **fields: str) -> str:
    """Return one part; bytes are sent as base64. Fields are given with ``_`` for a hyphen."""
    named = {key.replace("_", "-"): value for key, value in fields.items()}
    if isinstance(body, bytes):
        named["Content-Transfer-Encoding"] = "base64"
        body = base64.encodebytes(body).decode()
    return "\n".join((f"Content-Type: {kind}", *(f"{key}: {value}" for key, value in named.items()), "", body))
