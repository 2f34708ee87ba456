"""The only door through which text a person typed or imported reaches the screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.text import Text
from textual.content import Content

from coach.domain.text import clean

__all__ = ["cell", "cell_len", "content", "fit", "pad", "plain", "wrapped"]


def content(text: str, style: str = "") -> Content:
    """For Static, Label, Button, options, titles and tooltips: shown literally, never as markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def cell(text: str) -> Text:
    """For cells of tables and labels of trees, which know only Rich."""
    return Text(clean(text))


def plain(text: str) -> str:
    """For segments and notices: cleaned and on one line."""
    if text.isascii() and text.isprintable():
        return text
    return clean(text).replace("\n", " ").replace("\t", " ")


def fit(text: str, cells: int, ellipsis: str = "…") -> str:
    """The cleaned text, cut with an ellipsis if it is wider than `cells`; never wider, whatever it holds."""
    text = plain(text)
    if cell_len(text) <= cells:
        return text
    room = cells - cell_len(ellipsis)
    if room < 0:
        return ellipsis[: max(0, cells)]
    return text[: _fitting(text, room)].rstrip() + ellipsis


def wrapped(text: str, cells: int, most: int) -> list[str]:
    """The cleaned text in up to `most` lines, none wider than `cells` (2 or more); " ..." ends one cut short.

    Broken between words, and within one that is wider than a line: some scripts have no spaces.
    """
    lines = [""]
    for piece in (piece for word in plain(text).split() for piece in _pieces(word, cells)):
        longer = f"{lines[-1]} {piece}".lstrip()
        lines[-1:] = [longer] if cell_len(longer) <= cells else [lines[-1], piece]
    if len(lines) > most:
        last = lines[most - 1]
        while cell_len(last) > cells - 4 and " " in last:
            last = last.rpartition(" ")[0]
        lines[most - 1 :] = [f"{fit(last, cells - 4, '')} ..."]
    return lines


def _pieces(word: str, cells: int) -> Iterator[str]:
    while word:
        end = _fitting(word, cells)
        yield word[:end]
        word = word[end:]


def _fitting(text: str, cells: int) -> int:
    """How many characters of it are not wider than `cells`; none of its signs is cut in two."""
    spans, _width = split_graphemes(text)
    end = used = 0
    for _start, stop, width in spans:
        if used + width > cells:
            break
        end, used = stop, used + width
    return end


def pad(text: str, cells: int, ellipsis: str = "…") -> str:
    """The text cut or filled with spaces to exactly `cells`."""
    return set_cell_size(fit(text, cells, ellipsis), max(0, cells))
