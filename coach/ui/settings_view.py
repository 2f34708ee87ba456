"""What Settings shows: each choice, what it is now, and what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from coach import __version__
from coach.domain.days import show_time
from coach.domain.helpnow import parse
from coach.domain.prompts import Prompt
from coach.domain.settings import Settings
from coach.ui.first_day import ROOMS
from coach.ui.glyphs import Glyphs
from coach.ui.widgets.lines import Row

if TYPE_CHECKING:
    from coach.bootstrap import Coach


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Everything on the page."""

    settings: Settings
    prompts: tuple[Prompt, ...]
    country: str


def fetch(coach: Coach) -> SettingsView:
    """Runs in the store thread."""
    return SettingsView(coach.settings.now, coach.sentences.all(), parse(coach.helpnow.text()).country)


NOT_CARE = "A notebook and a timer, not medical care. It does not replace a doctor, medicine or emergency help."
REVIEW = "The texts of Help now and the question before breathing are awaiting clinical review."
CYCLES: dict[str, tuple[Any, ...]] = {
    "clock": (24, 12),
    "week_starts": ("monday", "sunday", "saturday"),
    "date_order": ("", "dmy", "mdy", "iso"),
    "motion": ("full", "reduced", "none"),
    "glyphs": ("auto", "unicode", "ascii"),
    "seen_by_others": ("no", "sometimes"),
}
"""What Space goes through."""
OWN_THEMES = ("dusk", "paper", "clear", "terminal")
KEY = "key "
"""Opens the key of a row about one of the person's own keys; the command follows."""
REMINDERS = "all-reminders"
_WORDS: dict[str, dict[Any, str]] = {
    "clock": {24: "24 hours", 12: "am and pm"},
    "week_starts": {"monday": "Monday", "sunday": "Sunday", "saturday": "Saturday"},
    "date_order": {
        "": "not chosen",
        "dmy": "day first, 23/4",
        "mdy": "month first, 4/23",
        "iso": "year first, 2026-04-23",
    },
    "motion": {"full": "smooth", "reduced": "a little", "none": "none"},
    "glyphs": {"auto": "as this terminal can", "unicode": "Unicode", "ascii": "plain ASCII"},
    "seen_by_others": {"no": "no, it is mine", "sometimes": "sometimes"},
}
_ROOMY = 56
"""Columns from which a line has room for its reason."""


def take_step(coach: Coach, key: str, themes: list[str]) -> None:
    """What Space does on a line; from the settings as they are now, so that quick keys each count."""
    settings = coach.settings.now
    if key in ROOMS:
        coach.settings.change(rooms=tuple(room for room in ROOMS if (room in settings.rooms) != (room == key)))
    elif choices := _in_order(themes) if key == "theme" else CYCLES.get(key, ()):
        now = getattr(settings, key)
        coach.settings.change(**{key: choices[(choices.index(now) + 1) % len(choices) if now in choices else 0]})


def _in_order(themes: list[str]) -> tuple[str, ...]:
    """Ours first, then the person's own and those that come with Textual."""
    return (*OWN_THEMES, *(name for name in sorted(themes) if name not in OWN_THEMES))


def settings_rows(view: SettingsView, glyphs: Glyphs, width: int) -> list[Row]:
    """The page in lines."""
    settings, gap, roomy = view.settings, Row("", kind="gap"), width >= _ROOMY
    rows = [Row("Rooms", kind="heading")]
    rows += [_box(key, name, key in settings.rooms, glyphs, why if roomy else "") for key, (name, why) in ROOMS.items()]
    rows += [gap, *_reminders(view, roomy)]
    rows += [gap, Row("Time", kind="heading")]
    rows.append(Row("The day begins", key="day_start", right=show_time(settings.day_start, settings.clock)))
    times = (("clock", "Clock"), ("date_order", "Dates"), ("week_starts", "The week begins"))
    rows += [_cycle(key, name, settings) for key, name in times]
    rows += [gap, Row("Looks", kind="heading"), Row("Theme", key="theme", right=settings.theme)]
    rows += [_cycle(key, name, settings) for key, name in (("motion", "Motion"), ("glyphs", "Lines and boxes"))]
    rows += [gap, Row("Private and safe", kind="heading")]
    rows.append(_cycle("seen_by_others", "Others see or use this computer" if roomy else "Others see this", settings))
    rows.append(Row("Emergency numbers", key="country", right=view.country or "no country chosen"))
    rows.append(Row("Where everything is kept", key="paths", right="Space shows it" if roomy else ""))
    rows += [gap, Row("Keys", kind="heading")]
    rows += [Row(name, key=f"{KEY}{name}", right=keys) for name, keys in settings.keys.items()]
    rows.append(Row("Add a key of your own", key=KEY, right="? shows the keys" if roomy else ""))
    return [*rows, gap, Row("About", kind="heading"), *(Row(line, kind="note") for line in _about(width))]


def _about(width: int) -> list[str]:
    return wrap(f"coach {__version__}. {NOT_CARE} {REVIEW}", max(20, width - 8))


def _reminders(view: SettingsView, roomy: bool) -> list[Row]:
    settings, own = view.settings, sum(one.on for one in view.prompts)
    words = "all paused" if settings.pause_prompts else f"{own} of your own" if own else ""
    name = "Reminders, and what comes next" if roomy else "Reminders"
    return [Row("Reminders", kind="heading"), Row(name, key=REMINDERS, right=words or ("Space" if roomy else ""))]


def _box(key: str, name: str, on: bool, glyphs: Glyphs, right: str = "") -> Row:
    return Row(name, key=key, mark=glyphs.box("done" if on else "open"), right=right)


def _cycle(key: str, name: str, settings: Settings) -> Row:
    return Row(name, key=key, right=_WORDS[key][getattr(settings, key)])
