"""Keeps templates: a day copied to be used again, and the three lines of a low-energy day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from coach.domain.days import show_day
from coach.domain.errors import NotFound, Refused
from coach.domain.items import Item
from coach.domain.templates import ESSENTIALS, LOW, MOST_LINES, Template, TemplateLine, key_of, line_from
from coach.domain.text import one_line
from coach.services.items import Items
from coach.storage.ids import PLAN, month_book, ulid
from coach.storage.records import Records
from coach.storage.store import Store

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading


class Templates:
    """The person's own; of the low-energy one there is always one, theirs or the one that ships with coach."""

    def __init__(self, store: Store, items: Items, now: Callable[[], datetime]) -> None:
        self._store, self._items, self._now = store, items, now
        self._templates = Records(store, "templates", Template)
        self._planned = Records(store, "items", Item)

    def all(self) -> tuple[Template, ...]:
        """Those that fill a day, by name; the low-energy one is `low`."""
        found = [one for one in self._templates.all(PLAN) if one.id != LOW.id]
        return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))

    def get(self, template: str) -> Template:
        found = self._templates.get(template) or (LOW if template == LOW.id else None)
        if found is None:
            raise NotFound("That template is not there any more.")
        return found

    def low(self) -> Template:
        return self.get(LOW.id)

    def usual_for(self, day: date) -> Template | None:
        """The one that is usual on that day of the week."""
        return next((one for one in self.all() if day.weekday() in one.weekdays), None)

    def offered_for(self, day: date) -> Template | None:
        """The same, while nothing is on that day."""
        return None if self._items.view(day).lines else self.usual_for(day)

    def keep_day(self, day: date, title: str) -> Template:
        """The things of a day as they are planned, those of what repeats too; what was let go is left out."""
        lines = [line for line in self._items.view(day).lines if line.state not in ("dropped", "moved")][:MOST_LINES]
        if not lines:
            raise Refused("There is nothing on this day to keep. Plan a few things first.")
        kept = {ulid(): line_from(line.item, float(place)) for place, line in enumerate(lines, 1)}
        template = Template(self._store.new_id(PLAN), self._free_name(title), made=self._now(), lines=kept)
        self._put(f"Kept {show_day(day)} as", template)
        return template

    def apply(self, template: str, day: date) -> int:
        """Puts on a day what it does not have already; how many things that were."""
        found = self.get(template)
        with self._store.change(f"Filled {show_day(day)} from “{found.title}”"):
            return len(self.put(found, day, [line.item for line in self._items.view(day).lines]))

    def put(self, template: Template, day: date, here: Sequence[Item]) -> list[Item]:
        """Its lines beside what will be on that day; call inside `store.change`."""
        order, known = max((item.order for item in here), default=0.0), {key_of(item) for item in here}
        new = [line for _, line in template.in_order() if key_of(line) not in known]
        room, added = self._items.pins.room(day), []
        for place, line in enumerate(new, 1):
            added.append(self.put_line(replace(line, pinned=line.pinned and room > 0), day, order + place))
            room -= line.pinned
        return added

    def put_line(self, line: TemplateLine, day: date, order: float, wanted: str = "") -> Item:
        """One thing on a day, under a name of its own where that is still free; call inside `store.change`."""
        is_free = bool(wanted) and self._planned.get(wanted) is None
        item = Item(
            wanted if is_free else self._store.new_id(month_book(day)),
            line.title,
            day,
            line.start,
            line.minutes,
            order,
            made=self._now(),
            part=line.part,
            follows=line.follows,
            place=line.place,
            tags=line.tags,
            area=line.area,
            pinned=line.pinned,
            leads=line.leads,
            silent=line.silent,
            steps=dict(line.steps),
        )
        self._planned.put(item)
        return item

    def rename(self, template: str, title: str) -> None:
        found = self.get(template)
        if one_line(title).casefold() != found.title.casefold():
            title = self._free_name(title)
        self._put("Renamed", replace(found, title=one_line(title)))

    def use_on(self, template: str, weekdays: tuple[int, ...]) -> None:
        """The days of the week it is usual on; one that was usual on any of them is so no longer."""
        with self._store.change(f"Changed “{self.get(template).title}”"):
            for other in self.all():
                left = tuple(day for day in other.weekdays if day not in weekdays)
                if left != other.weekdays:
                    self._templates.put(replace(other, weekdays=left))
            self._templates.put(replace(self.get(template), weekdays=tuple(sorted(set(weekdays)))))

    def remove(self, template: str) -> Template:
        """Of the low-energy one, what ships with coach comes back."""
        found = self.get(template)
        if self._templates.get(template):
            with self._store.change(f"Deleted “{found.title}”"):
                self._templates.remove(template)
        return found

    def add_line(self, template: str, reading: Reading) -> None:
        """A line as it was typed; each of several times is a line of its own, and the day in it means nothing here."""
        found = self.get(template)
        last = max((line.order for line in found.lines.values()), default=0.0)
        self._put_lines("Added to", found, {ulid(): line for line in _lines(reading, last + 1)})

    def change_line(self, template: str, line: str, reading: Reading) -> None:
        """Each of several times is a line of its own here too; what a line cannot say stays."""
        found, before = self._found(template, line)
        part = reading.part or (None if reading.start else before.part)
        area = before.area if reading.area is None else reading.area
        changed = [replace(one, part=part, steps=before.steps, area=area) for one in _lines(reading, before.order)]
        self._put_lines("Changed a line of", found, {line: changed[0]} | {ulid(): one for one in changed[1:]})

    def remove_line(self, template: str, line: str) -> None:
        found, _ = self._found(template, line)
        self._put(
            "Took a line from", replace(found, lines={key: one for key, one in found.lines.items() if key != line})
        )

    def _put_lines(self, label: str, found: Template, new: dict[str, TemplateLine]) -> None:
        lines, most = {**found.lines, **new}, ESSENTIALS if found.kind == "low" else MOST_LINES
        if len(lines) > max(most, len(found.lines)):
            raise Refused(f"{most} lines are enough for “{found.title}”. Take one away first; u brings it back.")
        self._put(label, replace(found, lines=lines))

    def _found(self, template: str, line: str) -> tuple[Template, TemplateLine]:
        found = self.get(template)
        if line not in found.lines:
            raise NotFound("That line is not there any more.")
        return found, found.lines[line]

    def _free_name(self, title: str) -> str:
        title = one_line(title)
        if any(one.title.casefold() == title.casefold() for one in self.all()):
            raise Refused(f"There is a template called “{title}” already. Give another name, or delete that one first.")
        return title

    def _put(self, label: str, template: Template) -> None:
        with self._store.change(f"{label} “{template.title}”"):
            self._templates.put(template)


def _lines(reading: Reading, order: float) -> list[TemplateLine]:
    """One for each of its times."""
    line = TemplateLine(
        reading.title,
        order,
        minutes=reading.minutes,
        part=reading.part,
        follows=reading.follows,
        place=reading.place,
        tags=reading.tags,
        area=reading.area or "",
        pinned=reading.pinned,
        leads=reading.leads,
        silent=reading.silent,
    )
    starts = reading.starts or (reading.start,)
    return [replace(line, start=start, order=order + place) for place, start in enumerate(starts)]
