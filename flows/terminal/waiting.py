"""Turn the places where a hand edit and a new proposal met into a table that names both texts."""

from collections.abc import Sequence

from flows.rows import shown
from flows.terminal.screen import Screen
from forankring.versions import Conflict


def say_conflicts(screen: Screen, conflicts: Sequence[Conflict]) -> None:
    """Show where a human has to choose (the place, what the text says, what was proposed), then what wants a look."""
    clashes = [item for item in conflicts if not item.merged]
    if clashes:
        rows = [
            (str(item.number), _place(item), shown(item.ours, screen.locale), shown(item.theirs, screen.locale))
            for item in clashes
        ]
        screen.table("conflicts", ("number", "place", "ours", "theirs"), rows)
    if looks := len(conflicts) - len(clashes):
        screen.count("looks", looks)
    if conflicts:
        screen.say("see_conflicts")


def _place(conflict: Conflict) -> str:
    return f"{conflict.path}:{conflict.line}" if conflict.line else conflict.path
