"""A terminal may send any byte: one that is not UTF-8 becomes a sign of its own, and ends nothing."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial

from textual.drivers import linux_driver


def forgive_bytes() -> None:
    """Textual 8.2 reads keys with the strict decoder its driver module imports; a stray é in Latin-1 ended the app."""
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined,assignment]  # a name it imported


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
