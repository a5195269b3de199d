"""Turn a mail saved by Outlook into an extract."""

from forankring.intake.readers.mail import extract_of, read_outlook
from forankring.intake.records import Desk, Extract, Original


def read_msg(original: Original, desk: Desk) -> Extract:
    """Read an Outlook mail with its files."""
    return extract_of(original, read_outlook(original), desk)
