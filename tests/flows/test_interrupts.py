"""Ctrl-C while modules are imported: never lost, never turned into an error of somebody else's."""

import os
import signal

import pytest

from flows.terminal.interrupts import interrupts_held


def test_an_interrupt_is_raised_when_the_block_is_done() -> None:
    done = False

    with pytest.raises(KeyboardInterrupt), interrupts_held():
        os.kill(os.getpid(), signal.SIGINT)
        done = True

    assert done


def test_a_second_interrupt_does_not_wait() -> None:
    done = False

    with pytest.raises(KeyboardInterrupt), interrupts_held():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        done = True

    assert not done


def test_an_interrupt_is_not_lost_in_what_the_block_raises() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        os.kill(os.getpid(), signal.SIGINT)
        raise ValueError("of the block")


def test_a_process_that_ignores_interrupts_goes_on_ignoring_them() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_afterwards_an_interrupt_is_what_it_was_before() -> None:
    before = signal.getsignal(signal.SIGINT)

    with pytest.raises(ValueError, match="of the block"), interrupts_held():
        raise ValueError("of the block")

    assert signal.getsignal(signal.SIGINT) is before
