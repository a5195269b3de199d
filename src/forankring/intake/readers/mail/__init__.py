"""Turn mails, however they were saved, into extracts: the sender's words apart from what mail programs put around."""

from forankring.intake.readers.mail.extracting import extract_of
from forankring.intake.readers.mail.mime import read_mime
from forankring.intake.readers.mail.outlook import read_outlook
from forankring.intake.readers.mail.records import Carried, Mail, Passage

__all__ = ["Carried", "Mail", "Passage", "extract_of", "read_mime", "read_outlook"]
