"""What the keys of Today do to the steps inside a routine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.domain.day_view import Line
from coach.domain.items import State
from coach.domain.step_lengths import with_length
from coach.ui.asking import ask_line, needs_words
from coach.ui.text import fit
from coach.ui.today.targets import StepPlace, step_key

if TYPE_CHECKING:
    from coach.ui.today.cursor import DayCursor

_ENOUGH = 40


async def add_steps(page: DayCursor, line: Line) -> None:
    """Asks for steps, and unfolds them."""
    from coach.ui.dialogs.steps import StepsDialog

    page.opened.add(line.item.id)
    await page.app.push_screen_wait(StepsDialog(line.item.id, line.item.title, page.app.coach.items.routines.add_steps))
    await page.load()


async def add_more(page: DayCursor, place: StepPlace) -> None:
    await add_steps(page, place.line)


async def fold(page: DayCursor, line: Line) -> None:
    """Shows the steps, or hides them."""
    page.turn(line.item.id)


async def mark(page: DayCursor, place: StepPlace) -> None:
    state: State = "open" if place.ticked else "done"
    ref, tick = place.line.item.id, page.app.coach.items.marks.tick_step
    with page.marking(step_key(place.line.item, place.key), state):
        await page.app.ask(tick, ref, page.shown, place.key, done=not place.ticked)
        await page.load()


async def edit(page: DayCursor, place: StepPlace) -> None:
    ref, change = place.line.item.id, page.app.coach.items.routines.edit_step
    value = with_length(place.step.title, place.step.minutes)
    await ask_line(
        page.app,
        "Change the step",
        lambda words: page.app.ask(change, ref, place.key, words),
        value=value,
        check=lambda line: needs_words(line, "d deletes a step."),
    )


async def delete(page: DayCursor, place: StepPlace) -> None:
    title = await page.app.ask(page.app.coach.items.routines.remove_step, place.line.item.id, place.key)
    page.app.notice(f"Deleted the step “{fit(title, _ENOUGH)}”. u brings it back.")


async def shift(page: DayCursor, place: StepPlace, by: Literal[-1, 1]) -> None:
    await page.app.ask(page.app.coach.items.routines.shift_step, place.line.item.id, place.key, by)
