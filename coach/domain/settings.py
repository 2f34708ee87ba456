"""How a person wants coach to be on this device."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from coach.domain.days import DAY_START

Room = Literal["urges"]
"""Rooms that can be switched on; the day, goals, calm and journal always are."""
DateOrder = Literal["", "dmy", "mdy", "iso"]
Notify = Literal["auto", "desktop", "bell", "osc9", "osc777", "osc99", "none"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field is a key of config.toml; a key that is not there has this value."""

    theme: str = "dusk"
    rooms: tuple[Room, ...] = ()
    country: str = ""
    """Two letters; whose emergency numbers Help now shows."""
    seen_by_others: Literal["no", "sometimes"] = "no"
    """Whether anyone else sees or uses this computer; why is never asked."""
    day_start: time = DAY_START
    clock: Literal[24, 12] = 24
    date_order: DateOrder = ""
    """What 3/4 means: 3 April (dmy) or 4 March (mdy, iso); empty asks, since nobody can know."""
    week_starts: Literal["monday", "sunday", "saturday"] = "monday"
    reminders: bool = True
    """Whether what has a time prompts when it begins."""
    pause_prompts: bool = False
    """Nothing prompts but what is urgent, until this is switched off again."""
    notify: Notify = "auto"
    """How reminders come while coach is closed: the desktop, the bell, or a notice of the terminal in its dialect."""
    notify_titles: bool = False
    """Whether such a notice may say what it is about; without it, only how many things there are."""
    quiet_from: time = time(22)
    quiet_to: time = time(7)
    """The same time twice is no quiet hours."""
    prompt_cap: int = 6
    """So many suggestions of the program's own a day at most."""
    zone: str = ""
    """A time zone such as "Europe/Dublin"; empty is the computer's own."""
    motion: Literal["full", "reduced", "none"] = "full"
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"
    mouse: bool = True
    keys: dict[str, str] = field(default_factory=dict)
    """Command id to keys, such as {"breathe": "b,f5"}."""

    def __post_init__(self) -> None:
        if self.day_start >= time(12):
            raise ValueError(f"day_start {self.day_start:%H:%M} is not before 12:00; give a time such as 04:00")
        if not 0 <= self.prompt_cap <= 50:
            raise ValueError(f"prompt_cap {self.prompt_cap} is not between 0 and 50")
        if self.quiet_from.tzinfo or self.quiet_to.tzinfo:
            raise ValueError("quiet hours are local; give times such as 22:00, without a zone")
        if self.country and not (len(self.country) == 2 and self.country.isascii() and self.country.isupper()):
            raise ValueError(f"country {self.country!r} is not two capital letters such as IE")

    @property
    def urges(self) -> bool:
        return "urges" in self.rooms
