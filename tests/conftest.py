"""Starts the suite as from a terminal: begun with nohup or in the background, it would ignore the signals it tests."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
