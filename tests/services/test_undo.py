"""What undo says: what was taken back, and in plain words what stays because it was changed since."""

from __future__ import annotations

from dataclasses import fields
from textwrap import wrap

import pytest

from coach.domain import areas, entries, goals, habits, items, prompts, shapes, templates
from coach.services.undo import ENTRY_WORDS, FIELD_WORDS, said
from coach.storage.log import GONE
from coach.storage.undo import Kept, TakenBack

LABEL = "Changed “Walk”"


def kept(*names: str) -> tuple[Kept, ...]:
    return tuple(Kept("items", "2611-a", *name.split("/")) for name in names)


@pytest.mark.parametrize(
    ("taken", "sentence"),
    [
        (TakenBack(LABEL), "Undone: changed “Walk”."),
        (
            TakenBack(LABEL, kept("start")),
            "Undone: changed “Walk”. The start stays as it is: it was changed since.",
        ),
        (
            TakenBack(LABEL, kept("start", "title", "made")),
            "Undone: changed “Walk”. The start and the title stay as they are: they were changed since.",
        ),
        (
            TakenBack(LABEL, kept("steps/a")),
            "Undone: changed “Walk”. One step stays as it is: it was changed since.",
        ),
        (
            TakenBack(LABEL, kept("why", "steps/a", "steps/b")),
            "Undone: changed “Walk”. The why and 2 steps stay as they are: they were changed since.",
        ),
        (
            TakenBack(LABEL, kept("title", "day", "start", "part", "rule")),
            "Undone: changed “Walk”. The title, the day, the start and 2 more stay as they are: "
            "they were changed since.",
        ),
        (
            TakenBack(LABEL, kept("colour")),
            "Undone: changed “Walk”. Colour stays as it is: it was changed since.",
        ),
        (
            TakenBack(LABEL, kept("start"), changed=False),
            "Left as it is: changed “Walk”. The start stays as it is: it was changed since.",
        ),
        (
            TakenBack(LABEL, kept(GONE), changed=False),
            "Left as it is: changed “Walk”. What was deleted since stays deleted.",
        ),
        (TakenBack(LABEL, changed=False), "It is so already: changed “Walk”."),
    ],
)
def test_the_sentence(taken: TakenBack, sentence: str) -> None:
    assert said("undo", taken) == sentence


def test_redo_says_so() -> None:
    assert said("redo", TakenBack(LABEL)) == "Repeated: changed “Walk”."


def test_the_longest_sentence_fits_a_small_screen() -> None:
    """40 columns, and room left for what it is about."""
    names = sorted(FIELD_WORDS, key=lambda name: len(FIELD_WORDS[name]))[-6:]
    sentence = said("undo", TakenBack(f"Changed “{'long words ' * 40}”", kept(*names, GONE)))
    assert len(wrap(sentence, 34)) <= 9
    assert "\n" not in said("undo", TakenBack("Added “a\nb”"))


def test_every_field_has_a_word() -> None:
    """So that a new field is not named by its own name, which may be no word for a person."""
    kinds = (items.Item, items.Mark, shapes.DayShape, areas.Measure, goals.Goal, prompts.Prompt)
    kinds += (entries.Session, entries.Craving, entries.Mood, entries.Entry)  # type: ignore[assignment]  # mypy reads the first line's classes only
    kinds += (templates.Template, habits.Habit)  # type: ignore[assignment]  # mypy reads the first line's classes only
    names = {field.name for kind in kinds for field in fields(kind)} - {"id"}
    assert names <= {*FIELD_WORDS, *ENTRY_WORDS}
