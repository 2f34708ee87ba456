"""What Settings shows: each choice, what it is now, and what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    themes: tuple[str, ...]
    path: str


def fetch(coach: Coach, themes: list[str]) -> SettingsView:
    """Runs in the store thread."""
    country = parse(coach.helpnow.text()).country
    return SettingsView(coach.settings.now, coach.prompts.all(), country, tuple(themes), coach.paths.config)


CYCLES: dict[str, tuple[Any, ...]] = {
    "clock": (24, 12),
    "week_starts": ("monday", "sunday", "saturday"),
    "motion": ("full", "reduced", "none"),
    "glyphs": ("auto", "unicode", "ascii"),
    "reminders": (True, False),
    "seen_by_others": ("no", "sometimes"),
}
"""What Space goes through."""
OWN_THEMES = ("dusk", "paper", "clear", "terminal")
_WORDS: dict[Any, str] = {
    24: "24 hours",
    12: "am and pm",
    "monday": "Monday",
    "sunday": "Sunday",
    "saturday": "Saturday",
    "no": "no, it is mine",
    "sometimes": "sometimes",
    "auto": "as the terminal can",
    "ascii": "plain ASCII",
    "unicode": "Unicode",
    "full": "all",
    "reduced": "a little",
    "none": "none",
    True: "on",
    False: "off",
}


def following(view: SettingsView, key: str) -> dict[str, Any]:
    """The change that Space makes on a line."""
    settings = view.settings
    if key in ROOMS:
        return {"rooms": tuple(room for room in ROOMS if (room in settings.rooms) != (room == key))}
    choices = _themes(view) if key == "theme" else CYCLES.get(key, ())
    if not choices:
        return {}
    now = getattr(settings, key)
    return {key: choices[(choices.index(now) + 1) % len(choices) if now in choices else 0]}


def _themes(view: SettingsView) -> tuple[str, ...]:
    """Ours first, then the person's own and those that come with Textual."""
    return (*OWN_THEMES, *(name for name in view.themes if name not in OWN_THEMES))


def settings_rows(view: SettingsView, glyphs: Glyphs, width: int) -> list[Row]:
    """The page in lines."""
    settings, gap = view.settings, Row("", kind="gap")
    rows = [Row("Rooms", kind="heading")]
    rows += [_box(key, name, key in settings.rooms, glyphs, why) for key, (name, why) in ROOMS.items()]
    rows += [gap, Row("Reminders while coach is open", kind="heading")]
    rows.append(_box("reminders", "Things with a time, when they begin", settings.reminders, glyphs))
    rows += [
        Row(
            prompt.sentence,
            key=prompt.id,
            mark=glyphs.box("done" if prompt.on else "open"),
            time=show_time(prompt.at, settings.clock),
        )
        for prompt in view.prompts
    ]
    rows.append(Row("a adds a sentence at a time of day.", kind="note", indent=4))
    rows += [gap, Row("Time", kind="heading")]
    rows.append(Row("The day begins", key="day_start", right=show_time(settings.day_start, settings.clock)))
    rows += [_cycle(key, name, settings) for key, name in (("clock", "Clock"), ("week_starts", "The week begins"))]
    rows += [gap, Row("Looks", kind="heading"), Row("Theme", key="theme", right=settings.theme)]
    rows += [_cycle(key, name, settings) for key, name in (("motion", "Motion"), ("glyphs", "Signs"))]
    rows += [gap, Row("Private and safe", kind="heading")]
    rows.append(_cycle("seen_by_others", "Others see or use this computer", settings))
    rows.append(Row("Emergency numbers of", key="country", right=view.country or "no country chosen"))
    rows += [gap, Row("Keys", kind="heading")]
    rows += [Row(name, key=f"key {name}", right=keys) for name, keys in settings.keys.items()]
    rows.append(Row("Set an own key", key="keys"))
    return [*rows, gap, Row(f"Kept in {view.path}", kind="note")]


def _box(key: str, name: str, on: bool, glyphs: Glyphs, right: str = "") -> Row:
    return Row(name, key=key, mark=glyphs.box("done" if on else "open"), right=right)


def _cycle(key: str, name: str, settings: Settings) -> Row:
    return Row(name, key=key, right=_WORDS.get(getattr(settings, key), str(getattr(settings, key))))
