"""Finds the phrases in a typed line that can say when, how long, how often and where.

A *sure* phrase ("at 7:30", "tomorrow", "every friday") counts anywhere; a doubtful one ("fri", "30m", "at 8", "daily")
is left to `doubtful` to judge by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from coach.domain import clock_phrases as clocks
from coach.domain.after_phrases import Anchors, after_known
from coach.domain.calendar_words import PARTS_OF_DAY, WEEKDAY_WORDS, any_of
from coach.domain.day_phrases import DATES, DAY_PART, DAYS_AHEAD, NEAR_DAYS
from coach.domain.errors import Refused
from coach.domain.meanings import Found, Kind, Named, Phrase

MASK = "\ue000"
"""Stands for a character that is taken already."""
_Read = Callable[["re.Match[str]"], Found]
_Rule = tuple[Kind, str, _Read]

_RULES: tuple[_Rule, ...] = (
    ("day", *DATES[0]),
    ("clock", *clocks.RANGE),
    ("clock", *clocks.SEVERAL),
    *(("day", *date) for date in DATES[1:]),
    ("clock", *clocks.AHEAD),
    ("day", *DAYS_AHEAD),
    ("clock", *clocks.WORDED),
    ("clock", *clocks.TIME),
    ("clock", *clocks.NAMED_TIME),
    ("length", *clocks.LENGTH),
    *(("day", *day) for day in NEAR_DAYS),
    ("part", *DAY_PART),
)
_MAY_REPEAT = re.compile(
    rf"every|each|the\s+month|the\s+rule|weekend|weekday|weeknight|workday|ly\b|\b{any_of(WEEKDAY_WORDS)}",
    re.IGNORECASE,
)
"""In every line that repeats: the patterns for that cost more than all others, and most lines need none of them."""
_MAY_END = re.compile(r"until|till?\b|\bup\b|times|\b(?:day|night|week|month)", re.IGNORECASE)
_AFTER_DAY = re.compile(
    rf"(?:,\s?|\s)(?:(?P<hour>\d{{4}}|\d\d?)|(?P<part>{any_of(PARTS_OF_DAY)}))(?=[,;.!?]{{0,3}}(?:\s|$))",
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(r"(?<!\S)#(?P<tag>(?=[\w-]*[^\W\d_])[\w-]+)(?=[,;.!?]{0,3}(?:\s|$))")
_PLACE = re.compile(r"(?<!\S)@(?P<place>[^\W\d_](?:[\w'’.&-]*\w)?)(?=[,;.!?]{0,3}(?:\s|$))")
_PIN = re.compile(r"(?<!\S)!(?!\S)")


def find_phrases(line: str, anchors: Anchors) -> list[Phrase]:
    """Every phrase in the line, first to last, none overlapping; Refused when one names an impossible time or day."""
    found = list(after_known(line, anchors))
    for after in found:
        line = line[: after.start] + MASK * (after.end - after.start) + line[after.end :]
    for kind, pattern, read in _rules(line):
        for match in list(_compiled(pattern).finditer(line)):
            try:
                meaning = read(match)
            except Refused as refused:
                raise refused.about(match[0]) from None
            if meaning is not None:
                found.append(Phrase(kind, meaning[0], *match.span(), meaning[1]))
                line = line[: match.start()] + MASK * len(match[0]) + line[match.end() :]
    for before in (("day", "repeat"), ("part",)):  # "tomorrow evening 7"
        found += filter(None, [_after_day(line, phrase) for phrase in found if phrase.kind in before])
    return sorted([*found, *_signs(line)], key=lambda phrase: phrase.start)


def _after_day(line: str, day: Phrase) -> Phrase | None:
    """The 8 of "fri 8", or 1830, and the evening of "fri evening": only the day before makes them a time."""
    match = _AFTER_DAY.match(line, day.end) if day.value != Named("later") else None
    if match is None:
        return None
    if match["part"]:
        return Phrase("part", PARTS_OF_DAY[match["part"].lower()], *match.span("part"), False)
    clock = clocks.read_bare_hour(match["hour"])
    return Phrase("clock", clock, *match.span("hour"), False) if clock else None


def tag_of(word: str) -> str:
    """How a tag is kept: capitals make no difference."""
    return "".join(sign for sign in word.lower() if sign.isalnum() or sign in "_-")


def _rules(line: str) -> Iterator[_Rule]:
    """Ends before days, and repetitions before weekdays, since each may hold one of the others; as do reminders."""
    if "remind" in line.lower():
        from coach.domain.remind_phrases import REMINDERS

        yield from (("remind", pattern, read) for pattern, read in REMINDERS)
    may_repeat, may_end = _MAY_REPEAT.search(line), _MAY_END.search(line)
    if may_repeat or may_end:
        from coach.domain.end_phrases import ENDINGS, EXCEPTS
        from coach.domain.repeat_phrases import REPEATS

        yield from (("end", pattern, read) for pattern, read in ENDINGS if may_end)
        yield from (("except", pattern, read) for pattern, read in EXCEPTS if may_repeat)
        yield from (("repeat", pattern, read) for pattern, read in REPEATS if may_repeat)
    yield from _RULES


def _signs(line: str) -> Iterator[Phrase]:
    """#tag, @place, and ! for what is pinned."""
    for match in _TAG.finditer(line):
        if tag := tag_of(match["tag"]):
            yield Phrase("tag", tag, *match.span(), True)
    yield from (Phrase("place", match["place"], *match.span(), True) for match in _PLACE.finditer(line))
    yield from (Phrase("pin", "!", *match.span(), True) for match in _PIN.finditer(line))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Phrases are whole words, maybe followed by a comma or the end of a sentence."""
    whole = rf"(?<![^\s,;])(?:{pattern})(?=[,;.!?]{{0,3}}(?:\s|$))"
    return re.compile(whole, re.IGNORECASE | re.ASCII)
