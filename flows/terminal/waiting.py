"""Turn the places where a hand edit and a new proposal met into a table that names both texts."""

from collections.abc import Sequence

from flows.terminal.screen import Screen
from forankring.versions import Conflict


def say_conflicts(screen: Screen, conflicts: Sequence[Conflict]) -> None:
    """Show where a human has to choose: the place, what the text says, and what was proposed."""
    if conflicts:
        rows = [(str(item.number), f"{item.path}:{item.line}", item.ours, item.theirs) for item in conflicts]
        screen.table("conflicts", ("number", "place", "ours", "theirs"), rows)
