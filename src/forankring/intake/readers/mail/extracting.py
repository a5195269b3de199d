"""Turn a mail into an extract: its words, its files, its sender, and what was left out of it."""

from collections.abc import Iterator
from html import unescape

from forankring.intake.enclosing import Names
from forankring.intake.readers.form import check_size
from forankring.intake.readers.html import without_code
from forankring.intake.readers.mail.phrases import phrases
from forankring.intake.readers.mail.pieces import Body, read_body, without_pictures
from forankring.intake.readers.mail.records import Carried, Mail
from forankring.intake.records import Desk, Enclosed, Extract, Original, Screened, Stated
from forankring.language import Locale
from forankring.ledger import Note
from forankring.text import clean_text

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/zip": ".zip",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "application/vnd.ms-outlook": ".msg",
}


def extract_of(original: Original, mail: Mail, desk: Desk) -> Extract:
    """Return what a mail says and carries; all of its words, shown or not, are to be screened."""
    for text in (*(passage.text for passage in mail.passages), *mail.unread):
        check_size(original, without_pictures(text))
    body = read_body(original, mail)
    return Extract(
        pieces=tuple(body.pieces),
        enclosed=tuple(_enclosed(mail, desk.locale)),
        stated=tuple(_stated(mail, body)),
        screened=tuple(_screened(mail, body)),
        notes=tuple(_notes(mail, body)),
        title=clean_text(phrases().bare_subject(mail.subject)).replace("\n", " ").strip(),
    )


def _enclosed(mail: Mail, locale: Locale) -> Iterator[Enclosed]:
    names = Names()
    for number, item in enumerate((item for item in mail.carried if not item.inside), start=1):
        name = names.give(_with_suffix(item), _unnamed(item, number, locale))
        yield Enclosed(name=name, data=item.data, refused=item.refused)


def _with_suffix(item: Carried) -> str:
    """A mail that came along is named by its subject, which has no suffix."""
    is_mail = item.kind in ("message/rfc822", "message/global") and item.name
    return f"{item.name}.eml" if is_mail and not item.name.lower().endswith((".eml", ".msg")) else item.name


def _unnamed(item: Carried, number: int, locale: Locale) -> str:
    key = "unnamed_mail" if item.kind.startswith("message/") else "unnamed"
    return locale.label(f"intake.{key}", n=number) + _SUFFIXES.get(item.kind, "")


def _stated(mail: Mail, body: Body) -> Iterator[Stated]:
    """Tell who wrote: of a mail that says nothing itself, whoever wrote the one that it sends on.

    A secretariat forwards what came to one of its own; that must not make it the sender. Nor must a mail that only
    holds another mail be taken for the other's.
    """
    inner = next(iter(body.forwarded), None)
    if inner and not body.own_words:
        if inner.address:
            yield Stated(name=inner.name, address=inner.address, origin="mail")
        return
    carried = [item for item in mail.carried if not item.inside]
    only_mails = bool(carried) and all(item.kind in ("message/rfc822", "message/global") for item in carried)
    if mail.address and not (only_mails and not body.pieces):
        yield Stated(name=mail.name, address=mail.address, origin="mail")


def _screened(mail: Mail, body: Body) -> Iterator[Screened]:
    yield Screened(text="\n\n".join(mail.heads), part="mail_head")
    for text in body.texts:
        yield Screened(text=text)
    for passage in mail.passages:
        if passage.kind == "html":
            yield Screened(text=unescape(without_code(without_pictures(passage.text))))
    for text in mail.unread:
        yield Screened(text=unescape(without_code(without_pictures(text))))


def _notes(mail: Mail, body: Body) -> Iterator[Note]:
    if body.forwarded:
        yield Note(code="forwarded_read", values={"n": len(body.forwarded)})
    for code, n in sorted(body.counts.items()):
        yield Note(code=code, values={"n": n})
    pictures = sum(item.inside for item in mail.carried)
    if pictures:
        yield Note(code="mail_pictures_left_out", values={"n": pictures})
    for code, n in mail.odd:
        yield Note(code=code, values={} if code == "seal_not_checked" else {"n": n})
    yield from body.notes
