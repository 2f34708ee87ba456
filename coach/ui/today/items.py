"""What the keys of Today do to one thing that is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.domain.day_view import Line
from coach.domain.days import show_day
from coach.domain.items import SETTLED, State
from coach.ui.asking import ask_line, ask_reading
from coach.ui.day_words import LATER, DayWords
from coach.ui.text import fit
from coach.ui.today.targets import state_of

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading
    from coach.ui.today.cursor import DayCursor

_ENOUGH = 40
"""Cells of a title that say which thing is meant."""
_RATED: frozenset[State] = frozenset({"done", "part"})
_GUESSED: frozenset[State] = frozenset({"open", "unknown"})


async def add(page: DayCursor) -> None:
    async def save(reading: Reading) -> None:
        page.adding(reading.title)
        try:
            await page.go_to(await page.app.ask(page.app.coach.items.add, reading))
        finally:
            page.adding("")

    title = f"Add to {show_day(page.shown, page.today)}"
    await ask_reading(page.app, title, page.shown, save, draft="add", placeholder="walk 07:30 30m")


async def edit(page: DayCursor, line: Line) -> None:
    from coach.ui.one_or_all import edit

    await edit(page.app, line.item, page.shown, page.go_to)


async def move(page: DayCursor, line: Line) -> None:
    item, items = line.item, page.app.coach.items
    days = DayWords(items)

    async def put(text: str) -> None:
        await page.go_to(await page.app.ask(items.move, item.id, days.read_or_later(text)))

    await ask_line(
        page.app,
        f"Move {'only this ' if item.of else ''}“{fit(item.title, _ENOUGH)}” to",
        put,
        value="tomorrow" if page.shown == page.today else "today",
        offer=True,
        placeholder=f"tomorrow, fri, 3 dec, {LATER}",
        read=days.name,
        check=days.read_or_later,
    )


async def mark(page: DayCursor, line: Line) -> None:
    """Ticks it or opens it again; of a routine of which some is done, the rest."""
    now = state_of(line, page.saving)
    begun = (line.by_shape and now == "excused") or (now == "part" and line.item.steps)
    state: State = "open" if now in SETTLED and not begun else "done"
    with page.marking(line.item.id, state):
        await page.app.ask(page.app.coach.items.mark, line.item.id, page.shown, state)
        await page.load()


async def excuse(page: DayCursor, line: Line) -> None:
    """Not this time; said of what is excused already, it gives another reason."""
    from coach.ui.one_or_all import ask_reason

    day = page.shown
    if (reason := await ask_reason(page.app, line.item)) is not None:
        await page.app.ask(page.app.coach.items.mark, line.item.id, day, "excused", reason=reason)


async def delete(page: DayCursor, line: Line) -> None:
    from coach.ui.one_or_all import delete

    await delete(page.app, line.item)


async def shift(page: DayCursor, line: Line, by: Literal[-1, 1]) -> None:
    if line.item.start is not None:
        page.app.notice("It has a time, so its time is its place. e changes it.")
    elif not await page.app.ask(page.app.coach.items.order.shift, line.item.id, by) and line.follows:
        page.app.notice(f"It comes after “{fit(line.follows, _ENOUGH)}”, so its place is there. e changes it.")


async def pin(page: DayCursor, line: Line) -> None:
    """Stands first, or no longer."""
    await page.app.ask(page.app.coach.items.pin, line.item.id, not line.item.pinned)


async def note(page: DayCursor, line: Line) -> None:
    from coach.ui.dialogs.note import NoteDialog

    day, marks, ref = page.shown, page.app.coach.items.marks, line.item.id
    text = (await page.app.ask(marks.of, ref, day)).note
    title = f"A note on “{fit(line.item.title, _ENOUGH)}”"
    dialog = NoteDialog(title, lambda words: marks.note(ref, day, words), f"note-{ref}-{day}", text=text)
    await page.app.push_screen_wait(dialog)


async def rate(page: DayCursor, line: Line) -> None:
    """Beforehand a guess, afterwards how it was; then, once, how the two compare."""
    from coach.ui.dialogs.guess import GuessDialog, Numbers
    from coach.ui.rating_words import AFTER, BEFORE, compared

    day, marks, ref, state = page.shown, page.app.coach.items.marks, line.item.id, line.state
    if state not in _RATED | _GUESSED:
        page.app.notice("Only what was done can be rated, or what is still to come. Space opens it again.")
        return
    was = await page.app.ask(marks.of, ref, day)
    if state in _RATED:
        questions, first = AFTER, Numbers(was.pleasure, was.mastery)
    else:
        questions, first = BEFORE, Numbers(was.expected_pleasure, was.expected_mastery)
    given: list[Numbers] = []

    def save(numbers: Numbers) -> None:
        given.append(numbers)
        page.app.run_worker(page.app.ask(marks.rate, ref, day, numbers.pleasure, numbers.mastery), group="rate")

    title = f"“{fit(line.item.title, _ENOUGH)}”"
    await page.app.push_screen_wait(GuessDialog(title, questions, save, first))
    if given and state in _RATED and (words := compared(await page.app.ask(marks.of, ref, day))):
        page.app.notice(words)
