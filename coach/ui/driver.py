"""A terminal may send any byte, and may vanish at any moment: the one ends nothing, and the other holds nothing up."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from textual.drivers import linux_driver


def forgive_bytes() -> None:
    """Textual 8.2 reads keys with the strict decoder its driver module imports; a stray é in Latin-1 ended the app."""
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined,assignment]  # a name it imported


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


class LastingDriver(linux_driver.LinuxDriver):
    """Goes on when its terminal is gone.

    Textual 8.2 writes from a thread; a closed window's first error ended that thread, its queue of 30 filled up, and
    whoever painted next, the orderly end among them, waited for ever. And continued after a SIGSTOP, of which nobody is
    told, it began everything twice: two readers of keys, and a terminal left raw.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: IO[str] = _Lasting(self._file)  # type: ignore[assignment]  # all that the thread asks of a file

    def resume_application_mode(self) -> None:
        """What was not left is left first, and the page is painted anew: the terminal may show something else now."""
        if self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
        super().resume_application_mode()
        self._app.call_later(self._paint_anew)

    def _paint_anew(self) -> None:
        self._app.screen.refresh(repaint=True, layout=True)


class _Lasting:
    """A file until it takes no more, and nothing at all from then on."""

    def __init__(self, file: IO[str]) -> None:
        self._taken_by: IO[str] | None = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        self._try(lambda file: file.write(text))

    def flush(self) -> None:
        self._try(lambda file: file.flush())

    def _try(self, act: Callable[[IO[str]], object]) -> None:
        try:
            if self._taken_by is not None:
                act(self._taken_by)
        except (OSError, ValueError):  # ValueError: it is closed
            self._taken_by = None
