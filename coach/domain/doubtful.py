"""Chooses the phrases of a typed line that count: which doubtful ones stand where they can mean little else.

Where words could mean two things the cautious reading is taken:
* a sure phrase counts anywhere; a doubtful one only at the end of the line, or beside a time or day that counts, so
  "pay 50m deposit" keeps its 50m and "read pages 15-16" its pages;
* a weekday or "daily" that opens a line counts when there is a time too ("sat meditation 06:00"), as does "at 8" that
  opens one;
* bare hours ("8 and 20") count only beside words that say how often, or right after a day at the end ("fri 8"), 0730
  and 7.30 beside either, "at 8" before "with", and an end ("for 7 days") only after words that say how often;
* of two phrases of one kind the last counts: people put the when at the end; tags count all;
* "after breakfast" counts where breakfast is a known title and no time is given, and "except fri" beside a repetition.
"""

from __future__ import annotations

import re

from coach.domain.meanings import Clock, Clocks, Kind, Named, Phrase

_WITH = re.compile(r"(?:at|@|on\s+the)\s?\w+\s+(?:with|please|sharp|thanks)(?!\S)", re.IGNORECASE)
_LOOK = re.compile(r"\blook(?:ing|ed)?\s+$", re.IGNORECASE)
_DAYS: tuple[Kind, ...] = ("day", "repeat", "part")
"""What the 8 of "fri 8" can follow."""
_FRIENDS: dict[Kind, tuple[Kind, ...]] = {
    "clock": ("day", "repeat"),
    "day": ("clock",),
    "part": ("clock", "day", "repeat"),
    "length": ("clock",),
    "repeat": ("clock", "day", "length", "except", "end", "after"),
    "end": ("repeat", "clock", "length", "except", "after"),
    "after": ("day", "repeat", "length", "except", "end"),
    "remind": ("clock", "length", "day", "repeat", "except", "end"),
}


def choose(phrases: list[Phrase], line: str) -> dict[Kind, Phrase]:
    """The phrases that count, at most one of a kind."""
    chosen: dict[Kind, Phrase] = {}
    chosen |= {phrase.kind: phrase for phrase in phrases if phrase.sure and phrase.kind != "end"}
    doubtful = [phrase for phrase in reversed(phrases) if not phrase.sure or phrase.kind == "end"]
    growing = True
    while growing:
        fitting = (p for p in doubtful if p.kind not in chosen and _fits(p, chosen, doubtful, line))
        found = next(fitting, None)
        growing = found is not None
        if found is not None:
            chosen[found.kind] = found
    if "clock" in chosen:
        chosen.pop("after", None)  # a time of its own is stronger
    return chosen


def _fits(phrase: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether a doubtful phrase stands where it can hardly mean anything else."""
    repeat = chosen.get("repeat")
    if phrase.kind in ("end", "except") and (repeat is None or phrase.start < repeat.start):
        return False
    if phrase.kind == "except" or (phrase.kind == "end" and phrase.sure):
        return True
    if isinstance(phrase.value, Clocks):
        often = [chosen[kind] for kind in ("repeat", "except") if kind in chosen]
        vouched = repeat is not None and any(_beside(phrase, one, line) for one in often)
        return vouched or _after_a_day(phrase, chosen, doubtful, line)
    if phrase.value == Named("later") and repeat is not None:
        return False  # what repeats has its days
    if _is_bare(phrase):
        return _after_a_day(phrase, chosen, doubtful, line) or _without_colon(phrase, chosen, doubtful, line)
    if phrase.kind in ("clock", "day") and _WITH.match(line, phrase.start) and not _LOOK.search(line[: phrase.start]):
        return True
    if _at_the_end(phrase, chosen, line):
        return True
    if phrase.value == Named("later"):
        return False
    friends = [chosen[kind] for kind in _FRIENDS[phrase.kind] if kind in chosen]
    if phrase.kind in ("clock", "day", "repeat"):  # "sat at 8" vouch for each other; "fri 50m" do not
        others = [other for other in doubtful if other.kind in _FRIENDS[phrase.kind] and other.kind != "length"]
        friends += [other for other in others if phrase.kind == "repeat" or not isinstance(other.value, Clocks)]
        friends = [other for other in friends if other in chosen.values() or not _is_bare(other)]
    if any(_beside(phrase, friend, line) for friend in friends) or _before_its_end(phrase, chosen, doubtful, line):
        return True
    if line[: phrase.start].strip():
        return False
    opening_time = phrase.kind == "clock" and line[phrase.start].lower() not in "nm"  # "midnight mass" is a title
    return opening_time or (phrase.kind in ("day", "repeat") and "clock" in chosen)


def _is_bare(phrase: Phrase) -> bool:
    return isinstance(phrase.value, Clock) and phrase.value.bare


def _after_a_day(hour: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether a bare hour ends the line, and the day or repetition right before it counts, or will with it."""
    days = _saying(_DAYS, chosen, doubtful) if _at_the_end(hour, chosen, line) else []
    return any(one.end <= hour.start and _beside(one, hour, line) for one in days)


def _before_its_end(phrase: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether only a length and what counts stand between a repetition and its end: mon wed 30m until june."""
    ends = [one for one in doubtful if one.kind == "end" and one.start > phrase.end] if phrase.kind == "repeat" else []
    rest = blank([*chosen.values(), *(one for one in doubtful if one.kind == "length")], line) if ends else ""
    return any(_beside(phrase, end, rest) for end in ends)


def _saying(kinds: tuple[Kind, ...], chosen: dict[Kind, Phrase], doubtful: list[Phrase]) -> list[Phrase]:
    """The phrases of these kinds that count, or may; "later" is no day for a time."""
    found = [one for one in doubtful if one.kind in kinds and one.kind not in chosen]
    found += [chosen[kind] for kind in kinds if kind in chosen]
    return [one for one in found if one.value != Named("later")]


def _without_colon(clock: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether 7.30 stands beside what repeats, or 0730 beside that or a day, or with one at an end of the line."""
    words = line[clock.start : clock.end]
    if "." in words:
        return any(_beside(clock, one, line) for one in _saying(("repeat",), chosen, doubtful))
    at_an_end = not line[: clock.start].strip() or _at_the_end(clock, chosen, line)
    days = _saying(("repeat", "day"), chosen, doubtful) if len(words) == 4 and words[0] == "0" else []
    return any(_beside(clock, one, line) or (at_an_end and one in chosen.values()) for one in days)


def _at_the_end(phrase: Phrase, chosen: dict[Kind, Phrase], line: str) -> bool:
    """Whether only phrases that count come after it."""
    rest = line[phrase.end :]
    for other in sorted(chosen.values(), key=lambda other: -other.start):
        if other.start >= phrase.end:
            rest = rest[: other.start - phrase.end] + rest[other.end - phrase.end :]
    return not rest.strip(" ,;.!?")


def _beside(one: Phrase, other: Phrase, line: str) -> bool:
    first, last = sorted((one, other), key=lambda phrase: phrase.start)
    return not line[first.end : last.start].strip(" ,;")


def blank(signs: list[Phrase], line: str) -> str:
    """The line with spaces for #tags, @places and pins: they stand anywhere, and mean nothing for what is beside."""
    for sign in signs:
        line = line[: sign.start] + " " * (sign.end - sign.start) + line[sign.end :]
    return line
