"""The list and the scale: keys, hostile text, exact widths, and how little a key redraws."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.widget import Widget

from coach.ui.glyphs import ASCII, UNICODE
from coach.ui.widgets.lines import Looks, Row, draw, draw_rest
from coach.ui.widgets.rows import Rows
from coach.ui.widgets.scale import Scale
from tests.ui.conftest import WidgetApp
from tests.ui.hostile import HOSTILE, is_harmless

QUIET, BOLD = Style(), Style(bold=True)
LOOKS = Looks(QUIET, QUIET, QUIET, BOLD, BOLD, Style(reverse=True))
DAY = (
    Row("Morning", kind="heading", right="1 of 2"),
    Row("Walk", "walk", mark="[x]", time="07:30", right="30 min", done=True),
    Row("Clinic", "clinic", mark="[ ]", time="10:30", right="30 min", strong=True),
    Row("", kind="gap"),
    Row("Evening", kind="heading"),
    Row("Ring mum", "mum", mark="[ ]", time="17:00"),
    Row("before the hard hour", kind="note", indent=4),
    Row("4 h free", "free", time="18:00"),
)


class Watched(Rows):
    """Rows that remember what was asked to be redrawn."""

    regions: list[tuple[Region, ...]]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Watched:
        self.__dict__.setdefault("regions", []).append(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


def text(widget: Widget) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.size.height)]


def test_a_line_fills_its_width_exactly_whatever_it_holds() -> None:
    words = (*HOSTILE, "", "Walk", "a very long title that cannot possibly fit in a small terminal window")
    for width in (0, 1, 2, 3, 4, 7, 12, 20, 38, 41, 80):
        for word in words:
            for kind in ("row", "heading", "note", "gap"):
                row = Row(word, kind=kind, mark="[ ]", time=word, right=word, indent=2)
                for marks in (0, 3):
                    for glyphs in (ASCII, UNICODE):
                        strip = draw(row, width, marks, LOOKS, glyphs, chosen=kind == "row")
                        assert cell_len(strip.text) == strip.cell_length == width, (width, row)
                        assert is_harmless(strip.text)
            assert cell_len(draw_rest(3, 12, width, LOOKS, ASCII).text) == width


def test_a_line_says_what_it_holds() -> None:
    row = Row("Clinic [/x] [TODO] $a", time="10:30", right="30 min", mark="[ ]")
    assert draw(row, 60, 3, LOOKS, ASCII, chosen=True).text == (
        " > [ ] 10:30  Clinic [/x] [TODO] $a                  30 min "
    )
    assert draw(Row("4 h free", time="13:00"), 40, 3, LOOKS, ASCII, chosen=False).text.startswith("       13:00 4 h")
    assert draw_rest(0, 4, 40, LOOKS, ASCII).text.strip() == "4 more below"
    assert draw_rest(2, 4, 40, LOOKS, ASCII).text.strip() == "2 more above, 4 more below"


async def test_keys_move_only_between_rows_and_redraw_only_two_lines(alone: Callable[[Widget], WidgetApp]) -> None:
    rows = Watched(DAY)
    seen: list[str] = []
    async with alone(rows).run_test(size=(60, 12), message_hook=_note(seen)) as pilot:
        await pilot.pause()
        assert _key(rows) == "walk"
        for key, lands in [("down", "clinic"), ("j", "mum"), ("down", "free"), ("down", "free"), ("k", "mum")]:
            rows.regions.clear()
            await pilot.press(key)
            assert _key(rows) == lands
            assert all(len(regions) == 2 and {r.height for r in regions} == {1} for regions in rows.regions), key
        assert sum(line.startswith(" ›") for line in text(rows)) == 1
        for key, lands in [("home", "walk"), ("end", "free"), ("pageup", "walk"), ("pagedown", "free"), ("up", "mum")]:
            await pilot.press(key)
            assert _key(rows) == lands, key
        await pilot.press("enter")
        await pilot.click(offset=(10, 2))
        await pilot.click(offset=(4, 1))
        await pilot.click(offset=(10, 0))
        assert [word for word in seen if word[0] in "SM"] == ["Selected mum", "Selected clinic", "Marked walk"]
        await _sets_rows(rows, pilot.pause)


async def _sets_rows(rows: Watched, pause: Callable[[], object]) -> None:
    """The same rows again cost nothing; one changed row costs one line; the cursor stays on its key."""
    rows.move_to("clinic")
    rows.regions.clear()
    rows.set_rows(DAY)
    assert not rows.regions
    ticked = tuple(Row("Ring mum", "mum", mark="[x]", done=True) if row.key == "mum" else row for row in DAY)
    rows.set_rows(ticked)
    assert rows.regions == [(Region(0, 5, 60, 1),)]
    rows.set_rows(tuple(row for row in DAY if row.key != "walk"))
    assert _key(rows) == "clinic"
    rows.set_rows(DAY, keep="free")
    assert _key(rows) == "free"
    rows.set_rows(())
    assert rows.current is None
    assert not rows.move_to("walk")
    rows.action_move(1)
    rows.action_select()
    rows.set_rows([Row("Nothing here yet. a adds the first.", kind="note")])
    assert rows.current is None


async def test_any_number_of_rows_fits_any_terminal(alone: Callable[[Widget], WidgetApp]) -> None:
    rows = Rows(Row(f"{n} {HOSTILE[n % len(HOSTILE)]}", str(n), mark="[ ]") for n in range(500))
    async with alone(rows).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert text(rows)[-1].strip() == "477 more below"
        for size in ((80, 24), (40, 15), (20, 4), (2, 3), (1, 1), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.press("end", "up", "pageup", "down")
            lines = text(rows)
            assert len(lines) == size[1]
            assert all(cell_len(line) == size[0] for line in lines)
            if size[0] >= 20:
                assert sum(line.startswith(" ›") for line in lines) == 1, size
                tops = [int(line[7:].split()[0]) for line in lines if line[3:6] == "[ ]"]
                assert all(b == a + 1 for a, b in pairwise(tops))
        await pilot.press("home")
        assert text(rows)[0].startswith(" › [ ] 0 ")


async def test_the_scale_takes_digits_at_once_and_one_then_zero_as_ten(alone: Callable[[Widget], WidgetApp]) -> None:
    scale = Scale(low="not at all", high="very")
    given: list[str] = []
    async with alone(scale).run_test(size=(40, 4), message_hook=_note(given)) as pilot:
        await pilot.press("7", "0", "1", "0", "1", "2", "0")
        assert given == ["7", "0", "1", "10", "1", "2", "0"]
        assert scale.value == 0
        given.clear()
        await pilot.press("1")
        scale._one_at -= 2  # the moment in which a 0 would make ten is over
        assert not scale.awaits_zero
        await pilot.press("0", "left", "right", "right", "right")
        assert given == ["1", "0"]
        assert scale.value == 3
        assert "[3]" in text(scale)[0]
        await pilot.press("enter")
        await pilot.click(offset=(31, 0))
        assert given == ["1", "0", "3", "10"]
        assert text(scale)[1].split() == ["not", "at", "all", "very"]
        assert all(len(line) == scale.size.width for line in text(scale))


def _key(rows: Rows) -> str:
    assert rows.current is not None
    return rows.current.key


def _note(seen: list[str]) -> Callable[[object], None]:
    """Each message is met once at every step of its way up; it is noted where it starts."""

    def hook(message: object) -> None:
        if isinstance(message, Rows.Highlighted) and not _met(message, met):
            seen.append(f"{type(message).__name__} {message.row.key}")
        if isinstance(message, Scale.Rated) and not _met(message, met):
            seen.append(str(message.value))

    met: list[object] = []
    return hook


def _met(message: object, met: list[object]) -> bool:
    known = any(message is other for other in met)
    met.append(message)
    return known
