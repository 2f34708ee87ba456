"""The two sets of drawing characters: Unicode where the terminal can show it, ASCII everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_PLAIN_TERMINALS = ("linux", "vt", "dumb")
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself sets LC_CTYPE to in a C locale; it says nothing about the terminal."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters with a meaning; each is one cell wide unless it says otherwise."""

    rule: str
    ellipsis: str
    cursor: str
    bar_full: str
    bar_empty: str
    bullet: str
    up: str
    down: str
    open: str
    """Three cells, as the other boxes."""
    done: str
    part: str
    excused: str
    dropped: str
    chosen: str
    """The chosen one of several."""
    unchosen: str
    days: str
    """One cell for a day of a habit: done, part, excused, not done, and not known."""
    is_ascii: bool

    def day(self, letter: str) -> str:
        """The sign of a day: d done, p part, e excused, m missed, "." not known, "-" not one of its days."""
        return dict(zip("dpem.", self.days, strict=True)).get(letter, " ")

    def box(self, state: str) -> str:
        """The box of a mark: open, done, part, excused, missed, unknown, moved or dropped."""
        boxes = {
            "done": self.done,
            "part": self.part,
            "excused": self.excused,
            "missed": self.dropped,
            "moved": self.dropped,
            "dropped": self.dropped,
        }
        return boxes.get(state, self.open)

    def bar(self, part: float, cells: int) -> str:
        """A bar of `cells` cells of which `part` (0 to 1) is full; show its number beside it."""
        full = round(max(0.0, min(1.0, part)) * cells)
        return self.bar_full * full + self.bar_empty * (cells - full)


ASCII = Glyphs(
    rule="-",
    ellipsis="...",
    cursor=">",
    bar_full="#",
    bar_empty=".",
    bullet="*",
    up="^",
    down="v",
    open="[ ]",
    done="[x]",
    part="[/]",
    excused="[-]",
    dropped="[>]",
    chosen="(o)",
    unchosen="( )",
    days="#+-o.",
    is_ascii=True,
)
UNICODE = Glyphs(
    rule="─",
    ellipsis="…",
    cursor="›",
    bar_full="━",
    bar_empty="─",
    bullet="·",
    up="↑",
    down="↓",
    open="[ ]",
    done="[✓]",
    part="[/]",
    excused="[–]",
    dropped="[›]",
    chosen="(●)",
    unchosen="( )",
    days="▪▫–◦·",
    is_ascii=False,
)


def choose(wanted: str, environ: Mapping[str, str], encoding: str | None) -> Glyphs:
    """The set to draw with; `wanted` is "ascii", "unicode" or anything else for whatever fits."""
    if wanted in ("ascii", "unicode"):
        return ASCII if wanted == "ascii" else UNICODE
    if (encoding or "").lower().replace("-", "") != "utf8":
        return ASCII
    if environ.get("TERM", "").startswith(_PLAIN_TERMINALS):
        return ASCII
    return ASCII if _locale(environ) in ("C", "POSIX") else UNICODE


def _locale(environ: Mapping[str, str]) -> str:
    kinds = environ.get("LC_CTYPE", "")
    if kinds in _COERCED:
        kinds = ""
    return environ.get("LC_ALL", "") or kinds or environ.get("LANG", "")


def glyphs_of(app: object) -> Glyphs:
    """The set an app draws with; an app that says nothing draws with Unicode."""
    found = getattr(app, "glyphs", UNICODE)
    return found if isinstance(found, Glyphs) else UNICODE
