"""Help now on screen: every door at every size, the number always there, and a country that stays chosen."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Digits

from coach.domain.errors import NotSaved
from coach.domain.helpnow import parse
from coach.paths import Paths
from coach.services.helpnow import HelpNow
from coach.ui.glyphs import ASCII, UNICODE
from coach.ui.screens.help_now import HelpNowScreen

SIZES = ((80, 24), (40, 15))


class Hosted(App[None]):
    """Only what Help now needs of the app."""

    glyphs = ASCII

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self.help_now = HelpNow(paths)
        self.hidden = 0
        self.notices: list[str] = []
        self.left = 0

    def on_mount(self) -> None:
        self.push_screen(HelpNowScreen(self.help_now), lambda _result: self._leave())

    def _leave(self) -> None:
        self.left += 1

    def ask(self, work: Callable[[str], None], code: str) -> Awaitable[None]:
        return asyncio.to_thread(work, code)

    def action_hide(self) -> None:
        self.hidden += 1

    def notice(self, text: str, kind: str = "information") -> None:
        self.notices.append(f"{kind}: {text}")


def lines_of(app: App[None]) -> list[str]:
    """What stands on the screen, line by line."""
    width, _height = app.size
    return ["".join(segment.text for segment in strip).ljust(width) for strip in app.screen._compositor.render_strips()]


def shown(app: App[None]) -> str:
    return " ".join(" ".join(lines_of(app)).split())


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    await pilot.resize_terminal(width, height)
    await pilot.pause()


async def read_through(pilot: Pilot[None]) -> str:
    """Everything a door says, turning its pages with the space bar."""
    pages = [shown(pilot.app)]
    for _page in range(60):
        await pilot.press("space")
        await pilot.pause()
        if shown(pilot.app) == pages[-1]:
            break
        pages.append(shown(pilot.app))
    return " ".join(pages)


def words(text: str) -> str:
    return re.sub(r"\W+", " ", text)


async def test_every_door_at_every_size(tmp_path: Path) -> None:
    app = Hosted(Paths(str(tmp_path)))
    app.help_now.choose("IE")
    card = parse(app.help_now.text())
    async with app.run_test(size=(80, 24)) as pilot:
        for width, height in SIZES:
            await resize(pilot, width, height)
            menu = lines_of(app)
            assert len(menu) == height
            assert "Help now" in menu[0]
            assert "Ireland" in menu[0]
            assert any("EMERGENCY" in line and "1 1 2" in line and "9 9 9" in line for line in menu)
            for section in card.sections:
                title = section.title if width == 80 else section.short
                row = f"{section.number}{'   ' if width == 80 else ' '}{title}"
                assert any(line.strip() == row for line in menu), row
            assert "more" not in menu[-2]
            assert "Check this number before you need it." in shown(app)
            assert "1-7 Choose" in menu[-1]
            assert "Esc Back" in menu[-1]
            for section in card.sections:
                await pilot.press(str(section.number))
                await pilot.pause()
                assert "EMERGENCY" in shown(app)
                said = words(await read_through(pilot))
                for line in section.lines:
                    for word in words(line).split():
                        assert word in said
                await pilot.press("home", "escape")
                await pilot.pause()
                assert lines_of(app) == menu
        for nothing in ("8", "9"):
            await pilot.press(nothing)
            assert lines_of(app) == menu


async def test_keys(tmp_path: Path) -> None:
    app = Hosted(Paths(str(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "no country chosen" in shown(app)
        assert "1 1 2 or 9 1 1 or 9 9 9 or 0 0 0" in shown(app)
        assert "112 works from mobiles in the EU and many other countries." in shown(app)
        assert "Lines can be busy." in shown(app)
        menu = lines_of(app)

        await pilot.press("1", "n")
        await pilot.pause()
        assert "I am thinking about not living" in shown(app)
        await pilot.press("p")
        await pilot.pause()
        assert "Call and give naloxone: both, at once." in shown(app)
        assert "more v" in lines_of(app)[-2]
        await pilot.press("end")
        await pilot.pause()
        assert "more v" not in lines_of(app)[-2]
        await pilot.press("backspace")
        await pilot.pause()
        assert lines_of(app) == menu

        await pilot.click(offset=(15, 13))
        await pilot.pause()
        assert "Safety first." in shown(app) or "Most urges" in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert app.hidden == 1

        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.left == 1


async def test_small_terminals_and_the_large_number(tmp_path: Path) -> None:
    app = Hosted(Paths(str(tmp_path)))
    app.help_now.choose("ZA")
    async with app.run_test(size=(30, 10)) as pilot:
        for width, height in ((30, 10), (1, 1), (2, 3), (11, 5), (200, 60)):
            await resize(pilot, width, height)
            for key in ("1", "pagedown", "end", "s", "end", "s", "7", "escape"):
                await pilot.press(key)
            await pilot.pause()
        await resize(pilot, 30, 10)
        assert "1 Someone will not wake" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert "1 1 2 mobile 1 0 1 7 7" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "EMERGENCY" in shown(app)

        await resize(pilot, 80, 24)
        app.glyphs = UNICODE
        await pilot.press("s")
        await pilot.pause()
        digits = list(app.screen.query(Digits))
        assert [digit.value for digit in digits] == ["1 1 2", "1 0 1 7 7"]
        error = app.get_css_variables()["error"]
        assert all(digit.styles.color.hex.lower() == error.lower() for digit in digits)


async def pick(pilot: Pilot[None], *typed: str) -> None:
    await pilot.press("comma")
    await settle(pilot, "Which country's emergency numbers?")
    await pilot.press(*typed)
    await pilot.pause()


async def test_choosing_a_country(tmp_path: Path) -> None:
    paths = Paths(str(tmp_path))
    app = Hosted(paths)
    async with app.run_test(size=(80, 24)) as pilot:
        await pick(pilot, *"zzz", "enter")
        assert "No numbers are known for that." in shown(app)
        await pilot.press(*["backspace"] * 3, *"ire", "enter")
        await settle(pilot, "country: Ireland")
        await settle(pilot, "EMERGENCY 1 1 2 or 9 9 9")
        assert parse(HelpNow(paths).text()).code == "IE"
        await pick(pilot, "escape")
        await settle(pilot, "country: Ireland")
        await a_busy_store_that_then_refuses(app, pilot)
        assert parse(HelpNow(paths).text()).code == "IE"


async def a_busy_store_that_then_refuses(app: Hosted, pilot: Pilot[None]) -> None:
    """The numbers are there while the store is still busy, and stay when it refuses."""
    waiting = threading.Event()

    def refuse(code: str) -> None:
        waiting.wait(20)
        raise NotSaved("The country could not be kept.")

    app.help_now.choose = refuse  # type: ignore[method-assign]  # for this test only
    await pick(pilot, *"japan", "enter")
    await settle(pilot, "EMERGENCY 1 1 9")
    await pilot.press("1")
    await settle(pilot, "Call 119 (ambulance).")
    waiting.set()
    for _turn in range(100):
        if app.notices:
            break
        await pilot.pause(0.02)
    assert app.notices == ["warning: The country could not be kept."]
    assert "country: Japan" in shown(app)


async def settle(pilot: Pilot[None], text: str) -> None:
    for _turn in range(200):
        if text in shown(pilot.app):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{text!r} did not come; there is: {shown(pilot.app)}")
