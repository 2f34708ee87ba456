"""Counts what an import does not take, and says so in a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

MOST_TOLD = 10
"""Sentences about single habits."""
_SENTENCES = {
    "silent": (
        "1 day of which nobody said anything: it stays not known.",
        "{:,} days of which nobody said anything: they stay not known.",
    ),
    "coming": ("1 day that is still to come.", "{:,} days that are still to come."),
    "far": ("1 day without a date from 2000 to 2099.", "{:,} days without a date from 2000 to 2099."),
    "twice": ("the second mark of 1 day: the first counts.", "second marks of {:,} days: the first ones count."),
    "odd": ("1 day with a value coach does not know.", "{:,} days with a value coach does not know."),
    "large": ("1 day with more than 1,000,000.", "{:,} days with more than 1,000,000."),
    "orphan": ("1 day of a habit that is not in there.", "{:,} days of habits that are not in there."),
    "cut": ("the end of 1 note: 20,000 characters are.", "the ends of {:,} notes: 20,000 characters of each are."),
    "unexported": ("1 habit, as its days are not in there.", "{:,} habits, as their days are not in there."),
    "words": (
        "the question or description of 1 habit, for which there is no place here.",
        "the questions or descriptions of {:,} habits, for which there is no place here.",
    ),
    "reminder": (
        "the reminder of 1 habit: a sentence for a time of day is set in Settings.",
        "the reminders of {:,} habits: a sentence for a time of day is set in Settings.",
    ),
    "colour": ("the colour of 1 habit.", "the colours of {:,} habits."),
}


class LeftOut:
    """What was met on the way and not taken, or became something else."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._told: list[str] = []

    def count(self, why: str, number: int = 1) -> None:
        self._counts[why] += number

    def tell(self, sentence: str) -> None:
        """Of a single habit: what it became instead."""
        self._told.append(sentence)

    def sentences(self) -> Iterator[str]:
        for why, (one, many) in _SENTENCES.items():
            if number := self._counts[why]:
                yield f"Not taken: {one if number == 1 else many.format(number)}"
        yield from self._told[:MOST_TOLD]
        if (more := len(self._told) - MOST_TOLD) > 0:
            yield f"And so with {more} more."
