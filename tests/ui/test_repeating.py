"""What repeats on Today: each key asks which times are meant, does only that, and says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.day_view import Line as Shown
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine, Line
from coach.ui.dialogs.choose import ChooseDialog
from coach.ui.screens.today import TodayPage
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


def times(app: CoachApp, words: str, first: int = 0, last: int = 3) -> list[str]:
    """The lines of some days, counted from today, whose title has the words: "23 12:00 done"."""
    views = app.coach.items.views(TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    return [
        f"{view.day.day} {line.time} {line.state}"
        for view in views
        for section in view.sections
        for line in section.lines
        if isinstance(line, Shown) and words in line.item.title
    ]


async def on_today(app: CoachApp, pilot: Run) -> None:
    await until(pilot, lambda: isinstance(app.screen, TodayPage))


async def stand_on(app: CoachApp, pilot: Run, start: str) -> None:
    """The cursor on today's time with this start."""
    await on_today(app, pilot)
    assert isinstance(app.screen, TodayPage)
    rows = app.screen.rows
    await until(pilot, lambda: any(rows.move_to(row.key) for row in rows.rows if row.time == start))
    await pilot.pause()


async def choose(app: CoachApp, pilot: Run, *keys: str) -> str:
    """Presses the first key, waits for the question, gives the rest, and returns the question."""
    await pilot.press(keys[0])
    await until(pilot, lambda: isinstance(app.screen, ChooseDialog))
    question = frame(app)
    await pilot.press(*keys[1:])
    return question


async def change_line(app: CoachApp, pilot: Run, title: str, old: str, new: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, AskLine) and title in frame(app))
    field = app.screen.query_one(Input)
    assert old in field.value, field.value
    field.value = field.value.replace(old, new)
    await pilot.press("enter")
    await on_today(app, pilot)


async def test_each_key_asks_which_times_are_meant(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "Nothing here yet.")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine))
        app.screen.query_one(Input).value = "walk every day 12:00 30m"
        await until_shown(pilot, "walk, every day 12:00, 30 min, next today")
        assert not times(app, "walk"), "nothing is saved before Enter"
        await pilot.press("enter")
        await until_shown(pilot, "› [ ] 12:00  walk")  # the cursor goes to its time of this day
        await _leaving_changes_nothing(app, pilot)
        await _space_and_excuse_are_of_one_time(app, pilot)
        await _edit_of_one_of_those_after_and_of_all(app, pilot)
        await _one_is_moved(app, pilot)
        await _delete_of_one_of_those_after_and_of_all(app, pilot)


async def _leaving_changes_nothing(app: CoachApp, pilot: Run) -> None:
    before = times(app, "walk")
    for key in ("e", "d", "s", "enter"):
        await choose(app, pilot, key, "9", "escape")
        await on_today(app, pilot)
    question = await choose(app, pilot, "e")
    for words in ("Change which “walk”?", "It repeats: every day 12:00.", "1  Only", "2  This and all", "3  All of"):
        assert words in question
    await pilot.press("down", "enter")
    await until_shown(pilot, "Change it from here on")
    assert "no longer repeats" not in frame(app)
    app.screen.query_one(Input).value = "walk 14:00"
    await until_shown(pilot, "It no longer repeats then.")
    await pilot.press("escape")
    await on_today(app, pilot)
    assert times(app, "walk") == before and len(before) == 4


async def _space_and_excuse_are_of_one_time(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "12:00")
    await pilot.press("space")
    await until_shown(pilot, "[✓] 12:00  walk")
    assert [one[-4:] for one in times(app, "walk")] == ["done", "open", "open", "open"]
    assert "Excuse “walk” this once?" in await choose(app, pilot, "s", "2")
    await until_shown(pilot, "excused, ill")
    await choose(app, pilot, "s", "5")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    await pilot.press(*"mum came", "enter")
    await until_shown(pilot, "excused, mum came")
    await choose(app, pilot, "s", "enter")
    await until(pilot, lambda: "excused" in frame(app) and "excused," not in frame(app))
    assert "0 of" not in frame(app), "what is excused is not counted"
    assert [one[-4:] for one in times(app, "walk")] == ["used", "open", "open", "open"]
    await pilot.press("space")
    await until_shown(pilot, "[ ] 12:00  walk")


async def _edit_of_one_of_those_after_and_of_all(app: CoachApp, pilot: Run) -> None:
    await choose(app, pilot, "e", "1")
    await change_line(app, pilot, "Change only this one", "12:00", "13:15")
    await until_shown(pilot, "› [ ] 13:15  walk")
    assert [one[3:8] for one in times(app, "walk")] == ["13:15", "12:00", "12:00", "12:00"]
    await pilot.press("right")
    await stand_on(app, pilot, "12:00")
    await choose(app, pilot, "enter", "2")
    await change_line(app, pilot, "Change it from here on", "12:00", "14:00")
    await until_shown(pilot, "› [ ] 14:00  walk")
    assert [one[3:8] for one in times(app, "walk")] == ["13:15", "14:00", "14:00", "14:00"]
    await choose(app, pilot, "e", "3")
    await change_line(app, pilot, "Change all of them", "every day 14:00", "every friday 15:00")
    await until_shown(pilot, "“walk” comes next Friday 27 November.")
    assert times(app, "walk", 1, 5) == ["27 15:00 open"]
    await pilot.press("u")
    await until_shown(pilot, "14:00  walk")


async def _one_is_moved(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "14:00")
    await pilot.press("m")
    await until_shown(pilot, "Move only this “walk” to")
    await pilot.press(*"26 nov", "enter")
    await until_shown(pilot, "is planned for Thursday 26 November. The others")
    assert [one[:8] for one in times(app, "walk", 1)] == ["25 14:00", "26 14:00", "26 14:00"]
    await pilot.press("u")
    await until(pilot, lambda: len(times(app, "walk", 1, 1)) == 1)


async def _delete_of_one_of_those_after_and_of_all(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "14:00")
    for key, said, left in (
        ("1", "Dropped this one. u brings it back.", ["dropped", "open", "open"]),
        ("2", "Ended “walk”: nothing more from tomorrow on.", []),
        ("3", "Deleted all of “walk”. u brings it back.", []),
    ):
        assert "2  End it here (this and all after)" in await choose(app, pilot, "d", key)
        await until_shown(pilot, said)
        await until(pilot, lambda left=left: [one.split()[-1] for one in times(app, "walk", 1)] == left)  # type: ignore[misc]  # mypy types no lambda's default
        assert len(times(app, "walk", 0, 0)) == 1, "what was before stays"
        await pilot.press("u")
        await until(pilot, lambda: [one.split()[-1] for one in times(app, "walk", 1)] == ["open"] * 3)
        await stand_on(app, pilot, "14:00")


def underlined(app: CoachApp) -> str:
    strip = app.screen.query_one(Line).render_line(0)
    return "".join(part.text for part in strip if (part.style or Style.null()).underline)


async def test_a_line_that_is_long_or_cannot_be_read(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await until_shown(pilot, "Nothing here yet.")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine))
        field = app.screen.query_one(Line)
        for line, words, way_out in (
            ("walk 25:00 tomorrow", "25:00", "07:30"),
            ("rent 3/4", "3/4", "Settings"),
            ("rent  31  feb", "31  feb", "31 February"),
            ("pills every 4 hours", "every 4 hours", "Give the times"),
        ):
            field.value = line
            await pilot.press("enter")
            await until_shown(pilot, way_out)
            assert underlined(app).strip() == words
            await pilot.press("space")
            await until(pilot, lambda: not underlined(app).strip())
            assert app.coach.items.view(TODAY).total == 0, "nothing is saved"
        for title in ("with Anna through the park " * 15, HOSTILE[0][:300]):
            field.value = f"{title} every other saturday 07:30 45m until 31 dec @park #dog"
            await until_shown(pilot, "Saturday 28")
            await until_shown(pilot, "Enter Save")
            assert is_harmless(frame(app).replace("\n", ""))


async def test_several_times_a_day_and_every_size(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    items = app.coach.items
    for line in (
        "meds 12:00 and 20:00 daily",
        "drops 13:00 and 21:00",
        *(f"{text[:60]} daily 14:00" for text in HOSTILE),
    ):
        items.add(items.read(line))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await stand_on(app, pilot, "20:00")
        await pilot.press("space")
        await until_shown(pilot, "[✓] 20:00  meds")
        assert [one[3:] for one in times(app, "meds", 0, 0)] == ["12:00 open", "20:00 done"]
        assert "2  This day and all after it" in await choose(app, pilot, "e", "escape")
        await on_today(app, pilot)
        assert "2  End it from this day on" in await choose(app, pilot, "d", "escape")
        await stand_on(app, pilot, "13:00")
        question = await choose(app, pilot, "e", "escape")
        assert "It repeats: today 13:00 and 21:00." in question and "3  " not in question, "it has one day"
        for size in ((40, 15), (120, 40), (30, 10), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            for key in ("home", "e", "3", "escape", "down", "d", "escape", "end", "s", "5", "escape", "home"):
                await pilot.press(key)
                assert is_harmless(frame(app).replace("\n", ""))
