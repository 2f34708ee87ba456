"""What a writer of the kill trials does until it is killed: changes of every kind, one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from functools import partial

from coach.domain.errors import NotSaved
from coach.storage.care.heal import heal
from tests.fire.nursery import Say, in_two_pieces
from tests.fire.pen import SHARED, Effect, Pen, open_now
from tests.storage.homes import NOVEMBER

MANY = 30
"""Live records of one writer from which it deletes more than it makes."""


def live(say: Say, home: str, writer: str, seed: str, alone: str) -> None:
    """One life of a writer, without end. Undo is for one that is `alone`: it takes back what anybody did last."""
    chance = random.Random(seed)
    # A clock of its own: what comes later must win by what was seen, not by luck with the time of day.
    store = open_now(home, chance.uniform(-1, 1))
    if chance.random() < 0.25:  # as every start of the full screen does, whoever else is writing meanwhile
        with suppress(NotSaved):
            heal(store, thorough=chance.random() < 0.5)
    pen = Pen(store, say, writer)
    say("found", pen.kept)
    life = _Life(pen, chance)
    with in_two_pieces() if chance.random() < 0.5 else nullcontext():
        while True:
            life.change_something()
            if alone and chance.random() < 0.1:
                pen.take_back(repeat=chance.random() < 0.5)


class _Life:
    """Chooses what to do next."""

    def __init__(self, pen: Pen, chance: random.Random) -> None:
        self._chance, self._pen = chance, pen
        self._kinds: Sequence[Callable[[], None]] = (
            *(self._insert, self._edit, self._remove, self._change_both_books),
            *(self._change_several, self._edit_shared, self._look),
        )

    def change_something(self) -> None:
        """One change of one of seven kinds, now and then a few of them through the waiting folder."""
        if self._chance.random() < 0.04:
            with self._pen.lock_busy():
                self._edit_shared()
                for _ in range(self._chance.randrange(4)):
                    self._choose()()
        else:
            self._choose()()

    def _choose(self) -> Callable[[], None]:
        removals = 40 if len(self._own()) > MANY else 10
        return self._chance.choices(self._kinds, (30, 20, removals, 14, 10, 10, 4))[0]

    def _own(self) -> list[str]:
        return [record for record in self._pen.kept if record.startswith("2611-0")]

    def _pairs(self) -> list[str]:
        return [record.removeprefix("p-") for record in self._pen.kept if record.startswith("p-=")]

    def _text(self) -> str:
        return "x" * self._chance.randrange(9_000 if self._chance.random() < 0.02 else 900)

    def _insert(self) -> None:
        record, text = self._pen.store.new_id(NOVEMBER), self._text()
        self._pen.change({record: [self._pen.step, len(text)]}, partial(self._pen.put, record, text))

    def _edit(self) -> None:
        if own := self._own():
            record = self._chance.choice(own)
            self._pen.change(self._renumbered(record), partial(self._pen.renumber, record))

    def _remove(self) -> None:
        if own := self._own():
            record = self._chance.choice(own)
            self._pen.change({record: None}, partial(self._pen.delete, record))

    def _change_both_books(self) -> None:
        """A pair, "2611-=x" and "p-=x", is there in both books with one number, or in neither."""
        pairs, what = self._pairs(), self._chance.random()
        if not pairs or what < 0.4:
            both = (f"2611-={self._pen.name()}", f"p-={self._pen.name()}")
            effect: Effect = {record: [self._pen.step, 3] for record in both}
            self._pen.change(effect, *(partial(self._pen.put, record, "two") for record in both))
            return
        name = self._chance.choice(pairs)
        both = (f"2611-{name}", f"p-{name}")
        if what < (0.8 if len(pairs) > MANY else 0.6):
            self._pen.change(dict.fromkeys(both), *(partial(self._pen.delete, record) for record in both))
        else:
            self._pen.change(self._renumbered(*both), *(partial(self._pen.renumber, record) for record in both))

    def _change_several(self) -> None:
        """Within one book: a new record, an edited one and a deleted one."""
        if len(own := self._own()) < 2:
            return
        edited, deleted = self._chance.sample(own, 2)
        new = self._pen.store.new_id(NOVEMBER)
        effect: Effect = {**self._renumbered(edited), new: [self._pen.step, 5], deleted: None}
        work = (
            partial(self._pen.put, new, "three"),
            partial(self._pen.renumber, edited),
            partial(self._pen.delete, deleted),
        )
        self._pen.change(effect, *work)

    def _edit_shared(self) -> None:
        self._pen.mark_shared(self._chance.choice(SHARED))

    def _look(self) -> None:
        self._pen.store.catch_up()

    def _renumbered(self, *records: str) -> Effect:
        return {record: [self._pen.step, self._pen.kept[record][1]] for record in records}
