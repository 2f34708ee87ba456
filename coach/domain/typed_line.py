"""Takes a typed line apart: which of its phrases count, and the title that is left.

Where words could mean two things the cautious reading is taken:
* a sure phrase counts anywhere; a doubtful one only at the end of the line, or beside a time or day that counts, so
  "pay 50m deposit" keeps its 50m and "read pages 15-16" its pages;
* a weekday or "daily" that opens a line counts when there is a time too ("sat meditation 06:00"), as does "at 8" that
  opens one;
* bare hours ("8 and 20") count only beside words that say how often, or right after a day at the end ("fri 8"), and
  an end ("for 7 days") only after such words;
* of two phrases of one kind the last counts: people put the when at the end; tags count all;
* "after breakfast" counts where breakfast is a known title and no time is given, and "except fri" beside a repetition;
* quotes protect words, and a quote inside quotes is typed twice; @"the old gym" is a place of several words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.domain.after_phrases import Anchors, after_quoted
from coach.domain.errors import Refused
from coach.domain.meanings import Clock, Clocks, Kind, Named, Phrase, Value
from coach.domain.phrases import MASK, find_phrases
from coach.domain.text import one_line

LONGEST_TITLE = 500
LONGEST_PLACE = 100
LONGEST_LINE = 2 * LONGEST_TITLE + 100
"""A title of 500 quotes, each typed twice, still fits with its day and time."""
_QUOTED = re.compile(r'(?<!\S)(?P<at>@)?"(?P<words>(?:[^"]|"")*)"(?![^\s,;])')
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
}
_TOO_LONG = f"That line is too long: {LONGEST_TITLE} characters at most."
_NO_TITLE = "What is it? Add a few words, for example: walk 07:30 30m. Quotes keep words such as “today” in the title."


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a typed line that were taken as something other than title."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A line in its parts."""

    title: str
    chosen: dict[Kind, Value]
    tags: tuple[str, ...]
    spans: tuple[Span, ...]
    """Places in the line as it was typed; none where cleaning changed more than its spaces."""
    words: dict[Kind, str]
    """The words that say each of them."""
    loose: str
    """The words of the title that no quotes protect."""
    unread: str
    """Words that say a day or a time for sure, where another one counted."""


def quote_title(title: str) -> str:
    """The title in quotes, none of its words read as a time or a day."""
    return '"' + title.replace('"', '""') + '"'


def take_apart(text: str, anchors: Anchors | None = None) -> Taken:
    """The title, and what the other words mean; `anchors` are the titles something can come after."""
    if len(text) > LONGEST_LINE:
        raise Refused(_TOO_LONG)
    line = one_line(text, 4 * LONGEST_LINE)  # composing can lengthen a line, never this much
    quoted = list(_QUOTED.finditer(line))
    masked = _QUOTED.sub(lambda match: MASK * len(match[0]), line)
    places = list(filter(None, map(_quoted_place, quoted)))
    afters = [after_quoted(masked, match, _words(match), anchors or {}) for match in quoted if not match["at"]]
    phrases = [*find_phrases(masked, anchors or {}), *places, *filter(None, afters)]
    phrases.sort(key=lambda phrase: phrase.start)
    signs = [phrase for phrase in phrases if phrase.kind in ("place", "tag", "pin")]
    chosen = _choose(phrases, _without(signs, masked))
    tags = [phrase for phrase in phrases if phrase.kind == "tag"]
    counted = [*(phrase for kind, phrase in chosen.items() if kind != "tag"), *tags]
    protected = [match for match in quoted if not any(one.start <= match.start() < one.end for one in counted)]
    title = _title(line, masked, protected, counted)
    if not title:
        raise Refused(_NO_TITLE)
    if len(title) > LONGEST_TITLE:
        raise Refused(_TOO_LONG)
    meanings: dict[Kind, Value] = {kind: phrase.value for kind, phrase in chosen.items() if kind != "tag"}
    named = tuple(dict.fromkeys(str(tag.value) for tag in tags))
    words = {phrase.kind: line[phrase.start : phrase.end] for phrase in counted}
    loose = _title(masked, masked, [], counted)
    left = (one for one in phrases if one.sure and one.kind in ("day", "clock", "repeat") and one not in counted)
    unread = next((line[one.start : one.end].strip() for one in left), "")
    return Taken(title, meanings, named, _spans(text, line, counted), words, loose, unread)


def _quoted_place(match: re.Match[str]) -> Phrase | None:
    place = one_line(_words(match), LONGEST_PLACE)
    return Phrase("place", place, *match.span(), True) if match["at"] and place else None


def _words(match: re.Match[str]) -> str:
    return match["words"].replace('""', '"')


def _title(line: str, masked: str, quoted: list[re.Match[str]], chosen: list[Phrase]) -> str:
    """What is left of the line, quotes taken off the words they protected."""
    cuts = [(match.start("words") - 1, match.end(), _words(match)) for match in quoted]
    for phrase in chosen:
        before = len(masked[: phrase.start].rstrip(" ,;"))
        after = len(masked) - len(masked[phrase.end :].lstrip(" ,;.!?"))
        cuts.append((before, after, " "))
    pieces, reached = [], 0
    for start, end, instead in sorted(cuts):
        pieces += [line[reached:start], instead]
        reached = max(reached, end)
    return one_line("".join([*pieces, line[reached:]]), 4 * LONGEST_LINE)


def _without(signs: list[Phrase], line: str) -> str:
    """The line with spaces for #tags, @places and pins: they stand anywhere, and mean nothing for what is beside."""
    for sign in signs:
        line = line[: sign.start] + " " * (sign.end - sign.start) + line[sign.end :]
    return line


def _choose(phrases: list[Phrase], line: str) -> dict[Kind, Phrase]:
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
        return vouched or (_at_the_end(phrase, chosen, line) and _after_a_day(phrase, chosen, doubtful, line))
    if phrase.value == Named("later") and repeat is not None:
        return False  # what repeats has its days
    if _is_bare(phrase):
        return _at_the_end(phrase, chosen, line) and _after_a_day(phrase, chosen, doubtful, line)
    if _at_the_end(phrase, chosen, line):
        return True
    if phrase.value == Named("later"):
        return False
    friends = [chosen[kind] for kind in _FRIENDS[phrase.kind] if kind in chosen]
    if phrase.kind in ("clock", "day", "repeat"):  # "sat at 8" vouch for each other; "fri 50m" do not
        others = [other for other in doubtful if other.kind in _FRIENDS[phrase.kind] and other.kind != "length"]
        friends += [other for other in others if phrase.kind == "repeat" or not isinstance(other.value, Clocks)]
        friends = [other for other in friends if other in chosen.values() or not _is_bare(other)]
    if any(_beside(phrase, friend, line) for friend in friends):
        return True
    if line[: phrase.start].strip():
        return False
    opening_time = phrase.kind == "clock" and line[phrase.start].lower() not in "nm"  # "midnight mass" is a title
    return opening_time or (phrase.kind in ("day", "repeat") and "clock" in chosen)


def _is_bare(phrase: Phrase) -> bool:
    return isinstance(phrase.value, Clock) and phrase.value.bare


def _after_a_day(hour: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether the day or repetition right before a bare hour counts, or will with it."""
    days = [one for one in doubtful if one.kind in _DAYS and one.kind not in chosen]
    days += [chosen[kind] for kind in _DAYS if kind in chosen]
    return any(one.end <= hour.start and _beside(one, hour, line) for one in days)


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


def _spans(text: str, line: str, chosen: list[Phrase]) -> tuple[Span, ...]:
    if "".join(text.split()) != "".join(line.split()):
        return ()
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    count, at = 0, {}
    for place, sign in enumerate(line):
        if sign != " ":
            at[place], count = places[count], count + 1
    return tuple(
        Span(phrase.kind, at[phrase.start], at[len(line[: phrase.end].rstrip()) - 1] + 1)
        for phrase in sorted(chosen, key=lambda phrase: phrase.start)
    )
