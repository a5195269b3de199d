"""Turn submissions into receipts for their senders: what was received, what was read, what happens next."""

from forankring.intake.receipts.keeping import drop_receipts, owe_receipts, write_receipts
from forankring.intake.receipts.telling import tell
from forankring.intake.receipts.writing import Printer

__all__ = ["Printer", "drop_receipts", "owe_receipts", "tell", "write_receipts"]
