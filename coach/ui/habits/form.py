"""What the form of a habit asks for, and how its few words are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from coach.domain.areas import AREAS
from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.habit_phrases import amount_line, amount_of, often_line, read_amount, read_often, target_of
from coach.domain.habit_times import read_times, write_times
from coach.domain.habits import DAILY, Habit, HabitKind, Target, asking, show_target
from coach.domain.text import one_line
from coach.ui.clock_times import read_time

T = TypeVar("T")
_KINDS: tuple[HabitKind, ...] = ("build", "reduce", "avoid")
KINDS = {
    "build": "something I do",
    "reduce": "at most so much",
    "avoid": "noted only when it happens",
}
AREA_WORDS = {"": "none", **AREAS}
RUN_WORDS = {"": "no", "yes": "yes"}
FIELDS = ("title", "kind", "often", "amount", "limit", "tiny", "remind", "area", "run")
ASKED: dict[str, tuple[str, ...]] = {
    "build": ("title", "kind", "often", "amount", "tiny", "remind", "area", "run"),
    "reduce": ("title", "kind", "limit", "remind", "area", "run"),
    "avoid": ("title", "kind", "area", "run"),
}
"""Which fields stand in the form of each kind."""
ASKING = frozenset({"often", "amount", "limit"})
"""Fields that say what is asked for."""
FROM_TODAY = "From today on; the days before keep what they had."

EMPTY = dict.fromkeys(FIELDS, "") | {"kind": "build"}
"""The form before anything was typed; every day, done or not."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The form, read."""

    title: str
    kind: HabitKind
    target: Target | None
    """None of something to avoid."""
    unit: str
    tiny: str
    area: str
    run: bool
    remind: tuple[time, ...]


def read_form(values: Mapping[str, str]) -> Filled:
    """The fields as typed; Refused, about one of them, for what cannot be read."""
    kind = _kind(values["kind"])
    title = one_line(values["title"])
    if not title:
        raise Refused("A habit needs a few words, for example: Walk").about("title")
    builds = kind == "build"
    target, unit = _target(kind, values)
    return Filled(
        title,
        kind,
        target,
        unit,
        one_line(values["tiny"]) if builds else "",
        values["area"],
        values["run"] == "yes",
        () if kind == "avoid" else _about("remind", lambda: read_times(values["remind"], read_time)),
    )


def say_form(filled: Filled) -> str:
    """The sentence that says back what will be kept."""
    if filled.kind == "avoid":
        return "Nothing to mark, unless it happens."
    asked = show_target(filled.target, filled.unit, filled.kind)
    more = " Marked only when it happens." if filled.kind == "reduce" else ""
    tiny = f" “{filled.tiny}” counts half." if filled.tiny else ""
    times = f" Asks at {', '.join(write_times((one,)) for one in filled.remind)}." if filled.remind else ""
    return f"{asked[:1].upper()}{asked[1:]}.{more}{tiny}{times}"


def values_of(habit: Habit, target: Target | None) -> dict[str, str]:
    """The fields that would give this habit."""
    amount = amount_of(target, habit.unit) if target else None
    line = amount_line(amount) if amount else ""
    return EMPTY | {
        "title": habit.title,
        "kind": habit.kind,
        "often": often_line(target) if target and habit.kind == "build" and target != DAILY else "",
        "amount": line if habit.kind == "build" else "",
        "limit": line if habit.kind == "reduce" else "",
        "tiny": habit.tiny,
        "remind": write_times(habit.remind),
        "area": habit.area,
        "run": "yes" if habit.run else "",
    }


def changes_of(filled: Filled, values: Mapping[str, str], first: Mapping[str, str]) -> dict[str, Any]:
    """What the person changed, as the habit keeps it; the rest may have become something else meanwhile."""
    differing = {name for name in FIELDS if values[name] != first[name]}
    changes: dict[str, Any] = {
        name: getattr(filled, name) for name in ("title", "tiny", "remind", "area", "run") if name in differing
    }
    if differing & ASKING:
        changes |= {"target": filled.target, "unit": filled.unit}
    return changes


def asking_words(habit: Habit, today: date, target: Target | None) -> str:
    """From when on something else is asked for, and what becomes of the steps down that were planned."""
    coming = {first for first in habit.targets if first > today.isoformat()}
    if target is None or not coming:
        return FROM_TODAY
    kept = coming & asking(habit, today, target).targets.keys()
    if kept == coming:
        return "From today on; the steps down after it stay."
    if not kept:
        return "From today on; the steps down that were planned go."
    return f"From today on; steps down stay from {show_day(date.fromisoformat(min(kept)), short=True)}."


def draft_of(values: Mapping[str, str], first: Mapping[str, str]) -> str:
    """The fields that differ from the first ones as one text, one a line."""
    return "\n".join(f"{name} {one_line(values[name])}" for name in FIELDS if values[name] != first[name])


def from_draft(text: str) -> dict[str, str]:
    """The fields a draft holds; a line that is none is left out."""
    pairs = (line.partition(" ") for line in text.splitlines())
    return {name: value for name, _, value in pairs if name in FIELDS}


def _target(kind: HabitKind, values: Mapping[str, str]) -> tuple[Target | None, str]:
    """What is asked for, and the word for one of it."""
    if kind == "avoid":
        return None, ""
    field = "limit" if kind == "reduce" else "amount"
    amount = _about(field, lambda: read_amount(values[field]))
    if kind == "reduce" and amount is None:
        raise Refused("Say how much is the most, for example: 2 a day, or 10 in 7 days.").about(field)
    often = _about("often", lambda: read_often(values["often"])) if kind == "build" else DAILY
    return _about(field, lambda: target_of(often, amount)), amount.unit if amount else ""


def _about(field: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except Refused as refused:
        refused.words = field
        raise


def _kind(name: str) -> HabitKind:
    return next((kind for kind in _KINDS if kind == name), "build")
