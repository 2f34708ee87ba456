"""Says what became of something on a day: its mark, a note on it, its steps, and how it was after what was guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from coach.domain.errors import NotFound
from coach.domain.items import SETTLED, Item, Mark, State
from coach.domain.text import clean
from coach.services.agenda import Agenda, mark_key
from coach.services.goals import Goals
from coach.storage.ids import mark_id
from coach.storage.store import Store

LONGEST_NOTE = 2_000
NEAR = timedelta(weeks=5)
STAYS: frozenset[State] = frozenset({"done", "part"})
"""States that go along to another day: what was done was done."""


class Marks:
    """Marks of items; of what repeats, of its time on that day. Each change keeps all else that a mark says."""

    def __init__(self, store: Store, agenda: Agenda, goals: Goals, now: Callable[[], datetime]) -> None:
        self._store, self._agenda, self._goals, self._now = store, agenda, goals, now

    def of(self, ref: str, day: date) -> Mark:
        """The mark as it stands; an open one where nothing was said yet."""
        return self._mark(self._agenda.on_day(ref, day), day)

    def set(self, ref: str, day: date, state: State, at: datetime | None = None, reason: str = "") -> None:
        """A goal's step is ticked in the same change, and so are the steps of a routine that is done or open again."""
        item = self._agenda.on_day(ref, day)
        mark = replace(self._mark(item, day), state=state, at=at or self._now(), reason=reason)
        if item.steps:
            mark = replace(mark, steps=_with(mark, item, state))
        self._put(f"{'Ticked' if state == 'done' else 'Marked'} “{item.title}”", item, mark)

    def tick_step(self, ref: str, day: date, step: str, *, done: bool) -> None:
        """The routine is done with its last step, and part of it with any other."""
        item = self._agenda.on_day(ref, day)
        if step not in item.steps:
            raise NotFound("That step is not there any more.")
        mark = self._mark(item, day)
        steps = {key: ticked for key, ticked in mark.steps.items() if key in item.steps} | {step: done}
        mark = replace(mark, state="open", at=self._now(), steps=steps).as_ticked(item)
        self._put(f"{'Ticked' if done else 'Opened'} a step of “{item.title}”", item, mark)

    def note(self, ref: str, day: date, text: str) -> None:
        """An empty text takes the note away."""
        item = self._agenda.on_day(ref, day)
        label = f"Wrote a note on “{item.title}”"
        self._put(label, item, replace(self._mark(item, day), note=clean(text, LONGEST_NOTE).strip()))

    def rate(self, ref: str, day: date, pleasure: int | None, mastery: int | None) -> None:
        """0 to 10, None leaves a number out: of what is still open a guess, of what was done how it was."""
        item = self._agenda.on_day(ref, day)
        mark = self._mark(item, day)
        if mark.state in SETTLED:
            mark = replace(mark, pleasure=pleasure, mastery=mastery)
        else:
            mark = replace(mark, expected_pleasure=pleasure, expected_mastery=mastery)
        self._put(f"Rated “{item.title}”", item, mark)

    def bring(self, before: Item, after: Item) -> Item:
        """Takes along, inside a change, what was said of something that is put elsewhere; the thing as it is to be put.

        Its mark keeps the day of its name, as that of one time of a series does: so it waits on the Later list too,
        and what another device says of it meanwhile is not lost.
        """
        day = before.on or before.day
        key = mark_key(before, day) if day and after.day != before.day else None
        mark = self._agenda.marks.get(mark_id(key.of, key.on, key.slot)) if key else None
        if mark is None:
            return after
        self._agenda.marks.put(elsewhere(mark))
        return after if after.of else replace(after, on=mark.day)

    def _mark(self, item: Item, day: date) -> Mark:
        key = mark_key(item, day)
        found = self._agenda.marks.get(mark_id(key.of, key.on, key.slot))
        return found.as_ticked(item) if found else Mark(key.of, key.on, "open", slot=key.slot)

    def _put(self, label: str, item: Item, mark: Mark) -> None:
        before = self._agenda.marks.get(mark_id(mark.subject, mark.day, mark.slot))
        done, was_done = mark.state == "done", before is not None and before.state == "done"
        with self._store.change(label):
            self._agenda.marks.put(mark)
            # A note opens no step that was ticked in its goal.
            if item.goal and item.step and (done or (was_done and not self._done_elsewhere(item, mark.day))):
                self._goals.steps.tick_within(item.goal, item.step, done=done)

    def _done_elsewhere(self, item: Item, day: date) -> bool:
        """Whether the step is done by another thing, or at another time: some weeks around are looked at."""

        def same_step(other: Item) -> bool:
            return other.id != item.id and (other.goal, other.step) == (item.goal, item.step)

        near = self._agenda.between(day - NEAR, day + NEAR, same_step)
        marks = self._agenda.marks_of(filter(same_step, near))
        return any(mark.state == "done" for mark in marks.values())


def elsewhere(mark: Mark) -> Mark:
    """As it goes to another day: excused, missed or let go of it was on its own, and is asked for there."""
    return mark if mark.state in STAYS else replace(mark, state="open")


def _with(mark: Mark, item: Item, state: State) -> dict[str, bool]:
    """The steps of a routine of which something is said as a whole: only those ticked are worth keeping."""
    if state == "done":
        return dict.fromkeys(item.steps, True)
    return {} if state == "open" else {step: True for step, ticked in mark.steps.items() if ticked}
