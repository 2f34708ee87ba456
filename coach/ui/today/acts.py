"""What each key of Today does, by what the cursor is on; loaded with the first of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from coach.domain.day_view import Line, Section
from coach.domain.gaps import Gap
from coach.domain.items import SETTLED, State
from coach.ui.today import items, routines
from coach.ui.today.targets import StepPlace, section_key

if TYPE_CHECKING:
    from coach.domain.habits import HabitView
    from coach.ui.today.cursor import DayCursor

ITEM: dict[str, Callable[[DayCursor, Line], Awaitable[None]]] = {
    "mark": items.mark,
    "edit": items.edit,
    "open": items.edit,
    "move": items.move,
    "delete": items.delete,
    "excuse": items.excuse,
    "down": partial(items.shift, by=1),
    "up": partial(items.shift, by=-1),
    "note": items.note,
    "rate": items.rate,
    "pin": items.pin,
    "steps": routines.add_steps,
}
ROUTINE = {**ITEM, "open": routines.fold}
STEP: dict[str, Callable[[DayCursor, StepPlace], Awaitable[None]]] = {
    "mark": routines.mark,
    "edit": routines.edit,
    "open": routines.edit,
    "delete": routines.delete,
    "down": partial(routines.shift, by=1),
    "up": partial(routines.shift, by=-1),
    "steps": routines.add_more,
}


async def act(page: DayCursor, key: str) -> None:
    """Does it to what the cursor is on; a key that means nothing there does nothing."""
    target = page.target
    if isinstance(target, Line):
        if do := (ROUTINE if target.item.steps else ITEM).get(key):
            await do(page, target)
    elif isinstance(target, StepPlace):
        if change := STEP.get(key):
            await change(page, target)
    elif isinstance(target, Gap):
        if key == "open":
            await ideas(page)
    elif isinstance(target, Section):
        if key == "open":
            page.turn(section_key(target))
    elif target is not None:
        await _habit(page, key, target)


async def add(page: DayCursor) -> None:
    """Inside a routine that is unfolded its steps, anywhere else something for the day."""
    target = page.target
    if isinstance(target, StepPlace):
        await routines.add_more(page, target)
    elif isinstance(target, Line) and target.item.steps and target.item.id in page.opened:
        await routines.add_steps(page, target)
    else:
        await items.add(page)


async def ideas(page: DayCursor) -> None:
    """Something small to do: on free room under the cursor there, else any time of the day."""
    from coach.ui.dialogs.ideas import IdeasDialog

    target = page.target
    start, minutes = (target.start, target.minutes) if isinstance(target, Gap) else (None, None)
    if (item := await page.app.push_screen_wait(IdeasDialog(page.shown, start, minutes))) is not None:
        await page.go_to(item)


async def _habit(page: DayCursor, key: str, view: HabitView) -> None:
    from coach.ui.habits import flow as habits
    from coach.ui.habits.view import habit_key

    if key == "mark":
        state: State = "open" if view.state in SETTLED else "done"
        with page.marking(habit_key(view.habit.id), state):
            await habits.mark(page.app, view, page.shown)
            await page.load()
    else:
        await habits.act(page.app, key, view, page.shown)
