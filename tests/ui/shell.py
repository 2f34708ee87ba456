"""The real shell over a real store, with one small page in every place; also a program for a pseudo-terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.bootstrap import build
from coach.domain.errors import NotSaved, Refused
from coach.paths import Paths
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.rate import RateDialog
from coach.ui.page import Page
from coach.ui.places import PLACES, Place
from coach.ui.widgets.rows import Row, Rows

SECRET = "canary-lapse-note"


class Desk(Page):
    """Rows, a line to fill in, a number to give, and three ways to go wrong."""

    HELP = "A page for tests."
    BINDING_GROUP_TITLE = "Desk"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Add a line", id="desk-add"),
        Binding("r", "rate", "Rate", tooltip="Give a number", id="desk-rate"),
        Binding("s", "stumble", "Stumble", show=False, id="desk-stumble"),
        Binding("f", "fail_to_save", "Full disk", show=False, id="desk-full"),
        Binding("g", "refuse", "Refuse", show=False, id="desk-refuse"),
    ]
    loads = 0
    answers: list[str | None]
    rated: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.answers, self.rated = [], []

    def compose_body(self) -> ComposeResult:
        yield Rows(Row(f"{self.PLACE} {number}", str(number)) for number in range(40))

    async def load(self) -> None:
        self.loads += 1

    def part_done(self) -> None:
        """At the end; where told to, it paints more than Textual's queue holds, as a breath may under load."""
        for _ in range(int(os.environ.get("PAINTS_AT_THE_END", "0"))):
            self.app.bell()

    @work
    async def action_add(self) -> None:
        def keep(text: str) -> None:
            self.app.coach.writer.submit(self.app.coach.drafts.keep, "desk", text)

        dialog = AskLine(
            "Add a line",
            read=lambda text: f"Reads: {text}",
            accept=lambda text: "That cannot be read. Try: walk 07:30" if "?" in text else None,
            keep_draft=keep,
        )
        self.answers.append(await self.app.push_screen_wait(dialog))

    def action_rate(self) -> None:
        self.app.push_screen(RateDialog("How strong is it?", self.rated.append))

    def action_stumble(self) -> None:
        held_by_a_local_variable = SECRET
        raise ValueError(f"the message says {held_by_a_local_variable}")

    @work
    async def action_fail_to_save(self) -> None:
        await self.app.ask(_raise, NotSaved("Not saved: the disk is full. [/x] Make some room and try again."))

    @work
    async def action_refuse(self) -> None:
        await self.app.ask(_raise, Refused("11 is outside. Give a whole number from 0 to 10."))


def desk_in(place: Place) -> type[Desk]:
    """The desk as the page of a place."""
    return type("Desk", (Desk,), {"PLACE": place.name, "__module__": __name__})


class ShellApp(CoachApp):
    """Every place is a desk."""

    PAGES = {place.name: desk_in(place) for place in PLACES}


def shell(home: str) -> ShellApp:
    """Over a home that has been used before: the first run has tests of its own."""
    (Path(home) / "config.toml").touch()
    return ShellApp(build(Paths(home)))


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    from coach import streams
    from coach.ui import signals

    signals.LOOK_EVERY = 0.5
    signals.GIVE_UP_AFTER = float(os.environ.get("GIVE_UP_AFTER", signals.GIVE_UP_AFTER))
    app = shell(os.environ["COACH_HOME"])
    app.run()
    with suppress(OSError):  # not print(): what stays in its buffer turns the exit code into 120
        os.write(1, b"LEFT\n")
    streams.finish()
    sys.exit(app.return_code or 0)
