"""Says what became of something on a day: its mark, a note on it, its steps, and how it was after what was guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from coach.domain.errors import NotFound
from coach.domain.items import SETTLED, Item, Mark, State
from coach.domain.text import clean
from coach.services.agenda import Agenda, mark_id, mark_key
from coach.services.goals import Goals
from coach.storage.store import Store

LONGEST_NOTE = 2_000


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
        if item.steps and state in ("done", "open"):
            mark = replace(mark, steps=dict.fromkeys(item.steps, True) if state == "done" else {})
        self._put(f"{'Ticked' if state == 'done' else 'Marked'} “{item.title}”", item, mark)

    def tick_step(self, ref: str, day: date, step: str, *, done: bool) -> None:
        """The routine is done with its last step, and part of it with any other."""
        item = self._agenda.on_day(ref, day)
        if step not in item.steps:
            raise NotFound("That step is not there any more.")
        mark = self._mark(item, day)
        steps = {key: ticked for key, ticked in mark.steps.items() if key in item.steps} | {step: done}
        ticked = sum(steps.values())
        state: State = "done" if ticked == len(item.steps) else "part" if ticked else "open"
        label = f"{'Ticked' if done else 'Opened'} a step of “{item.title}”"
        self._put(label, item, replace(mark, state=state, at=self._now(), steps=steps))

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

    def _mark(self, item: Item, day: date) -> Mark:
        key = mark_key(item, day)
        return self._agenda.marks.get(mark_id(key.of, key.on, key.slot)) or Mark(key.of, key.on, "open", slot=key.slot)

    def _put(self, label: str, item: Item, mark: Mark) -> None:
        before = self._agenda.marks.get(mark_id(mark.subject, mark.day, mark.slot))
        done, was_done = mark.state == "done", before is not None and before.state == "done"
        with self._store.change(label):
            self._agenda.marks.put(mark)
            if item.goal and item.step and (done or was_done):  # a note opens no step that was ticked in its goal
                self._goals.steps.tick_within(item.goal, item.step, done=done)
