"""How the text of Help now is laid out on a screen of any size: pure lines, no widget."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Literal

from textual.content import Content
from textual.style import Style

from coach.domain.helpnow import Card, Section, spaced
from coach.ui.text import content, fit

WIDE = 60
"""Cells from which the long titles and the wide margins fit."""

_FIRST = re.compile(r"(\d+\. |- | *\* | +)?(.*)")


Where = Literal["menu", "door", "large"]
_ENDS = {"menu": "Back to what I was doing", "door": "All of Help now", "large": "Back"}


def margin(width: int) -> str:
    """The space left of everything."""
    return " " * (6 if width >= WIDE else 2 if width >= 20 else 0)


def top(card: Card, width: int) -> Content:
    """The title, and whose numbers these are."""
    wide, name = width >= WIDE, card.country if card.code else ""
    if wide:
        right = f"country: {name}   , change  " if name else "no country chosen   , choose  "
    else:
        right = f"{name}   " if name else ", country   "
    title = ("  " if wide else " ") + "Help now"
    right = fit(right, max(width - len(title) - 1, 0))
    return content(title, "bold $foreground") + content(right.rjust(width - len(title)) if right else "")


def keys(where: Where, doors: int, width: int) -> Content:
    """What the hand can do here."""
    wide = width >= WIDE
    begin = {"menu": [(f"1-{doors}", "Choose")], "door": [("n", "Next"), ("p", "Before")], "large": []}[where]
    large = "Small again" if where == "large" else "Number large" if wide else "Large"
    shown = [*(begin if wide else begin[:1]), ("s", large), ("x", "Hide"), ("Esc", _ENDS[where] if wide else "Back")]
    each = [content(key, "$foreground") + content(f" {word}") for key, word in shown]
    return content("  " if wide else " ") + content("   " if wide else "  ").join(each)


def emergency(card: Card, width: int) -> Content:
    """The one line that is always there, with the only red of the program."""
    label = "EMERGENCY      " if width >= WIDE else "EMERGENCY   " if width >= 24 else ""
    numbers = spaced(card.emergency, width - len(margin(width) + label))
    words = (content(word, "bold $error" if word[:1].isdigit() else "") for word in re.split(r"(\d[\d ]*\d)", numbers))
    return content(margin(width) + label, "bold") + Content("").join(words)


def menu(card: Card, width: int, rows: int) -> list[Content]:
    """The doors with as much around them as the rows allow; the doors themselves are never left out."""
    doors = [_door(section, width) for section in card.sections]
    airy = [line for door in doors for line in (door, Content())][:-1]
    above = [line for sentence in card.front[:-1] for line in _sentence(sentence, width)]
    below = [line for sentence in card.front[-1:] for line in _sentence(sentence, width)]
    one = [line for sentence in card.front[:1] for line in _sentence(sentence, width)]
    gap = [Content()]
    layouts = (
        [*above, *gap, *airy, *gap, *below],
        [*above, *gap, *doors, *gap, *below],
        [*one, *gap, *doors],
        [*gap, *doors],
    )
    return next((lines for lines in layouts if len(lines) <= rows), doors)


def page(section: Section, width: int) -> list[Content]:
    """One door: its title, then its lines, each wrapped under its own beginning."""
    left = margin(width)
    room = width - len(left)
    title = section.title if width >= WIDE else section.short
    lines = [content(left + text, "bold $primary") for text in _wrap(title, room)]
    gap = [Content()] if width >= WIDE else []
    lead = True
    lines += gap if section.lines and not section.lines[0].startswith("-- ") else []
    for line in section.lines:
        if line.startswith("-- "):
            lines += [Content(), *(content(left + text, "$secondary") for text in _wrap(line[3:], room))]
        else:
            if lead and line.startswith("1. "):
                lines += gap
            lines += _line(line, left, room, lead)
        lead = lead and line[:1].isalpha()
    return lines


def _door(section: Section, width: int) -> Content:
    number = f"{section.number}   " if width >= WIDE else f"{section.number} "
    left = margin(width)
    title = section.title if len(left + number + section.title) < width and width >= WIDE else section.short
    row = content(left) + content(number, "bold $primary") + content(title)
    return row.stylize(Style.from_meta({"door": section.number}))


def _sentence(sentence: str, width: int) -> Iterator[Content]:
    left = margin(width)
    return (content(left + text, "$text-muted") for text in _wrap(sentence, width - len(left)))


def _line(line: str, left: str, room: int, lead: bool) -> Iterator[Content]:
    """A line of a door. Numbers and telephone numbers stand out; what a line begins with is not repeated below it."""
    match = _FIRST.fullmatch(line)
    begin, rest = (match[1] or "", match[2]) if match else ("", line)
    strong = (lead and not begin) or "*" in begin or begin[:1].isdigit()
    for index, text in enumerate(_wrap(rest, room - len(begin))):
        mark = begin if index == 0 else " " * len(begin)
        yield content(left) + content(mark, "bold $primary") + content(text, "bold" if strong else "")


def _wrap(text: str, cells: int) -> list[str]:
    return textwrap.wrap(text, max(cells, 1), break_on_hyphens=False) or [""]
