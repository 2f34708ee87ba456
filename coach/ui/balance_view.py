"""How a week divides among the areas of a life, in words and bars: under the days, or in a column beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from coach.domain.areas import AREAS
from coach.domain.balance import Balance, Share
from coach.domain.days import show_minutes
from coach.ui.glyphs import Glyphs
from coach.ui.text import cell_len, pad
from coach.ui.widgets.lines import Row
from coach.ui.widgets.panel import PanelLine

_NAMES, _BAR = 20, 16
"""Cells of the columns under the days."""
_PANEL = 36
"""Cells of a line beside them."""


def balance_lines(found: Balance) -> tuple[PanelLine, ...]:
    """The column on the right."""
    if not found.shares:
        return ()
    lines = [PanelLine("BALANCE BY AREA", look="heading"), PanelLine()]
    for share in found.shares:
        bar = PanelLine(look="bar", part=share.planned / found.shares[0].planned)
        lines += [PanelLine(AREAS[share.area], _told(share, minutes=False)), bar]
    if found.unsaid.planned:
        lines.append(PanelLine("no area given", _things(found.unsaid.planned), "dim"))
    words = wrap(found.sentence, _PANEL)
    return (*lines, PanelLine(), *(PanelLine(line, look="dim") for line in words))


def sentence_rows(found: Balance, width: int) -> Iterable[Row]:
    if found.sentence:
        yield Row("", kind="gap")
        yield from (Row(line, kind="note") for line in wrap(found.sentence, max(20, width)))


def balance_rows(found: Balance, glyphs: Glyphs, width: int, room: int, *, titled: bool) -> Iterable[Row]:
    """The areas under the days, each with its bar and its numbers; those without a line of their own are named."""
    if not found.shares:
        return
    if titled:
        yield from (Row("", kind="gap"), Row("Balance by area", kind="heading"))
    least = max(3, room - (2 if titled else 0))
    whole = len(found.shares) + bool(found.unsaid.planned) <= least
    shown = found.shares if whole else found.shares[: least - 1]
    for share in shown:
        bar = glyphs.bar(share.planned / found.shares[0].planned, _BAR)
        yield Row(f"{pad(AREAS[share.area], _NAMES)} {bar}  {_told(share)}", kind="note")
    if words := _others(found.shares[len(shown) :], found.unsaid, width):
        yield Row(words, kind="note")


def _others(shares: Sequence[Share], unsaid: Share, width: int) -> str:
    """Areas without a bar by name, or, where that is too long, how many they are."""
    without = [f"{_things(unsaid.planned)} without an area"] if unsaid.planned else []
    if not shares:
        return "".join(without)
    named = "; ".join(["also " + ", ".join(AREAS[share.area] for share in shares), *without])
    if cell_len(named) <= width:
        return named
    areas = f"{len(shares)} more {'area' if len(shares) == 1 else 'areas'}"
    return "; ".join([f"{areas} with {_things(sum(share.planned for share in shares))}", *without])


def _told(share: Share, *, minutes: bool = True) -> str:
    """ "5 things, 2 done, 3 h"."""
    done = f"{share.done} done" if share.done else ""
    length = show_minutes(share.minutes) if share.minutes and minutes else ""
    return ", ".join(filter(None, [_things(share.planned), done, length]))


def _things(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"
