"""The running program: asking the store, saying something, noticing other writers, and leaving in good order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from textual.screen import ModalScreen, Screen
from textual.signal import Signal

from coach.domain.errors import NotSaved
from coach.domain.events import Changed
from coach.ui import signals
from coach.ui.crash import STORE_MAY_TAKE, log_crash
from coach.ui.patience import PatientApp
from coach.ui.places import PLACES
from coach.ui.text import plain

if TYPE_CHECKING:
    from textual.driver import Driver

    from coach.bootstrap import Coach

P = ParamSpec("P")
T = TypeVar("T")
Kind = Literal["information", "warning", "error"]
LOOK_EVERY = 1.0
"""Seconds between two looks for other writers."""
ARRIVALS_EVERY = 10
"""Looks until all files are looked at: what a synchroniser puts in place touches nothing of this machine's own."""
READ_IN_A_SECOND = 15
"""Characters, without any hurry: how long a long notice stays."""
LONGEST_NOTICE = 15.0
"""Seconds: after that it is in the way, and coach doctor says it again."""
IN_A_DIALOG = 3.0
"""Seconds for a short one where it may lie on something to choose from."""
HIDDEN = "hidden"
"""The id of the screen that hides everything."""


class RunningApp(PatientApp):
    """Messages go up, views come down, and one signal goes sideways: something changed."""

    NOTIFICATION_TIMEOUT = 6

    def __init__(self, coach: Coach) -> None:
        super().__init__()
        self.coach = coach
        self.events_folder = coach.paths.state
        self.changed: Signal[Changed] = Signal(self, "changed")
        self._kept_back: list[tuple[str, str]] = []
        self._going = False
        self._seen = coach.stamp()
        self._looks = 0

    def get_driver_class(self) -> type[Driver]:
        from coach.ui.driver import LastingDriver

        return LastingDriver

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._note_stray_error)
        if not self.is_headless:
            signals.install(self._leave_soon)
            signals.watch_terminal(self._leave_soon, self._wait_saved)
        self.coach.listen(lambda changed: _in_loop(loop, self.changed.publish, changed))
        loop.call_later(LOOK_EVERY, self._look_for_others, loop)  # a timer of Textual's own would cost ten times that
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        """What can wait until the first paint."""
        if self._going or not self.is_running:
            return  # ended before it was painted: there is nobody to tell, and signals refuse new listeners
        self.first_words()
        await self.start_alarm()

    def first_words(self) -> None:
        """What there is to say about the start."""

    async def start_alarm(self) -> None:
        """Prompts, from now on."""

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a service, worked out in the store thread; call it from a worker, never from a handler.

        What cannot be saved is said in a notice, and raised so that the caller can give the form back.
        """
        try:
            return await asyncio.wrap_future(self.coach.writer.submit(work, *args, **kwargs))
        except NotSaved as trouble:
            self.notice(str(trouble), "error")
            raise

    def notice(self, text: str, kind: str = "information") -> None:
        """A short sentence in the corner; kept back while the screen is hidden, or Help now is on it."""
        if self.is_hidden or getattr(self.in_front, "IS_QUIET", False):
            self._kept_back.append((text, kind))
            return
        severity: Kind = "warning" if kind == "warning" else "error" if kind == "error" else "information"
        least = IN_A_DIALOG if isinstance(self.screen, ModalScreen) else self.NOTIFICATION_TIMEOUT
        seconds = min(LONGEST_NOTICE, max(least, len(text) / READ_IN_A_SECOND))
        for one in list(self._notifications):  # one good word at a time, and one trouble, until it was read
            if (one.severity == "information") == (severity == "information"):
                self._unnotify(one)
        self.notify(plain(text), severity=severity, timeout=seconds, markup=False)

    @property
    def is_hidden(self) -> bool:
        """Whether the screen shows nothing of the person's."""
        return bool(self.screen_stack) and self.screen.id == HIDDEN

    def show_again(self, _result: object = None) -> None:
        """The screen is no longer hidden: what was kept back is said now."""
        kept, self._kept_back = self._kept_back, []
        for text, kind in kept:
            self.notice(text, kind)

    def refused(self, trouble: Exception) -> None:
        if not isinstance(trouble, NotSaved):  # `ask` has said that one
            self.notice(str(trouble), "error")

    async def leave(self, code: int = 0) -> None:
        """Everything half done is handed over, what is being saved is waited for, and the terminal comes back."""
        if self._going:
            return
        self._going = True
        self.hand_over()
        with suppress(Exception):
            last: Future[None] = self.coach.writer.submit(_nothing)
            await asyncio.wait_for(asyncio.wrap_future(last), STORE_MAY_TAKE)
        if code and not self.is_headless:
            signals.end_without(code, self._wait_saved)
        self.exit(code, return_code=code)

    def hand_over(self, wait: float = 0.0) -> None:
        for screen in screens_of(self):
            for name in ("part_done", "keep_draft"):
                try:
                    getattr(screen, name, _nothing)()
                except Exception as error:  # noqa: BLE001  (one form must not cost another its text)
                    log_crash(self.events_folder, "handover", error)
        if wait:
            self._wait_saved(wait)

    def _wait_saved(self, seconds: float) -> None:
        """Until the store thread has done all it was given; for any thread but that one."""
        with suppress(Exception):
            self.coach.writer.submit(_nothing).result(seconds)

    def _leave_soon(self, code: int) -> None:
        self.run_worker(self.leave(code), exit_on_error=False)

    def _look_for_others(self, loop: asyncio.AbstractEventLoop) -> None:
        """One stat: has another process written something? And, less often, has another device?"""
        if not self.is_running:
            return
        loop.call_later(LOOK_EVERY, self._look_for_others, loop)
        stamp, self._looks = self.coach.stamp(), self._looks + 1
        if stamp != self._seen or self._looks % ARRIVALS_EVERY == 0:
            self._seen = stamp
            self.coach.writer.submit(self.coach.catch_up)

    def _note_stray_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        log_crash(self.events_folder, "stray", error if isinstance(error, BaseException) else None)


def _nothing() -> None:
    return None


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[[Changed], None], changed: Changed) -> None:
    with suppress(RuntimeError):  # the loop has ended: nobody is left to be told
        loop.call_soon_threadsafe(call, changed)


def screens_of(app: RunningApp) -> list[Screen[Any]]:
    """Every screen there is, the one in front first."""
    found: list[Screen[Any]] = list(reversed(app.screen_stack))
    for place in PLACES:
        try:
            found += [screen for screen in app.get_screen_stack(place.name) if screen not in found]
        except KeyError:
            continue  # never visited
    return found
