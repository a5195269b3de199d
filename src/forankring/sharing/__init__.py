"""Find what submissions have in common: borrowed text, endorsements, quotes of the draft. Counted, never collapsed."""

from forankring.sharing.counting import find_sharing, party_key
from forankring.sharing.keeping import forget_sharing, keep_sharing, quick_sharing
from forankring.sharing.quoting import Drafted, Quote
from forankring.sharing.records import Endorsement, SentOut, Share, Shared, Sharing, Tally

__all__ = [
    "Drafted",
    "Endorsement",
    "Quote",
    "SentOut",
    "Share",
    "Shared",
    "Sharing",
    "Tally",
    "find_sharing",
    "forget_sharing",
    "keep_sharing",
    "party_key",
    "quick_sharing",
]
