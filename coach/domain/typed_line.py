"""Takes a typed line apart: which of its phrases count, and the title that is left.

Quotes protect words, and a quote inside quotes is typed twice; @"the old gym" is a place of several words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.domain.after_phrases import Anchors, after_quoted
from coach.domain.doubtful import blank, choose
from coach.domain.errors import Refused
from coach.domain.meanings import Kind, Phrase, Value
from coach.domain.phrases import MASK, find_phrases
from coach.domain.text import one_line

LONGEST_TITLE = 500
LONGEST_PLACE = 100
LONGEST_LINE = 2 * LONGEST_TITLE + 100
"""A title of 500 quotes, each typed twice, still fits with its day and time."""
_QUOTED = re.compile(r'(?<!\S)(?P<at>@)?"(?P<words>(?:[^"]|"")*)"(?![^\s,;])')
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
    chosen = choose(phrases, blank(signs, masked))
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
    left = (one for one in phrases if one not in counted and _is_lost(one, chosen, line))
    unread = next((line[one.start : one.end].strip() for one in left), "")
    return Taken(title, meanings, named, _spans(text, line, counted), words, loose, unread)


def _is_lost(phrase: Phrase, chosen: dict[Kind, Phrase], line: str) -> bool:
    """What says when for sure, and the end of "from 3 dec until 10 dec", which only counts where something repeats."""
    if phrase.kind != "end":
        return phrase.sure and phrase.kind in ("day", "clock", "repeat")
    first = chosen.get("day")
    return first is not None and line.lower().startswith(("from ", "starting "), first.start)


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
