"""What the form of a habit asks for, and how its few words are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from coach.domain.areas import AREAS
from coach.domain.days import PART_NAMES, PARTS, Part
from coach.domain.errors import Refused
from coach.domain.habit_phrases import amount_line, amount_of, often_line, read_amount, read_often, target_of
from coach.domain.habits import DAILY, Habit, HabitKind, Target, show_target
from coach.domain.text import one_line

T = TypeVar("T")
_KINDS: tuple[HabitKind, ...] = ("build", "reduce", "avoid")
KINDS = {
    "build": "something I do",
    "reduce": "at most so much",
    "avoid": "noted only when it happens",
}
PART_WORDS: dict[str, str] = {"any": PART_NAMES["any"].lower()} | {
    p: PART_NAMES[p].lower() for p in PARTS if p != "any"
}
AREA_WORDS = {"": "none", **AREAS}
RUN_WORDS = {"": "no", "yes": "yes"}
FIELDS = ("title", "kind", "often", "amount", "limit", "tiny", "part", "area", "run")
ASKED: dict[str, tuple[str, ...]] = {
    "build": ("title", "kind", "often", "amount", "tiny", "part", "area", "run"),
    "reduce": ("title", "kind", "limit", "area", "run"),
    "avoid": ("title", "kind", "area", "run"),
}
"""Which fields stand in the form of each kind."""


EMPTY = dict.fromkeys(FIELDS, "") | {"kind": "build", "part": "any"}
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
    part: Part
    area: str
    run: bool


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
        _part(values["part"]) if builds else "any",
        values["area"],
        values["run"] == "yes",
    )


def say_form(filled: Filled) -> str:
    """The sentence that says back what will be kept."""
    if filled.kind == "avoid":
        return "Nothing to mark, unless it happens."
    asked = show_target(filled.target, filled.unit, filled.kind)
    more = " Marked only when it happens." if filled.kind == "reduce" else ""
    tiny = f" “{filled.tiny}” counts half." if filled.tiny else ""
    return f"{asked[:1].upper()}{asked[1:]}.{more}{tiny}"


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
        "part": habit.part,
        "area": habit.area,
        "run": "yes" if habit.run else "",
    }


def draft_of(values: Mapping[str, str]) -> str:
    """The fields as one text, one a line."""
    return "\n".join(f"{name} {one_line(values[name])}" for name in FIELDS)


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


def _part(name: str) -> Part:
    return next((part for part in PARTS if part == name), "any")
