"""Turn Ctrl-C at a moment when it would be lost or garbled into Ctrl-C right after it."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold the first Ctrl-C back until the block is done, then raise KeyboardInterrupt; a second one goes through.

    Where the process was started to ignore Ctrl-C, as ``nohup`` does, it goes on ignoring it.
    For imports: what runs inside them (``__set_name__``, pydantic-core's callbacks) swallows an interrupt or turns it
    into an error of its own. Main thread only, as everything about signals.
    """
    held: list[int] = []

    def hold(number: int, frame: FrameType | None) -> None:
        if held:
            signal.default_int_handler(number, frame)
        held.append(number)

    before = signal.getsignal(signal.SIGINT)
    if not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if held:
            raise KeyboardInterrupt
