"""Every way a terminal ends a program, turned into one call: leave, with this exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

Leave = Callable[[int], object]
Wait = Callable[[float], object]
LOOK_EVERY = 10.0
"""Seconds between two looks at the terminal."""
GIVE_UP_AFTER = 6.0
"""Seconds an orderly end may take when nobody can see it any more."""
SAVING_MAY_TAKE = 30.0
"""Seconds a slow disk is given after that."""


def install(leave: Leave) -> None:
    """Answers SIGTERM, SIGHUP and SIGINT in the running loop; what was told to be ignored stays ignored."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, leave, 128 + number)


def watch_terminal(leave: Leave, wait_saved: Wait) -> None:
    """Ends the program when its terminal has vanished without a signal (SIGHUP ignored, a lost connection).

    In a thread: a terminal that takes nothing more can hold up the event loop for ever.
    """
    if not os.isatty(0):
        return
    loop = asyncio.get_running_loop()
    threading.Thread(target=_watch, args=(loop, leave, wait_saved), name="terminal", daemon=True).start()


def end_without(code: int, wait_saved: Wait) -> None:
    """Ends the program if it has not ended by itself soon: a terminal that stands still must not keep it alive."""
    threading.Thread(target=_give_up, args=(code, wait_saved), name="end", daemon=True).start()


def _watch(loop: asyncio.AbstractEventLoop, leave: Leave, wait_saved: Wait) -> None:
    pause = threading.Event()
    while os.isatty(0):
        pause.wait(LOOK_EVERY)
    code = 128 + signal.SIGHUP
    if not loop.is_closed():
        loop.call_soon_threadsafe(leave, code)
    _give_up(code, wait_saved)


def _give_up(code: int, wait_saved: Wait) -> None:
    threading.Event().wait(GIVE_UP_AFTER)
    wait_saved(SAVING_MAY_TAKE)
    os._exit(code)
