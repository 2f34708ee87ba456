"""Finds "after breakfast" in a typed line, where breakfast is the title of something that is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from coach.domain.text import title_key

if TYPE_CHECKING:
    from coach.domain.meanings import Phrase

Anchors = Mapping[str, str]
"""Titles something can come after, by their words without capitals."""
_AFTER = re.compile(r"(?<![^\s,;])after\s+", re.IGNORECASE)
_BEFORE_QUOTE = re.compile(r"(?<![^\s,;])after\s+$", re.IGNORECASE)
_MOST_WORDS = 40
"""Of a title looked for after "after"."""


def anchors_of(titles: list[str]) -> dict[str, str]:
    """The first of those that are the same but for capitals."""
    return {title_key(title): title for title in reversed(titles) if title}


def after_known(line: str, anchors: Anchors) -> Iterator[Phrase]:
    """ "after breakfast": the longest known title that follows the word."""
    from coach.domain.meanings import Phrase  # the order of a day needs this module too, and none of the meanings

    for match in _AFTER.finditer(line) if anchors else ():
        for word in reversed(list(re.finditer(r"\S+", line[match.end() :]))[:_MOST_WORDS]):
            words = line[match.end() : match.end() + word.end()]
            bare = words.rstrip(" ,;.!?")
            if found := anchors.get(title_key(bare)) or anchors.get(title_key(words)):
                yield Phrase("after", found, match.start(), match.end() + len(bare), False)
                break


def after_quoted(line: str, quote: re.Match[str], words: str, anchors: Anchors) -> Phrase | None:
    """As in: after "walk 5 km". A title is in quotes where its words would be read as something else."""
    from coach.domain.meanings import Phrase

    before = _BEFORE_QUOTE.search(line[: quote.start()]) if anchors else None
    found = anchors.get(title_key(words))
    return Phrase("after", found, before.start(), quote.end(), False) if before and found else None
