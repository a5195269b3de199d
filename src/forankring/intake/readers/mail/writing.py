"""Turn a mail's parts into MIME bytes: for a mail inside an Outlook mail, which has none of its own."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from forankring.intake.readers.mail.records import Mail
from forankring.text import clean_text


def write_mail(mail: Mail) -> bytes:
    """Return the mail as MIME; the same mail gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(mail.subject)
    if mail.address:
        message["From"] = formataddr((_line(mail.name), _line(mail.address)))
    message["MIME-Version"] = "1.0"
    texts = [item for item in mail.passages if item.kind != "rtf"]
    first = texts[0] if texts else None
    subtype = "html" if first and first.kind == "html" else "plain"
    message.set_content(first.text if first else "", subtype=subtype, charset="utf-8", cte="base64")
    for item in mail.carried:
        disposition = "inline" if item.inside else "attachment"
        message.add_attachment(
            item.data, "application", "octet-stream", filename=_line(item.name) or None, disposition=disposition
        )
    for passage in mail.passages:
        if passage.kind == "rtf":
            message.add_attachment(passage.data, "application", "rtf", filename="body.rtf")
    if message.is_multipart():
        message.set_boundary("=_" + hashlib.sha256(repr(mail).encode()).hexdigest()[:32])
    return message.as_bytes()


def _line(text: str) -> str:
    return " ".join(clean_text(text.encode("utf-8", "replace").decode()).split())
