"""Every place of the program: one row gives it a mode, a key, its part of the top line and a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from textual.binding import Binding
from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen one can be at; it is imported on the first visit."""

    name: str
    key: str
    title: str
    help: str
    screen: str
    """Its module and class in coach.ui.screens, as "today:TodayPage"."""

    @property
    def number(self) -> bool:
        """Whether it is one of the numbered places in the top line."""
        return self.key.isdigit()

    def load(self) -> Screen[Any]:
        module, _, name = self.screen.partition(":")
        return cast(Screen[Any], getattr(import_module(f"coach.ui.screens.{module}"), name)())

    def binding(self) -> Binding:
        key = "comma" if self.key == "," else self.key
        return Binding(
            key, f"switch_mode('{self.name}')", self.title, show=False, tooltip=self.help, id=f"go-{self.name}"
        )


PLACES: tuple[Place, ...] = (
    Place("today", "1", "Today", "The day, from now on", "today:TodayPage"),
    Place("goals", "2", "Goals", "Goals, their next steps, and habits", "goals:GoalsPage"),
    Place("practice", "3", "Practice", "Breathing and other things to practise", "practice:PracticePage"),
    Place("journal", "4", "Journal", "What you wrote, and how it felt", "journal:JournalPage"),
    Place("settings", ",", "Settings", "Rooms, times, keys and looks", "settings:SettingsPage"),
)
FIRST = PLACES[0].name
"""Where the program begins."""
PAGES: dict[str, Callable[[], Screen[Any]]] = {place.name: place.load for place in PLACES}


def next_place(present: str, by: int) -> str:
    """The numbered place `by` steps on, round and round; from elsewhere the first or the last."""
    names = [place.name for place in PLACES if place.number]
    if present not in names:
        return names[0 if by > 0 else -1]
    return names[(names.index(present) + by) % len(names)]
