"""Turn a number into an inbox as in life: all formats, many short answers, a few long ones, two in a hundred broken."""

import io
import itertools
import random
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path

import openpyxl
import typst

from bench.scenes import pandoc_path, real_inputs
from forankring.process import Limits, run

MARK = "NUMMER-PAA-FILEN"
"""Stands in the text of every file; each file has its own in its stead."""

PARTIES = 40
LENGTHS = ((1, 0.2), (3, 0.3), (8, 0.25), (20, 0.15), (60, 0.08), (250, 0.02))
"""Paragraphs of an answer, and how often an answer is so long."""

BROKEN = 0.02
TWICE = 0.01
NOBODY = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a file of the corpus must come to. ``mark`` stands in one of its points, where its format lets us write it;
    ``twin`` is the place that holds the same bytes."""

    accepted: bool
    format: str
    mark: str = ""
    twin: str = ""


def write_corpus(root: Path, files: int, *, seed: int = 1) -> dict[str, Expected]:
    """Write a workspace with so many files in its inbox; return ``{place: what must become of it}``.

    The same seed gives the same files, but for the times inside workbooks. Old Word files need LibreOffice, Outlook's
    mails the real inputs; where they are missing, there are none.
    """
    chance = random.Random(seed)
    known = makers()
    (root / "inbox").mkdir(parents=True)
    write_strategy(root)
    expected: dict[str, Expected] = {}
    for number in range(1, files + 1):
        place, data, outcome = _file(chance, number, known, expected)
        target = root / "inbox" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if outcome.twin:
            shutil.copyfile(root / "inbox" / outcome.twin, target)
        else:
            target.write_bytes(data)
        expected[place] = outcome
    return expected


Maker = Callable[[int, str], bytes]


def _file(
    chance: random.Random, number: int, known: dict[str, Maker], earlier: dict[str, Expected]
) -> tuple[str, bytes, Expected]:
    names = [name for name, share in SHARES.items() if name in known for _ in range(share)]
    kind = chance.choice(names)
    paragraphs = chance.choices([n for n, _ in LENGTHS], [share for _, share in LENGTHS])[0]
    folder = f"runde-1/part-{chance.randint(1, PARTIES):02d}"
    mark, draw = f"svar {number:06d}", chance.random()
    place = f"{folder}/svar-{number:06d}.{kind}"
    if draw < BROKEN:
        return place, _broken(chance, known[kind](paragraphs, mark)), Expected(accepted=False, format=kind)
    if draw < BROKEN + TWICE:
        twins = [name for name, item in earlier.items() if name.startswith(f"{folder}/") and not item.twin]
        if twins:
            twin = chance.choice(twins)
            kept = earlier[twin]
            return place, b"", Expected(accepted=kept.accepted, format=kept.format, mark=kept.mark, twin=twin)
    if draw > 1 - NOBODY and kind != "yaml":
        place = f"runde-1/ingen-{number:06d}/svar.{kind}"
        return place, known[kind](paragraphs, mark), Expected(accepted=False, format=kind)
    data = known[kind](paragraphs, mark)
    return place, data, Expected(accepted=True, format=kind, mark="" if kind in UNMARKED else mark)


def _broken(chance: random.Random, data: bytes) -> bytes:
    """Return what is no answer any more, in the ways that files break: empty, cut off in a zip, or not a document."""
    if chance.random() < 0.3:
        return b""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return data[: len(data) // 2]
    return b"\x00\x01\x02" + chance.randbytes(2_000)


SHARES = {
    "docx": 34,
    "pdf": 20,
    "eml": 14,
    "txt": 6,
    "xlsx": 4,
    "odt": 4,
    "doc": 3,
    "msg": 3,
    "html": 3,
    "rtf": 3,
    "md": 2,
    "yaml": 2,
    "csv": 1,
    "pptx": 1,
    "zip": 1,
}
"""How many of a hundred files have each format."""

UNMARKED = frozenset({"pdf", "doc", "msg"})
"""Formats whose text cannot be written anew for each file: what tells them apart lies behind their end."""

VARIANTS = 100
"""Texts that printed files of one length have among them."""


def makers() -> dict[str, Maker]:
    """Return a maker for each format that this machine can make: ``(paragraphs, mark) -> bytes``."""
    found: dict[str, Maker | None] = {
        "docx": partial(_zipped, "docx"),
        "odt": partial(_zipped, "odt"),
        "pptx": partial(_zipped, "pptx"),
        "xlsx": _xlsx,
        "pdf": _pdf,
        "doc": _doc if shutil.which("soffice") else None,
        "msg": _msg if (real_inputs() / "mixed" / "testMSG.msg").exists() else None,
        "eml": _eml,
        "zip": _zip,
        "rtf": partial(_converted, "rtf"),
        "html": partial(_converted, "html"),
        "md": lambda n, mark: _filled(_markdown(n).encode(), mark),
        "txt": lambda n, mark: _filled("\n\n".join(_sentences(n)).encode("cp1252" if n % 2 else "utf-8"), mark),
        "yaml": _form,
        "csv": lambda n, mark: _filled("\r\n".join(";".join(row) for row in _rows(n)).encode("cp1252"), mark),
    }
    return {name: make for name, make in found.items() if make}


def _sentences(paragraphs: int) -> Iterator[str]:
    """Yield paragraphs whose words are blanks to be filled in, so that no two answers say the same by accident."""
    yield f"Det her er {MARK} om forankring af digitale løsninger."
    for n in range(1, paragraphs):
        yield f"Forslag {n}: Ansvaret for {_BLANK * 12}bør ligge hos {_BLANK * 6}og ikke {_BLANK * 6}i {n % 12 + 2024}."


_BLANK = "XORDX "
_BLANKS = re.compile(rb"XORDX")
_SYLLABLES = ("ban", "del", "for", "gra", "hus", "kom", "lan", "mel", "nor", "pas", "ret", "sam", "tal", "ud", "vej")


def _filled(data: bytes, mark: str) -> bytes:
    """Write the file's own mark and words into it."""
    chance = random.Random(mark)
    words = ("".join(chance.choices(_SYLLABLES, k=3)) + "e" for _ in itertools.count())
    return _BLANKS.sub(lambda _: next(words).encode(), data.replace(MARK.encode(), mark.encode()))


def _markdown(paragraphs: int) -> str:
    texts = list(_sentences(paragraphs))
    return "\n\n".join(f"# Emne {n // 7}\n\n{text}" if n % 7 == 0 else text for n, text in enumerate(texts)) + "\n"


def _rows(paragraphs: int) -> Iterator[tuple[str, str, str]]:
    yield "Nr.", "Kapitel", "Bemærkning"
    for n, text in enumerate(_sentences(paragraphs), start=1):
        yield str(n), "Forankring", text


def _form(paragraphs: int, mark: str) -> bytes:
    points = "".join(f"  - text: {text!r}\n" for text in _sentences(paragraphs))
    form = f"kind: response\ntitle: Svar\nstance: supports_with_remarks\npoints:\n{points}"
    return _filled(form.encode(), mark)


@cache
def _pandoc(kind: str, paragraphs: int) -> bytes:
    command = [pandoc_path(), "--standalone", "--from", "markdown", "--to", kind, "--output", "-"]
    return run([*command, "--metadata", "title=Svar"], stdin=_markdown(paragraphs).encode()).stdout


def _converted(kind: str, paragraphs: int, mark: str) -> bytes:
    return _filled(_pandoc(kind, paragraphs), mark)


@cache
def _parts(kind: str, paragraphs: int) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_pandoc(kind, paragraphs))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(kind: str, paragraphs: int, mark: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _parts(kind, paragraphs).items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), _filled(data, mark), stored)
    return buffer.getvalue()


def _xlsx(paragraphs: int, mark: str) -> bytes:
    book = openpyxl.Workbook()
    table = "\n".join("\t".join(row) for row in _rows(min(paragraphs, 60)))
    for line in _filled(table.encode(), mark).decode().split("\n"):
        book.active.append(line.split("\t"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def _printed(paragraphs: int, variant: int) -> bytes:
    text = "\n\n".join(_sentences(paragraphs))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.typ").write_bytes(_filled(text.encode(), f"et svar {variant}"))
        made = typst.compile(str(Path(folder, "a.typ")))
    assert isinstance(made, bytes)
    return made


def _pdf(paragraphs: int, mark: str) -> bytes:
    variant = random.Random(mark).randrange(VARIANTS)
    return _printed(paragraphs, variant) + f"\n% {mark}\n".encode()


@cache
def _old_word(paragraphs: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.docx").write_bytes(_zipped("docx", paragraphs, "et gammelt svar"))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", folder, f"{folder}/a.docx"]
        run(command, limits=Limits(seconds=120))
        return Path(folder, "a.doc").read_bytes()


def _doc(paragraphs: int, mark: str) -> bytes:
    return _old_word(paragraphs) + mark.encode().ljust(512, b"\0")


def _msg(_: int, mark: str) -> bytes:
    return (real_inputs() / "mixed" / "testMSG.msg").read_bytes() + mark.encode().ljust(512, b"\0")


def _eml(paragraphs: int, mark: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Svar <svar@eksempel.dk>"
    mail["To"] = "Sekretariatet <sekretariatet@eksempel.dk>"
    mail["Subject"] = "Høringssvar"
    mail["Date"] = "Mon, 16 Nov 2026 12:00:00 +0100"
    text = _filled("\n\n".join(_sentences(min(paragraphs, 8))).encode(), f"{mark} som brev").decode()
    mail.set_content(f"Kære sekretariat\n\n{text}\n\nMed venlig hilsen\nEksempel\n")
    if paragraphs > 3:
        kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
        data = _zipped("docx", paragraphs, f"bilag til {mark}")
        mail.add_attachment(data, maintype="application", subtype=kind, filename="bilag.docx")
        mail.set_boundary("=-=-=")
    return bytes(mail)


def _zip(paragraphs: int, mark: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("svar/svar.docx"), _zipped("docx", paragraphs, mark))
        archive.writestr(zipfile.ZipInfo("svar/bilag.txt"), f"Et bilag til {mark} om teknologi.\n")
    return buffer.getvalue()


def write_strategy(root: Path) -> None:
    """Write a strategy with one round and many parties."""
    parties = "".join(
        f"  - {{key: part-{n:02d}, name: Eksempel Part {n:02d}, type: {_TYPES[n % len(_TYPES)]}}}\n"
        for n in range(1, PARTIES + 1)
    )
    (root / "strategy.yaml").write_text(_STRATEGY.format(parties=parties), encoding="utf-8")


_TYPES = ("state", "region", "municipality", "association", "company", "research", "other")
_STRATEGY = """\
key: soak
title: Mange svar
label: Mange svar
locale: da
period: {{first: 2024, last: 2027, label: 2024-2027}}
imprint: {{publisher: Sekretariatet}}
parties:
{parties}chapters:
  - {{key: value, title: Fra teknologi til værdi, keywords: [teknologi, værdi]}}
  - {{key: anchoring, title: Organisatorisk forankring, keywords: [forankring, ansvar]}}
rounds:
  - {{key: runde-1, title: Første runde, opens: 2026-11-02, closes: 2027-01-15}}
"""
