"""Which way a person is told something outside the program: the chosen one, and the next where nobody took it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from coach.domain.settings import Notify
from coach.services.channels.bell import Bell
from coach.services.channels.channel import Channel
from coach.services.channels.desktop import Desktop
from coach.services.channels.osc import Osc
from coach.services.settings import SettingsService
from coach.storage import disk

ORDER: Mapping[Notify, tuple[Notify, ...]] = {
    "auto": ("desktop", "bell"),
    "desktop": ("desktop", "bell"),
    "bell": ("bell", "desktop"),
    "osc9": ("osc9", "bell", "desktop"),
    "osc777": ("osc777", "bell", "desktop"),
    "osc99": ("osc99", "bell", "desktop"),
    "none": (),
}
"""Whoever chose a terminal sits before one: the next after it is its bell."""
_WORDS: Mapping[str, str] = {"desktop": "the desktop", "bell": "the bell of the terminal"}
_SEEN = "seen"


def channel(name: Notify) -> Channel:
    match name:
        case "osc9" | "osc777" | "osc99":
            return Osc(name)
        case "bell":
            return Bell()
        case _:
            return Desktop()


class Notices:
    """Tells through the first channel that takes it, and keeps in mind which did not so that it is said once."""

    def __init__(self, settings: SettingsService, state: str) -> None:
        self._settings, self._path = settings, os.path.join(state, "notify")
        self.trouble = ""
        """A sentence when the last notice did not come as chosen."""
        self.is_news = False
        """Whether that was not said before."""

    @property
    def is_off(self) -> bool:
        return self._settings.now.notify == "none"

    def send(self, text: str) -> bool:
        """Whether anything took it."""
        passed: list[str] = []
        for name in ORDER[self._settings.now.notify]:
            if channel(name).send(text):
                self._note(passed, name)
                return True
            passed.append(name)
        self._note(passed, "")
        return False

    def unseen_trouble(self) -> str:
        """What a timer or cron said where nobody reads it; to be said in the program, and then not again."""
        told = self._told()
        names, _, seen = told.partition("\n")
        *passed, taken_by = names.split(" ")
        if not passed or seen or not ORDER.keys() >= {*passed}:
            return ""
        self._keep(f"{names}\n{_SEEN}")
        return _sentence(passed, "" if taken_by == "-" else taken_by)

    def _note(self, passed: list[str], taken_by: str) -> None:
        before = self._told().partition("\n")[0]
        now = " ".join([*passed, taken_by or "-"]) if passed else ""
        self.trouble = _sentence(passed, taken_by) if passed else ""
        self.is_news = bool(now) and now != before
        if now != before:
            self._keep(now)

    def _told(self) -> str:
        try:
            return disk.read_ordinary(self._path, 1000).decode("ascii", "replace")
        except OSError:
            return ""

    def _keep(self, told: str) -> None:
        """On a full disk it is said once more than needed, which is no reason to stop."""
        with suppress(OSError):
            if told:
                disk.replace(self._path, told.encode(), durable=False)
            else:
                disk.remove(self._path)


def _sentence(passed: list[str], taken_by: str) -> str:
    names = " and ".join(_WORDS.get(name, f"a terminal that knows {name}") for name in passed)
    if not taken_by:
        return f"A reminder went to {names}, and nothing took it. It stays due; coach due lists it."
    instead = _WORDS.get(taken_by, taken_by)
    return (
        f"A reminder went to {names}, which did not take it, and came through {instead}. notify in config.toml chooses."
    )
