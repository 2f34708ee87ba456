"""Help now as one plain text: how the doors and a country's numbers become it, and how a screen reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coach.domain.helplines import CHECK, Country, Line, emergency_seen, provenance, shown_lines

FIRST_LINE = "coach help-now 1"
ALL_EMERGENCY = "112 / 911 / 999 / 000"
MOBILES = "112 works from mobiles in the EU and many other countries."
BUSY = "Lines can be busy. Keep trying, then the next number, then go there."
WIDEST = 72

PartKind = Literal["text", "step", "item", "list", "crisis", "drug"]


@dataclass(frozen=True, slots=True)
class Part:
    """A few lines that belong together, with the keys of their sources."""

    source: tuple[str, ...]
    lines: tuple[str, ...] = ()
    heading: str = ""
    kind: PartKind = "text"

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError("a part of Help now must name its source")


@dataclass(frozen=True, slots=True)
class Door:
    """One thing a person may need right now."""

    number: int
    id: str
    title: str
    short: str
    part: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything help-now.toml holds."""

    schema_version: int
    review: str
    sources: dict[str, str]
    door: tuple[Door, ...]

    def __post_init__(self) -> None:
        named = {key for door in self.door for part in door.part for key in part.source}
        if unknown := sorted(named - self.sources.keys()):
            raise ValueError(f"unknown source {unknown[0]!r}")


@dataclass(frozen=True, slots=True)
class Section:
    """A door as the text holds it."""

    number: int
    title: str
    short: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The whole text, taken apart for a screen."""

    code: str = ""
    country: str = ""
    emergency: str = ALL_EMERGENCY
    front: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


def render(doors: Doors, country: Country | None) -> str:
    """The text that `coach crisis` prints and the screen shows."""
    lines = [FIRST_LINE, *_front(country)]
    for door in doors.door:
        lines.append(f"== {door.number} {door.title} | {door.short}")
        lines.extend(_door(door, country))
    return "\n".join(lines) + "\n"


def _front(country: Country | None) -> Iterator[str]:
    """What stands before the doors; the first sentence is the one a small screen keeps."""
    if country is None:
        yield "country: none"
        yield f"emergency: {ALL_EMERGENCY}"
        yield "Use your local emergency number."
        yield MOBILES
    else:
        yield f"country: {country.code} {country.name}"
        yield f"emergency: {country.emergency}"
        yield CHECK if emergency_seen(country) else f"{CHECK} Others: {ALL_EMERGENCY}."
        yield MOBILES
    yield BUSY


def _door(door: Door, country: Country | None) -> Iterator[str]:
    emergency = country.emergency if country else "your local emergency number"
    step = 0
    for part in door.part:
        step += part.kind == "step"
        if part.heading:
            yield "-- " + part.heading.replace("{emergency}", emergency)
        for line in _part(part, step, country):
            yield line.replace("{emergency}", emergency)


def _part(part: Part, step: int, country: Country | None) -> Iterator[str]:
    if part.kind in ("crisis", "drug"):
        yield from _phones(part.kind, country)
    for index, line in enumerate(part.lines):
        if part.kind == "step":
            yield f"{step}. {line}" if index == 0 else f"   {line}"
        elif part.kind == "item":
            yield f"- {line}" if index == 0 else f"  {line}"
        else:
            yield f"- {line}" if part.kind == "list" else line


def _phones(kind: str, country: Country | None) -> Iterator[str]:
    if country is None:
        yield "   Choose your country (the , key in Help now) to see its lines."
        return
    shown = shown_lines(country)
    lines = shown.crisis if kind == "crisis" else shown.drug
    if not lines:
        yield f"   No line with a source is known here for {country.name}."
        return
    for line in lines:
        yield from _phone(line)
    if kind == "crisis":
        yield f"   {BUSY}"


def _phone(line: Line) -> Iterator[str]:
    yield f"   * {line.number}  {name_beside(line)}".rstrip()
    both = f"     {line.hours}. {CHECK}"
    yield from [both] if len(both) <= WIDEST else [f"     {line.hours}.", f"     {CHECK}"]
    yield f"     {provenance(line)}"


def name_beside(line: Line) -> str:
    """The name as it stands behind its number: "3114, national number" needs no second 3114."""
    digits = line.number.partition(" (")[0]
    return "" if line.name == digits else line.name.removeprefix(f"{digits}, ")


def parse(text: str) -> Card:
    """The card behind a rendered text. Lines it does not know are kept where they stand; it never refuses."""
    code, country, emergency = "", "", ALL_EMERGENCY
    front: list[str] = []
    sections: list[tuple[re.Match[str], list[str]]] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            sections.append((heading, []))
        elif sections:
            sections[-1][1].append(line)
        elif line.startswith("country: "):
            code, _, country = line.removeprefix("country: ").partition(" ")
        elif line.startswith("emergency: "):
            emergency = line.removeprefix("emergency: ")
        elif line and line != FIRST_LINE:
            front.append(line)
    return Card(code if country else "", country, emergency, tuple(front), tuple(_section(*each) for each in sections))


_HEADING = re.compile(r"== (\d{1,2}) (.+?) \| (.+)")


def _section(heading: re.Match[str], lines: list[str]) -> Section:
    return Section(int(heading[1]), heading[2], heading[3], tuple(lines))


def emergency_numbers(emergency: str) -> tuple[tuple[str, str], ...]:
    """Each number with the word in brackets behind it: "112 (mobile) or 10177" is (112, mobile) and (10177, "")."""
    return tuple((number, label or "") for number, label in re.findall(r"(\d+)(?: \(([^()\d]+)\))?", emergency))


def spaced(emergency: str, cells: int) -> str:
    """The emergency numbers digit by digit, easier to read and to dial, as far as there is room."""
    each = [" ".join(number) + (f" ({label})" if label else "") for number, label in emergency_numbers(emergency)]
    wide, close = "    or   ".join(each), "   or   ".join(each)
    return next((text for text in (wide, close, "  or  ".join(each)) if text and len(text) <= cells), emergency)
