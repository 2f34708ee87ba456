"""Takes a typed line apart: which of its phrases count, and the title that is left.

Where words could mean two things the cautious reading is taken:
* a sure phrase counts anywhere; a doubtful one only at the end of the line, or beside a time or day that counts, so
  "pay 50m deposit" keeps its 50m and "read pages 15-16" its pages;
* a weekday that opens a line counts when there is a time too ("sat meditation 06:00"), as does "at 8" that opens one;
* of two phrases of one kind the last counts: people put the when at the end;
* quotes protect words, and a quote inside quotes is typed twice.
"""

from __future__ import annotations

import re

from coach.domain.errors import Refused
from coach.domain.phrases import Kind, Named, Phrase, Value, find_phrases
from coach.domain.text import one_line

LONGEST_TITLE = 500
LONGEST_LINE = 2 * LONGEST_TITLE + 100
"""A title of 500 quotes, each typed twice, still fits with its day and time."""
_QUOTED = re.compile(r'(?<!\S)"((?:[^"]|"")*)"(?![^\s,;])')
_FRIENDS: dict[Kind, Kind] = {"clock": "day", "day": "clock", "length": "clock"}
_TOO_LONG = f"That line is too long: {LONGEST_TITLE} characters at most."
_NO_TITLE = "What is it? Add a few words, for example: walk 07:30 30m. Quotes keep words such as “today” in the title."


def quote_title(title: str) -> str:
    """The title in quotes, none of its words read as a time or a day."""
    return '"' + title.replace('"', '""') + '"'


def take_apart(text: str) -> tuple[str, dict[Kind, Value]]:
    """The title, and what the other words mean."""
    if len(text) > LONGEST_LINE:
        raise Refused(_TOO_LONG)
    line = one_line(text, 4 * LONGEST_LINE)  # composing can lengthen a line, never this much
    quoted = list(_QUOTED.finditer(line))
    masked = _QUOTED.sub(lambda match: "\ue000" * len(match[0]), line)
    chosen = _choose(find_phrases(masked), masked)
    title = _title(line, masked, quoted, chosen)
    if not title:
        raise Refused(_NO_TITLE)
    if len(title) > LONGEST_TITLE:
        raise Refused(_TOO_LONG)
    return title, {kind: phrase.value for kind, phrase in chosen.items()}


def _title(line: str, masked: str, quoted: list[re.Match[str]], chosen: dict[Kind, Phrase]) -> str:
    """What is left of the line, quotes taken off the words they protected."""
    cuts = [(match.start(), match.end(), match[1].replace('""', '"')) for match in quoted]
    for phrase in chosen.values():
        before = len(masked[: phrase.start].rstrip(" ,;"))
        after = len(masked) - len(masked[phrase.end :].lstrip(" ,;.!?"))
        cuts.append((before, after, " "))
    pieces, reached = [], 0
    for start, end, instead in sorted(cuts):
        pieces += [line[reached:start], instead]
        reached = max(reached, end)
    return one_line("".join([*pieces, line[reached:]]), 4 * LONGEST_LINE)


def _choose(phrases: list[Phrase], line: str) -> dict[Kind, Phrase]:
    """The phrases that count, at most one of a kind."""
    chosen = {phrase.kind: phrase for phrase in phrases if phrase.sure}
    doubtful = [phrase for phrase in reversed(phrases) if not phrase.sure]
    growing = True
    while growing:
        fitting = (p for p in doubtful if p.kind not in chosen and _fits(p, chosen, doubtful, line))
        found = next(fitting, None)
        growing = found is not None
        if found is not None:
            chosen[found.kind] = found
    return chosen


def _fits(phrase: Phrase, chosen: dict[Kind, Phrase], doubtful: list[Phrase], line: str) -> bool:
    """Whether a doubtful phrase stands where it can hardly mean anything else."""
    rest = line[phrase.end :]
    for other in sorted(chosen.values(), key=lambda other: -other.start):
        if other.start >= phrase.end:
            rest = rest[: other.start - phrase.end] + rest[other.end - phrase.end :]
    if not rest.strip(" ,;.!?"):
        return True
    if phrase.value == Named("later"):
        return False
    friends = [chosen[_FRIENDS[phrase.kind]]] if _FRIENDS[phrase.kind] in chosen else []
    if phrase.kind != "length":  # "sat at 8" vouch for each other; "fri 50m" do not
        friends += [other for other in doubtful if other.kind == _FRIENDS[phrase.kind]]
    if any(_beside(phrase, friend, line) for friend in friends):
        return True
    if line[: phrase.start].strip():
        return False
    opening_time = phrase.kind == "clock" and line[phrase.start].lower() not in "nm"  # "midnight mass" is a title
    return opening_time or (phrase.kind == "day" and "clock" in chosen)


def _beside(one: Phrase, other: Phrase, line: str) -> bool:
    first, last = sorted((one, other), key=lambda phrase: phrase.start)
    return not line[first.end : last.start].strip(" ,;")
