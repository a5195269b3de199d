"""Turn a step of a running flow into something a listener in the same process can show."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def tell(step: str, done: int = 0, total: int = 0) -> None:
    """Tell the listener, if there is one, which step (a key under ``command_line.steps``) runs and how far it is."""
    listener = _listener.get()
    if listener:
        listener(step, done, total)


@contextlib.contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have ``listener`` called for every step told inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
