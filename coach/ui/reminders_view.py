"""What the page of all reminders shows: one's own, how they come, and what the next days bring, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from coach.domain.days import show_day, show_time
from coach.domain.prompts import Occurrence, Reason
from coach.domain.sentences import Prompt
from coach.domain.settings import Settings
from coach.ui.glyphs import Glyphs
from coach.ui.widgets.rows import Row

if TYPE_CHECKING:
    from coach.bootstrap import Coach

ROOMY = 56
"""Columns from which a line has room for its reason."""
CYCLES: dict[str, tuple[Any, ...]] = {
    "notify": ("auto", "desktop", "bell", "osc9", "osc777", "osc99", "none"),
    "notify_titles": (False, True),
}
"""What Space goes through."""
ALL, STARTS, HOURS, CAP, QUIET, TEST = "all", "starts", "hours", "cap", "quiet", "test"
"""Keys of the rows that are not a sentence of the person's own."""
COMING = "coming "
"""Opens the key of a row about something to come; the key of the occurrence follows."""
_NOTIFY = {
    "auto": "as this computer can",
    "desktop": "notices of the desktop",
    "bell": "a bell",
    "osc9": "the terminal (OSC 9)",
    "osc777": "the terminal (OSC 777)",
    "osc99": "the terminal (OSC 99)",
    "none": "not at all",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next days' reminders, on the clock of this computer."""

    occurrence: Occurrence
    at: datetime
    """Local: when it comes, which may be before the time it is about."""


@dataclass(frozen=True, slots=True)
class RemindersView:
    """Everything on the page."""

    settings: Settings
    own: tuple[Prompt, ...]
    coming: tuple[Coming, ...]
    held: Counter[Reason]
    quiet_until: datetime | None
    today: date


def fetch(coach: Coach) -> RemindersView:
    """Runs in the store thread."""
    zone = coach.prompts.zone()
    coming = tuple(Coming(one, one.instant.astimezone(zone)) for one in coach.prompts.coming())
    until, today = coach.quiet.until(), coach.now().astimezone(zone).date()
    return RemindersView(coach.settings.now, coach.sentences.all(), coming, coach.prompts.held(), until, today)


def reminder_rows(view: RemindersView, glyphs: Glyphs, width: int) -> list[Row]:
    """The page in lines."""
    roomy, gap = width >= ROOMY, Row("", kind="gap")
    return [
        Row("Your own sentences", kind="heading"),
        *_own(view, glyphs, roomy),
        gap,
        Row("How they come", kind="heading"),
        *_ways(view, glyphs, roomy),
        gap,
        Row("The next seven days", kind="heading"),
        *_coming(view, roomy),
    ]


def _own(view: RemindersView, glyphs: Glyphs, roomy: bool) -> Iterator[Row]:
    for one in view.own:
        right = one.more(view.settings.clock) if roomy else ""
        time = show_time(one.at, view.settings.clock)
        yield Row(one.sentence, key=one.id, mark=glyphs.box("done" if one.on else "open"), time=time, right=right)
    yield Row("a adds a sentence at a time of day." if roomy else "a adds one of your own.", kind="note", indent=4)


def _ways(view: RemindersView, glyphs: Glyphs, roomy: bool) -> Iterator[Row]:
    settings = view.settings
    starts = "Things with a time, when they begin" if roomy else "When something begins"
    yield Row(starts, key=STARTS, mark=glyphs.box("done" if settings.reminders else "open"))
    paused = "nothing comes until you switch it off" if roomy and settings.pause_prompts else ""
    yield Row("Pause all", key=ALL, mark=glyphs.box("done" if settings.pause_prompts else "open"), right=paused)
    yield Row("Quiet for now", key=QUIET, right=_quiet(view))
    yield Row("Quiet hours", key=HOURS, right=hours_words(settings))
    yield Row(
        "Suggestions of coach's own a day" if roomy else "Suggestions a day",
        key=CAP,
        right=f"at most {settings.prompt_cap}" if settings.prompt_cap else "none",
    )
    told = "While coach is closed, by" if roomy else "When closed, by"
    yield Row(told, key="notify", right=_NOTIFY[settings.notify])
    said = "what it is about" if settings.notify_titles else "only how many"
    yield Row("Such a notice says", key="notify_titles", right=said)
    yield Row("Send one now, to try", key=TEST, right="Space sends it" if roomy else "")
    yield from (Row(words, kind="note", indent=4) for words in held_words(view))


def _quiet(view: RemindersView) -> str:
    if view.quiet_until is None:
        return "no"
    day = "" if view.quiet_until.date() == view.today else "tomorrow, "
    return f"until {day}{show_time(view.quiet_until.time(), view.settings.clock)}"


def hours_words(settings: Settings) -> str:
    if settings.quiet_from == settings.quiet_to:
        return "none"
    return f"{show_time(settings.quiet_from, settings.clock)} to {show_time(settings.quiet_to, settings.clock)}"


def held_words(view: RemindersView) -> Iterator[str]:
    """What is due and waits, counted: nobody has to guess why nothing came."""
    words: dict[Reason, str] = {
        "quiet": "held back while it is quiet; it comes afterwards.",
        "cap": "more than the day has room for.",
        "paused": "passed by, switched off.",
    }
    yield from (f"{view.held[reason]} {said}" for reason, said in words.items() if view.held[reason])


def _coming(view: RemindersView, roomy: bool) -> Iterator[Row]:
    if not view.coming:
        paused = "Everything is paused." if view.settings.pause_prompts else "Nothing comes in the next seven days."
        yield Row(paused, kind="note", indent=4)
    day: date | None = None
    for one in view.coming:
        if one.at.date() != day:
            day = one.at.date()
            name = show_day(day, view.today)
            yield Row(name[:1].upper() + name[1:], kind="note", indent=2)
        yield Row(
            one.occurrence.title,
            key=f"{COMING}{one.occurrence.key}",
            time=show_time(one.at.time(), view.settings.clock),
            right=one.occurrence.why if roomy else "",
        )
