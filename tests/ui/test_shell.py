"""The shell, headless: what works from everywhere, what stays hidden, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.events import Changed
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.rate import RateDialog
from coach.ui.palette import commands
from coach.ui.widgets.header import PlaceBar
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Rows
from tests.ui.shell import Desk, ShellApp, shell

Run = Pilot[int]


def on_screen(app: ShellApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def in_front(app: ShellApp) -> object:
    """The screen, asked for anew: a key may have changed it."""
    return app.screen


def desk(app: ShellApp) -> Desk:
    return cast(Desk, app.screen_stack[0])


def keys_line(app: ShellApp) -> str:
    return app.screen.query_one(KeyBar).render_line(1).text


async def test_help_now_and_hide_work_over_everything_and_typing_stays_typing(tmp_path: Path) -> None:
    app = shell(str(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await _over_the_page(app, pilot)
        assert not app.is_hidden, "and what was hidden is there again"
        await _while_typing(app, pilot)
        assert in_front(app) is desk(app), "nothing typed stays open"
        await _over_the_scale_the_keys_and_the_palette(app, pilot)
        assert desk(app).rated == [1, 10, 4]


async def _over_the_page(app: ShellApp, pilot: Run) -> None:
    assert keys_line(app).rstrip().endswith("! Help now")
    for key in ("!", "ctrl+r", "f1"):
        await pilot.press(key)
        assert type(app.screen).__name__ == "HelpNowScreen", key
        await pilot.press(key)  # not a second time
        await pilot.press("escape")
        assert app.screen is desk(app)
    for key in ("x", "ctrl+l"):
        await pilot.press(key)
        assert app.is_hidden
        app.notice("Saved by somebody else")
        await pilot.press("2", "q", "u", "ctrl+p", ":", "?", "x", ".", "tab")
        assert app.is_hidden, "nothing but Enter and Help now does anything"
        assert not on_screen(app).strip()
        await pilot.press("ctrl+r", "escape")
        await pilot.press("enter")
        assert app.screen is desk(app)
        assert app.current_mode == "today"
        await pilot.pause()
        assert "Saved by somebody else" in on_screen(app)


async def _while_typing(app: ShellApp, pilot: Run) -> None:
    await pilot.press("a")
    assert isinstance(app.screen, AskLine)
    assert keys_line(app).rstrip().endswith("^R Help now")
    await pilot.press(*"a:b!x?1.q ")
    assert app.screen.query_one(Input).value == "a:b!x?1.q "
    assert isinstance(app.screen, AskLine)
    assert "Reads: a:b!x?1.q" in on_screen(app)
    await pilot.press("ctrl+r")
    assert type(app.screen).__name__ == "HelpNowScreen"
    await pilot.press("escape", "ctrl+l")
    assert app.is_hidden
    await pilot.press("enter")
    await pilot.press("enter")
    assert isinstance(app.screen, AskLine), "what cannot be read stays in the field"
    assert "That cannot be read. Try: walk 07:30" in on_screen(app)
    app.screen.query_one(Input).insert_text_at_cursor("z" * 1_000_000)
    await pilot.pause()
    assert "longer than 500 characters" in on_screen(app)
    await pilot.press("escape")
    await pilot.pause()
    app.coach.writer.submit(int).result(5)
    assert app.coach.drafts.get("desk") == "a:b!x?1.q "
    await pilot.press("a", *"walk", "enter")
    await pilot.pause()
    assert desk(app).answers == [None, "walk"]


async def _over_the_scale_the_keys_and_the_palette(app: ShellApp, pilot: Run) -> None:
    await pilot.press("r", "!")
    assert type(app.screen).__name__ == "HelpNowScreen"
    await pilot.press("escape", "x", "enter")
    assert isinstance(app.screen, RateDialog)
    await pilot.press("1", "0")
    assert desk(app).rated == [1, 10], "the places' digits are inactive, and 1 then 0 is ten"
    assert in_front(app) is desk(app)
    await pilot.press("r", "4")
    assert (desk(app).rated[-1], in_front(app)) == (4, desk(app))
    await pilot.press("?")
    await pilot.pause()
    words = on_screen(app)
    assert words.index("A page for tests.") < words.index("Add a line") < words.index("Breathe")
    assert "rge" not in words.replace("larger", ""), "the room is off"
    await pilot.press("ctrl+r", "escape")
    await pilot.press("home", "enter")
    await pilot.pause()
    assert isinstance(app.screen, AskLine), "Enter on a key does what it says"
    await pilot.press("escape", ":")
    assert type(app.screen).__name__ == "Palette"
    await pilot.pause()
    assert "What would you like to do?" in on_screen(app)
    await pilot.press("ctrl+r")
    assert type(app.screen).__name__ == "HelpNowScreen"
    await pilot.press("escape", "escape")
    assert in_front(app) is desk(app)


async def test_places_commands_changes_and_what_goes_wrong(tmp_path: Path) -> None:
    app = shell(str(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await _walks_through_the_places(app, pilot)
        _lists_every_command(app)
        await _hears_of_changes(app, pilot)
        await _says_what_went_wrong(app, pilot)
        await _survives_any_size(app, pilot)
        await pilot.press("q")
    assert app.return_code == 0


async def _walks_through_the_places(app: ShellApp, pilot: Run) -> None:
    for key, place in [("2", "goals"), ("tab", "practice"), ("tab", "journal"), ("tab", "today")]:
        await pilot.press(key)
        assert app.current_mode == place
    for key, place in [("shift+tab", "journal"), ("comma", "settings"), (".", "today"), ("4", "journal")]:
        await pilot.press(key)
        assert app.current_mode == place
    bar = app.screen.query_one(PlaceBar)
    assert bar.render_line(0).text.startswith(" 1 Today  2 Goals  3 Practice  [Journal]  ")
    await pilot.click(PlaceBar, offset=(2, 0))
    assert app.current_mode == "today"
    x = keys_line(app).index("Add")
    await pilot.click(KeyBar, offset=(x, 1))
    assert isinstance(app.screen, AskLine)
    await pilot.press("escape")


def _lists_every_command(app: ShellApp) -> None:
    listed = {active.binding.id for active in commands(app, app.screen)}
    declared = {b.id for kind in type(app).__mro__ for b in vars(kind).get("BINDINGS", ()) if getattr(b, "id", None)}
    declared |= {b.id for b in Binding.make_bindings(Desk.BINDINGS) if b.id}
    assert listed == declared - {"note-urge"}
    assert not list(app.get_system_commands(app.screen))
    assert "SystemCommandsProvider" not in {kind.__name__ for kind in app.COMMANDS}
    assert "Urge" not in keys_line(app)
    app.coach.settings.open_room("urges")
    assert {active.binding.id for active in commands(app, app.screen)} == declared


async def _hears_of_changes(app: ShellApp, pilot: Run) -> None:
    page, away = desk(app), cast(Desk, app.get_screen_stack("goals")[0])
    before = (page.loads, away.loads)
    app.changed.publish(Changed(frozenset({"items"})))
    await pilot.pause()
    assert (page.loads, away.loads) == (before[0] + 1, before[1]), "a page out of sight waits"
    await pilot.press("2")
    await pilot.pause()
    assert away.loads == before[1] + 1
    await pilot.press("1")


async def _says_what_went_wrong(app: ShellApp, pilot: Run) -> None:
    app.notice("[/x] [TODO] [@click=app.quit]q[/] $a \x1b]52;c;x\x07")
    await pilot.press("f")
    await pilot.pause(0.2)
    words = " ".join(on_screen(app).split())
    assert "[/x] [TODO]" in words
    assert "\x1b" not in words
    assert words.count("the disk is full. [/x]") == 1, "said once"
    app.clear_notifications()
    await pilot.press("g")
    await pilot.pause(0.2)
    assert "11 is outside." in " ".join(on_screen(app).split())
    await pilot.press("u")
    await pilot.pause(0.2)
    assert "Nothing to undo." in on_screen(app)


async def _survives_any_size(app: ShellApp, pilot: Run) -> None:
    for size in ((1, 1), (2, 3), (40, 15), (200, 60)):
        await pilot.resize_terminal(*size)
        for key in ("down", "a", "escape", "r", "escape", "?", "escape", ":", "escape", "!", "escape", "x", "enter"):
            await pilot.press(key)
        assert app.screen is desk(app), size
        if size == (40, 15):
            assert app.screen.query_one(PlaceBar).render_line(0).text.startswith(" Today  1/4 ")
            assert keys_line(app).endswith("! Help now ")


async def test_the_first_row_is_ready_for_the_hand(tmp_path: Path) -> None:
    app = shell(str(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.focused, Rows)
        await pilot.press("down")
        assert app.focused.current is not None
        assert app.cursor_position == (1, 3), "where a braille line looks"
