"""The three pages of the first start as lines, and what was answered on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from typing import Literal

from coach.domain.days import DAY_START, Part, show_time
from coach.domain.errors import Refused
from coach.domain.settings import Room
from coach.domain.typed_line import quote_title
from coach.ui.glyphs import Glyphs
from coach.ui.widgets.lines import Row

MOST = 3
"""Things on the first day."""
THINGS: dict[str, tuple[str, Part, str]] = {
    "breakfast": ("Breakfast", "morning", "morning"),
    "outside": ("Ten minutes outside", "any", "any time"),
    "tidy": ("Tidy one thing", "any", "any time"),
    "ring": ("Ring or message someone", "midday", "afternoon"),
    "breaths": ("Five quiet breaths", "evening", "before bed"),
}
ALWAYS = (
    ("A day with a shape", "plan, tick, look back"),
    ("Goals and habits", "small steps, no points, nothing resets"),
    ("Breathing", "guided, from one minute"),
    ("A journal", "written or only a line"),
)
ROOMS: dict[Room, tuple[str, str]] = {"urges": ("Urges and hard moments", "for anything I want less of")}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen; the reason is never asked, so it is never kept."""

    rooms: tuple[Room, ...] = ()
    country: str = ""
    country_name: str = ""
    emergency: str = ""
    seen_by_others: Literal["no", "sometimes"] = "no"
    day_start: time = DAY_START
    things: tuple[str, ...] = ("breakfast", "outside", "breaths")
    own: str = ""
    reminders: bool = True

    def chosen(self, key: str) -> Answers:
        """The answers after Space on the line with this key."""
        if key in ROOMS:
            rooms = tuple(room for room in ROOMS if (room in self.rooms) != (room == key))
            return replace(self, rooms=rooms)
        if key in ("no", "sometimes"):
            return replace(self, seen_by_others="no" if key == "no" else "sometimes")
        if key in THINGS:
            return replace(self, things=self._with(key))
        if key in ("few", "none"):
            return replace(self, reminders=key == "few")
        return self

    def beginning(self, start: time) -> Answers:
        """Refused for a start in the afternoon: nobody's morning would be left."""
        if start >= time(12):
            raise Refused("A day can begin before noon at the latest. Write a time such as 04:00.")
        return replace(self, day_start=start)

    def small_day(self) -> list[tuple[str, Part | None]]:
        """The lines to add, each with its part of the day."""
        day: list[tuple[str, Part | None]] = [(quote_title(THINGS[key][0]), THINGS[key][1]) for key in self.things]
        return [*day, (self.own, None)] if self.own else day

    def _with(self, key: str) -> tuple[str, ...]:
        if key in self.things:
            return tuple(thing for thing in self.things if thing != key)
        room = MOST - bool(self.own)
        return (*self.things, key) if len(self.things) < room else self.things


def _notes(*lines: str) -> list[Row]:
    return [Row(line, kind="note") if line else Row("", kind="gap") for line in lines]


def _choice(name: str, why: str, width: int) -> str:
    """Name and reason side by side where there is room, else only the name."""
    return f"{name:<25}{why}" if width >= 72 else name


def _what(answers: Answers, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    hello = (
        (
            "",
            "Hello. This keeps your day, your goals and a quiet minute in one place.",
            "It is kept on this computer and sent nowhere: no account, no network.",
            "",
        )
        if width >= 78 and height > 18
        else ("Hello. Your day, your goals and a", "quiet minute, on this computer only.", "")
    )
    rows = _notes(*hello)
    rows.append(
        Row("What would you like here?" + ("  Change it whenever you want." if width >= 60 else ""), kind="note")
    )
    rows += _notes("") if height > 18 else []
    rows += [
        Row(_choice(name, why, width), key=room, mark=glyphs.box("done" if room in answers.rooms else "open"))
        for room, (name, why) in ROOMS.items()
    ]
    always = [Row(f"{glyphs.box('done')} {_choice(name, why, width)}", kind="note") for name, why in ALWAYS]
    rows[-len(ROOMS) : -len(ROOMS)] = always
    if height > 20:
        rows += _notes("", "Help now is always there, on the  !  key, whatever you choose.", "")
        rows += _notes(
            "This is a notebook and a timer, not medical care, and nobody watches over",
            "you through it. It does not replace a doctor, medicine or emergency help.",
        )
    else:
        rows += _notes("Not medical care.  Esc skips it all.")
    return rows


def _where(answers: Answers, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    roomy = height > 18
    gap = _notes(*[""] * (2 if roomy else 1))
    country = answers.country_name or "not chosen"
    numbers = answers.emergency or ("112 / 911 / 999 / 000" if width >= 60 else "")
    asked = "Which country's emergency numbers?" + ("      used only by Help now" if width >= 72 else "")
    rows = _notes(*[""] * roomy, asked)
    rows.append(Row(country, key="country", right=numbers))
    others = "Can anyone else see or use this computer?" if width >= 46 else "Can others see this computer?"
    rows += [*gap, *_notes(others)]
    rows.append(_radio("no", "No, it is mine", answers.seen_by_others == "no", glyphs))
    rows.append(_radio("sometimes", "Sometimes", answers.seen_by_others == "sometimes", glyphs))
    if roomy and width >= 72:
        rows += [
            Row("Reminders say only “1 thing” until you look.", kind="note", indent=8),
            Row("x  hides the screen at once.", kind="note", indent=8),
        ]
    late = "      a late night still belongs to the day before" if width >= 76 else ""
    rows += gap + _notes(f"When does your day begin?{late}")
    rows.append(Row(show_time(answers.day_start), key="day_start"))
    return rows if width >= 60 else [*rows, *_notes("", "Esc skips this page.")]


def _small(answers: Answers, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    roomy = height > 18
    rows = _notes(
        "One small day to begin with. Pick up to three, or type your own."
        if width >= 72
        else "One small day. Pick up to three:"
    )
    rows = [*_notes(""), *rows, *_notes("")] if roomy else rows
    for key, (title, _, when) in THINGS.items():
        box = glyphs.box("done" if key in answers.things else "open")
        rows.append(Row(title, key=key, mark=box, right=when if width >= 60 else ""))
    own_box = glyphs.box("done" if answers.own else "open")
    rows.append(Row(answers.own or "Something of your own", key="own", mark=own_box))
    rows += _notes("", "These become today. Nothing else is asked of you.", "") if roomy else []
    rows += _notes("Reminders while coach is open:")
    rows.append(
        _radio(
            "few",
            "When something with a time begins" if width >= 60 else "When something begins",
            answers.reminders,
            glyphs,
        )
    )
    rows.append(_radio("none", "None", not answers.reminders, glyphs))
    return rows


def _radio(key: str, text: str, on: bool, glyphs: Glyphs) -> Row:
    return Row(text, key=key, mark=glyphs.chosen if on else glyphs.unchosen)


PAGES: tuple[Callable[[Answers, Glyphs, int, int], list[Row]], ...] = (_what, _where, _small)
