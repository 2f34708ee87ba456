"""Every way a terminal ends a program, turned into one call: leave, with this exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

Leave = Callable[[int], object]
LOOK_EVERY = 10.0
"""Seconds between two looks at the terminal."""
GIVE_UP_AFTER = 6.0
"""Seconds an orderly end may take when nobody can see it any more."""


def install(leave: Leave) -> None:
    """Answers SIGTERM, SIGHUP and SIGINT in the running loop; what was told to be ignored stays ignored."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, leave, 128 + number)


def watch_terminal(leave: Leave) -> None:
    """Ends the program when its terminal has vanished without a signal (SIGHUP ignored, a lost connection).

    In a thread: writing to a dead terminal can hold up the event loop for ever.
    """
    if not os.isatty(0):
        return
    loop = asyncio.get_running_loop()
    threading.Thread(target=_watch, args=(loop, leave), name="terminal", daemon=True).start()


def _watch(loop: asyncio.AbstractEventLoop, leave: Leave) -> None:
    pause = threading.Event()
    while os.isatty(0):
        pause.wait(LOOK_EVERY)
    code = 128 + signal.SIGHUP
    if not loop.is_closed():
        loop.call_soon_threadsafe(leave, code)
    pause.wait(GIVE_UP_AFTER)
    os._exit(code)
