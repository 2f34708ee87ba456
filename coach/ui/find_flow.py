"""Finding: from the words to what holds them, on its day or in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.errors import NotFound
from coach.domain.items import Item
from coach.ui.dialogs.find import FindDialog, WholeDialog
from coach.ui.habits.view import habit_key
from coach.ui.page import Page
from coach.ui.running import RunningApp

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.domain.entries import Entry
    from coach.services.search import Hit


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: a place, its row there, and its day; or an entry to open; or nowhere."""

    place: str = ""
    key: str = ""
    day: date | None = None
    entry: Entry | None = None


async def find(app: RunningApp) -> None:
    hit = await app.push_screen_wait(FindDialog())
    if hit is None:
        return
    spot = await app.ask(spot_of, app.coach, hit)
    if spot.place:
        await go_to(app, spot)
    else:
        await app.push_screen_wait(WholeDialog(hit))


async def go_to(app: RunningApp, spot: Spot) -> None:
    """Its place, with the cursor on its row."""
    if app.current_mode != spot.place:
        await app.switch_mode(spot.place)
    while len(app.screen_stack) > 1 and isinstance(app.screen, Page):
        await app.screen.dismiss(None)  # the week may lie over Today
    if spot.entry is not None:
        from coach.ui.screens.editor import EditorScreen

        await app.push_screen_wait(EditorScreen(spot.entry))
    elif isinstance(app.screen, Page):
        await app.screen.seek(spot.key, spot.day)


def spot_of(coach: Coach, hit: Hit) -> Spot:
    """Where a hit can be seen; what has no place of its own is shown whole. In the store thread."""
    try:
        match hit.table:
            case "items":
                return _of_item(coach.items.get(hit.id), coach.items.today())
            case "marks":
                return _of_mark(coach, hit)
            case "goals":
                return Spot("goals", hit.id)
            case "habits":
                return Spot("goals", habit_key(hit.id))
            case "journal":
                return Spot("journal", hit.id, entry=coach.journal.get(hit.id))
    except (NotFound, ValueError):
        pass  # gone meanwhile, or written by a newer coach: its words can still be read
    return Spot()


def _of_item(item: Item, today: date) -> Spot:
    """On its day; of what repeats, where it comes next, or came last."""
    from coach.domain.occurrences import rule_of
    from coach.domain.repeat import last_before, next_day

    if item.day is None:
        return Spot()
    if item.rule is None:
        return Spot("today", item.id, item.day)
    rule = rule_of(item)
    day = next_day(rule, item.day, today) or last_before(rule, item.day, today)
    return Spot("today", item.id, day) if day else Spot()


def _of_mark(coach: Coach, hit: Hit) -> Spot:
    """Where the item or habit of a mark is: what was moved keeps the mark of the day it had."""
    from coach.domain.occurrences import Name

    day = date.fromisoformat(hit.day)
    try:
        item = coach.items.get(hit.subject)
    except NotFound:
        return Spot("today", habit_key(hit.subject), day)
    if item.rule is not None:
        item = coach.items.get(str(Name(item.id, day, hit.id.partition(f":{hit.day}:")[2])))
    return Spot("today", item.id, item.day) if item.day else Spot()
