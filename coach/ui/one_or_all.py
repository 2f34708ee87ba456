"""Asks how much of what repeats a key means, does it, and says exactly what was done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from coach.domain.days import show_day
from coach.domain.items import Item
from coach.domain.text import one_line
from coach.ui.asking import ask_line, ask_reading
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.domain.quickadd import Reading
    from coach.services.series import Scope
    from coach.ui.app import CoachApp

_ENOUGH = 40
"""Cells of a title that say which thing is meant."""
_THIS = Answer("this", "Only this one")
_OWN_WORDS = "own"
_LONGEST_REASON = 100
REASONS = ("Ill", "Away", "Too much")
"""Why something may be excused; any other word can be typed."""


_CHANGES: dict[str, str] = {
    "this": "Change only this one",
    "following": "Change it from here on",
    "all": "Change all of them",
}
"""What is asked for once it is known which."""


async def edit(app: CoachApp, item: Item, day: date, follow: Callable[[Item], Awaitable[None]]) -> None:
    """Asks for the line of an item, of what repeats first which times are meant; `follow` is given what it became."""
    items = app.coach.items
    scope: Scope | None = await _choose_scope(app, item) if item.of else "this"
    if scope is None:
        return

    async def save(reading: Reading) -> None:
        changed = (
            app.ask(items.series.change, item.id, reading, scope) if item.of else app.ask(items.edit, item.id, reading)
        )
        await follow(await changed)

    line = await app.ask(items.series.line, item.id, scope, app.coach.settings.now.day_start)
    title = _CHANGES[scope] if item.of else "Change"
    ends = "It no longer repeats then." if scope != "this" else ""
    await ask_reading(app, title, item.day or day, save, value=line, area=item.area, once=ends)


async def _choose_scope(app: CoachApp, item: Item) -> Scope | None:
    """How much of a series is to change; None when the person went back."""
    about, by_day, only_day = await app.ask(_told, app.coach, item)
    following = Answer("following", "This day and all after it" if by_day else "This and all after it")
    answers = [_THIS, *([] if only_day else [following]), Answer("all", "All of them")]
    return cast("Scope | None", await _choose(app, f"Change which “{fit(item.title, _ENOUGH)}”?", answers, about))


async def delete(app: CoachApp, item: Item) -> None:
    """Deletes an item; of what repeats as much as the person says."""
    items, title = app.coach.items, fit(item.title, _ENOUGH)
    if not item.of:
        await app.ask(items.remove, item.id)
        app.notice(f"Deleted “{title}”. u brings it back.")
        return
    about, by_day, only_day = await app.ask(_told, app.coach, item)
    end = Answer("end", "End it from this day on" if by_day else "End it here (this and all after)")
    answers = [_THIS, *([] if only_day else [end]), Answer("all", "All of it")]
    picked = await _choose(app, f"Delete which “{title}”?", answers, about)
    if picked == "this":
        await app.ask(items.remove, item.id)
        app.notice("Dropped this one. u brings it back.")
    elif picked == "end":
        await app.ask(items.series.end, item.id)
        since = f" from {show_day(item.on, items.today())} on" if item.on else ""
        app.notice(f"Ended “{title}”: nothing more{since}. u brings it back.")
    elif picked == "all":
        await app.ask(items.series.remove, item.id)
        app.notice(f"Deleted all of “{title}”. u brings it back.")


async def ask_reason(app: CoachApp, item: Item) -> str | None:
    """Why something is excused, "" for no reason; None when the person went back."""
    return await ask_why(app, f"Excuse “{fit(item.title, _ENOUGH)}”{' this once' if item.of else ''}?")


async def ask_why(app: CoachApp, question: str) -> str | None:
    """The same, for whatever the question names."""
    answers = [Answer("", "No reason needed"), *(Answer(word.lower(), word) for word in REASONS)]
    answers.append(Answer(_OWN_WORDS, "In my own words"))
    picked = await _choose(app, question, answers, "It counts against nothing. Space opens it again.")
    if picked == _OWN_WORDS:
        picked = await ask_line(app, "Why?", _keep, placeholder="visitors")
    return one_line(picked, _LONGEST_REASON) if picked else picked


async def _choose(app: CoachApp, question: str, answers: list[Answer], about: str) -> str | None:
    return await app.push_screen_wait(ChooseDialog(question, answers, about))


async def _keep(_reason: str) -> None:
    """It is kept with the mark."""


def _told(coach: Coach, item: Item) -> tuple[str, bool, bool]:
    """How it repeats; whether a day has several times of it, and whether there is one such day. In the store thread."""
    from coach.domain.occurrences import rule_of
    from coach.domain.reading_words import say_series

    series = coach.items.series.of(item.id)
    by_day = bool(series.starts)
    words = say_series(series, coach.items.today(), coach.settings.now.clock)
    return f"It repeats: {words}.", by_day, by_day and rule_of(series).count == 1
