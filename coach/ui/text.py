"""The only door through which text a person typed or imported reaches the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.text import Text
from textual.content import Content

from coach.domain.text import clean

__all__ = ["cell", "cell_len", "content", "fit", "pad", "plain"]


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
    spans, _width = split_graphemes(text)
    end = used = 0
    for _start, stop, width in spans:
        if used + width > room:
            break
        end, used = stop, used + width
    return text[:end].rstrip() + ellipsis


def pad(text: str, cells: int, ellipsis: str = "…") -> str:
    """The text cut or filled with spaces to exactly `cells`."""
    return set_cell_size(fit(text, cells, ellipsis), max(0, cells))
