"""How an unforeseen error ends the program: a reference, a sentence, and not a word of what the person wrote."""

from __future__ import annotations

import os
import traceback
from pathlib import Path, PurePath

from rich.console import RenderableType
from rich.text import Text
from textual.app import App
from textual.worker import WorkerFailed

from coach.domain.errors import NotSaved, Refused

RETURN_CODE = 70
STORE_MAY_TAKE = 1.5
"""Seconds the end of the program waits for what is being saved."""
EVENTS = "events.log"
_SENTENCE = (
    "coach stopped (reference {}). Everything saved is safe, and half-typed text is kept. Start again with: coach"
)


class QuietApp(App[int]):
    """An app whose end shows no local variable, no message of an error and no line of text."""

    events_folder = ""
    """Where events.log is; nothing is logged as long as it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._reference = ""

    def hand_over(self, wait: float = 0.0) -> None:
        """Lets the screens give away what is half done, and waits for it to be kept."""

    def refused(self, trouble: Exception) -> None:
        """Says what could not be done."""

    def panic(self, *renderables: RenderableType) -> None:
        """Textual calls this with whole tracebacks; none of it is shown."""
        self._stop(None)

    def _handle_exception(self, error: Exception) -> None:
        """Private in Textual 8.2.8: every error that nobody caught arrives here."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(error, WorkerFailed) and isinstance(cause, NotSaved | Refused):
            self.refused(cause)  # a worker's end is not the app's, and the sentence is meant to be read
            return
        self._stop(cause)
        if hasattr(error, "__rich__"):  # it would be printed with the text that caused it
            error = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
        super()._handle_exception(error)  # a test fails with the error, as it should

    def _fatal_error(self) -> None:
        """Private in Textual 8.2.8: prints the error with all local variables. Here the sentence is said already."""
        self._stop(None)

    def _stop(self, error: BaseException | None) -> None:
        if not self._reference:
            self._reference = os.urandom(3).hex()
            log_crash(self.events_folder, self._reference, error)
            self.exit(message=Text(_SENTENCE.format(self._reference)))
            self.hand_over(wait=STORE_MAY_TAKE)
        self.exit(return_code=RETURN_CODE)


def log_crash(folder: str, reference: str, error: BaseException | None) -> None:
    """One line in the private log: the reference, the class of the error and where it was; none of its words."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    where = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}:{f.name}" for f in reversed(frames[-4:]))
    line = f"{reference} {type(error).__name__ if error is not None else 'unknown'} {where or '-'}\n"
    if not folder:
        return
    try:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        log = os.open(Path(folder) / EVENTS, flags, 0o600)
        try:
            os.write(log, line.encode("utf-8", "replace"))
        finally:
            os.close(log)
    except OSError:
        return  # a full disk must not turn a quiet end into a loud one
