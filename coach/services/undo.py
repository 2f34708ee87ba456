"""Takes the latest change back, or repeats it, and says what happened: also what was left as it is."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from coach.domain.text import one_line
from coach.storage.log import GONE
from coach.storage.store import Store
from coach.storage.undo import Kept, TakenBack

FIELD_WORDS = {
    "title": "the title",
    "day": "the day",
    "start": "the start",
    "minutes": "the length",
    "order": "the place in the list",
    "rule": "how it repeats",
    "starts": "the times of the day",
    "place": "the place",
    "tags": "the tags",
    "pinned": "whether it is pinned",
    "goal": "the goal",
    "step": "the step of the goal",
    "part": "the part of the day",
    "subject": "what it is about",
    "state": "the mark",
    "reason": "the reason",
    "at": "the time",
    "note": "the note",
    "why": "the why",
    "done": "whether it is done",
    "practice": "the practice",
    "seconds": "how long it took",
    "before": "how it felt before",
    "after": "how it felt after",
    "intensity": "how strong it was",
    "triggers": "what set it off",
    "coping": "what helped",
    "value": "the number",
    "text": "the text",
    "sentence": "the sentence",
    "days": "the weekdays",
    "on": "whether it is on",
    "times": "the times of the day",
    "leads": "how long before",
    "silent": "whether it reminds",
    "nag_every": "how soon it asks again",
    "nag_most": "how often it asks again",
    "window": "the time it comes within",
    "first": "the first day",
    "until": "the last day",
    "zone": "the time zone",
    "follows": "what it comes after",
    "area": "the area of life",
    "amount": "how much it was",
    "expected_pleasure": "the guess",
    "expected_mastery": "the guess",
    "pleasure": "how pleasant it was",
    "mastery": "how well it went",
    "kind": "the kind",
    "brought": "",
    "seen": "",
    "away": "",
    "leftovers_seen": "whether it was looked at",
    "weekdays": "the days of the week",
    "obstacle": "what may get in the way",
    "answer": "what to do then",
    "helper": "who helps",
    "review": "the day to look back",
    "review_set": "",
    "level": "how far it is",
    "began": "",
    "resting": "whether it waits",
    "unit": "what is counted",
    "tiny": "the tiny version",
    "archived": "whether it is archived",
    "run": "whether a run of days is shown",
    "remind": "when it asks",
    "remind_set": "",
    "made": "",
    "of": "",
    "slot": "",
}
"""What a person calls a field; nothing where the program keeps it for itself."""
ENTRY_WORDS = {
    "steps": "step",
    "targets": "target",
    "pauses": "pause",
    "lines": "line",
    "ladder": "rung",
    "levels": "level",
    "essentials": "essential",
}
"""What a person calls one entry of a map."""
MOST_NAMED, LONGEST_LABEL, LONGEST_NAME = 3, 80, 40


class Undo:
    """One change at a time, also after a restart; only what this device did."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str:
        """A sentence about what was taken back."""
        taken = self.take_back("undo")
        return said("undo", taken) if taken else "Nothing to undo."

    def redo(self) -> str:
        taken = self.take_back("redo")
        return said("redo", taken) if taken else "Nothing to redo."

    def take_back(self, kind: Literal["undo", "redo"]) -> TakenBack | None:
        """What was taken back, or repeated; None when there was nothing to undo, or to redo."""
        return self._store.take_back(kind)


def said(kind: Literal["undo", "redo"], taken: TakenBack) -> str:
    """What happened, in plain words; it names what was changed since and therefore stays."""
    label = one_line(taken.label)
    if len(label) > LONGEST_LABEL:
        label = f"{label[: LONGEST_LABEL - 2].rstrip()}…”"
    what = f"{label[:1].lower()}{label[1:]}"
    if taken.changed:
        verb = "Undone" if kind == "undo" else "Repeated"
    elif taken.kept:
        verb = "Left as it is"
    else:
        return f"It is so already: {what}."
    return " ".join([f"{verb}: {what}.", *_stays(taken.kept)])


def _stays(kept: tuple[Kept, ...]) -> list[str]:
    words = _words([one for one in kept if one.field != GONE])
    told = []
    if words:
        listed = " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
        many = len(words) > 1 or words[0][0].isdigit()
        stays, was = ("stay as they are", "they were") if many else ("stays as it is", "it was")
        told.append(f"{listed[:1].upper()}{listed[1:]} {stays}: {was} changed since.")
    if any(one.field == GONE for one in kept):
        told.append("What was deleted since stays deleted.")
    return told


def _words(kept: list[Kept]) -> list[str]:
    """The fields as a person calls them, each once, the first few by name."""
    whole = [FIELD_WORDS.get(one.field, one_line(one.field, LONGEST_NAME)) for one in kept if not one.entry]
    entries = Counter(one.field for one in kept if one.entry and FIELD_WORDS.get(one.field) != "")
    words = list(dict.fromkeys(filter(None, whole))) + [_entries(field, count) for field, count in entries.items()]
    if len(words) > MOST_NAMED + 1:
        return [*words[:MOST_NAMED], f"{len(words) - MOST_NAMED} more"]
    return words


def _entries(field: str, count: int) -> str:
    word = ENTRY_WORDS.get(field)
    if word is None:
        return one_line(field, LONGEST_NAME) or "an entry"
    return f"one {word}" if count == 1 else f"{count} {word}s"
