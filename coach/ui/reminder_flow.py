"""What the page of all reminders asks for: a sentence and its times, quiet hours, how many, and one sent to try."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

from coach.domain.days import show_time
from coach.domain.errors import Refused
from coach.domain.prompt_line import read_line, write_line
from coach.domain.quiet import read_length
from coach.domain.sentences import Prompt
from coach.ui.asking import ask_line
from coach.ui.clock_times import read_time
from coach.ui.reminders_view import CAP, HOURS, QUIET, hours_words

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

TRIED = "coach: this is a test."
MOST_SUGGESTIONS = 50


async def ask_prompt(app: CoachApp, prompt: Prompt | None) -> str:
    """The id of a sentence that was added or changed; empty when it was not. What is typed is read back at once."""
    sentences, today = app.coach.sentences, app.coach.now().date()
    kept = prompt.id if prompt else ""

    async def keep(text: str) -> None:
        nonlocal kept
        fields = read_prompt(text, today)
        if prompt is None:
            kept = (await app.ask(sentences.add, **fields)).id
        else:
            await app.ask(sentences.change, prompt.id, **fields)

    await ask_line(
        app,
        "Change the reminder" if prompt else "Remind me",
        keep,
        value=write_line(prompt) if prompt else "",
        draft="" if prompt else "prompt",
        placeholder="16:30 Drink something, look outside",
        read=lambda text: reading_words(text, today, app.coach.settings.now.clock),
        check=lambda text: read_prompt(text, today),
    )
    return kept


def read_prompt(text: str, today: date) -> dict[str, Any]:
    """ "16:30 Drink something": the fields of a Prompt, which could be kept as they are."""
    fields = read_line(text, read_time, today)
    Prompt("", **fields)
    return fields


def reading_words(text: str, today: date, clock: int = 24) -> str:
    """How a line is understood: "08:00 and 20:00, Mon Wed: Take a walk"; nothing while it is not yet a reminder."""
    try:
        prompt = Prompt("", **read_prompt(text, today))
    except Refused:
        return ""
    more = prompt.more(clock) or "every day"
    between = " " if more.startswith(("and ", "to ")) else ", "
    return f"{show_time(prompt.at, clock)}{between}{more}: {prompt.sentence}"


async def ask_limit(app: CoachApp, key: str) -> None:
    """Quiet hours, the number of suggestions, or quiet for a while."""
    asks: Mapping[str, Callable[[CoachApp], Awaitable[None]]] = {HOURS: _ask_hours, CAP: _ask_cap, QUIET: _ask_quiet}
    await asks[key](app)


async def _ask_hours(app: CoachApp) -> None:
    settings = app.coach.settings

    async def keep(text: str) -> None:
        first, last = read_hours(text)
        await app.ask(settings.change, quiet_from=first, quiet_to=last)

    now = settings.now
    value = "none" if now.quiet_from == now.quiet_to else hours_words(now)
    await ask_line(app, "Quiet hours, from and to, or none", keep, value=value, check=read_hours, offer=True)


async def _ask_cap(app: CoachApp) -> None:
    settings = app.coach.settings

    async def keep(text: str) -> None:
        await app.ask(settings.change, prompt_cap=read_cap(text))

    title, now = "How many suggestions of coach's own a day, at most?", str(settings.now.prompt_cap)
    await ask_line(app, title, keep, value=now, check=read_cap, offer=True)


async def _ask_quiet(app: CoachApp) -> None:
    """Ends the quiet there is, or asks how long a new one is to last."""
    quiet = app.coach.quiet
    if await app.ask(quiet.until):
        await app.ask(quiet.end)
        return

    async def keep(text: str) -> None:
        await app.ask(quiet.ask, read_length(text))

    await ask_line(app, "Quiet for how long? 2h, 45m or 1h30", keep, value="2h", check=read_length, offer=True)


async def send_test(app: CoachApp) -> None:
    """Says which way it went; that it was seen, only the person can tell."""
    notices = app.coach.notices
    if notices.is_off:
        app.notice("While coach is closed nothing is told: that is switched off above.")
        return
    took = await app.ask(notices.send, TRIED)
    app.notice(notices.trouble or "Sent. Did you see or hear it?", "information" if took else "warning")


def read_hours(text: str) -> tuple[time, time]:
    """ "22:00 to 7:00", "10 pm - 7 am" or "none"; Refused for anything else."""
    words = text.strip().casefold()
    if words in ("", "none", "no"):
        return time(0), time(0)
    for between in (" to ", "-", "–"):
        first, found, last = words.partition(between)
        if found:
            return read_time(first.strip()), read_time(last.strip())
    raise Refused(f"“{words[:20]}” is not from one time to another. Give it as 22:00 to 7:00, or none.")


def read_cap(text: str) -> int:
    """0 to MOST_SUGGESTIONS; Refused for anything else."""
    words = text.strip()
    if not (words.isascii() and words.isdecimal() and int(words[:4]) <= MOST_SUGGESTIONS):
        raise Refused(f"“{words[:20]}” is not a number from 0 to {MOST_SUGGESTIONS}.")
    return int(words)
