"""Puts things in their order: where something new comes, and one place up or down among what stands with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from coach.domain.day_view import DayView
from coach.domain.items import Item
from coach.domain.planner import shifted
from coach.domain.text import title_key
from coach.services.agenda import Agenda
from coach.storage.store import Store


class Order:
    """Of things without a start: a time is its own place."""

    def __init__(self, store: Store, agenda: Agenda, view: Callable[[date], DayView]) -> None:
        self._store, self._agenda, self._view = store, agenda, view

    def last(self, day: date | None) -> float:
        """Below all that is on a day, or on the Later list."""
        return max((item.order for item in self._agenda.on(day)), default=0.0) + 1

    def shift(self, item: str, by: Literal[-1, 1]) -> bool:
        """One place up or down among its peers; False where there is no place."""
        found = self._agenda.get(item)
        peers = self._peers(found)
        index = next((index for index, peer in enumerate(peers) if peer.id == item), -1)
        if index < 0 or not (orders := shifted([peer.order for peer in peers], index, by)):
            return False
        with self._store.change(f"Moved “{found.title}”"):
            for place, order in orders.items():
                self._put(peers[place], order)
        return True

    def _peers(self, item: Item) -> list[Item]:
        """As they are shown, one under another: what stands first is among itself, and what comes after one thing."""
        if item.day is None:
            return in_order(self._agenda.undated())
        for section in self._view(item.day).sections:
            here = [line.item for line in section.things]
            if any(one.id == item.id for one in here):
                after = title_key(item.follows)
                return [one for one in here if one.start is None and title_key(one.follows) == after]
        return []

    def _put(self, item: Item, order: float) -> None:
        """What repeats has one place among the others on all its days."""
        items = self._agenda.items
        if item.of is None or items.get(item.id):
            items.put(replace(item, order=order))
        if item.of and (series := items.get(item.of)):
            items.put(replace(series, order=order))


def in_order(items: Iterable[Item]) -> list[Item]:
    """As the person put them."""
    return sorted(items, key=lambda item: (item.order, item.id))
