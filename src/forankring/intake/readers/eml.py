"""Turn a mail saved as MIME into an extract; a mailbox with several mails encloses each of them."""

import re

from forankring.intake.enclosing import Names
from forankring.intake.readers.mail import extract_of, read_mime
from forankring.intake.records import Desk, Enclosed, Extract, Original

_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*")
_SEPARATOR = re.compile(rb"(?m)^From [^\n]{1,300}\d{4}[^\n]{0,20}\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
"""What parts the mails of a mailbox (mbox): it stands at the start of a line, and a header follows."""


def read_eml(original: Original, desk: Desk) -> Extract:
    """Read a mail with its files."""
    data = original.path.read_bytes()
    start = _START.match(data)
    data = data[start.end() :] if start and start.end() else data
    if not data.startswith(b"From "):
        return extract_of(original, read_mime(original, data), desk)
    mails = [mail for mail in _SEPARATOR.split(data) if mail.strip()]
    if len(mails) == 1:
        return extract_of(original, read_mime(original, mails[0]), desk)
    names = Names()
    return Extract(
        enclosed=tuple(
            Enclosed(name=names.give("", desk.locale.label("intake.unnamed_mail", n=number) + ".eml"), data=mail)
            for number, mail in enumerate(mails, start=1)
        )
    )
