"""Palettes from TOML files: the shipped ones and the person's own; a bad one is a sentence, never an end."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.theme import Theme

from coach.codec import Malformed, decode
from coach.domain.text import one_line
from coach.resources import themes_dir

DEFAULT = "dusk"
PLAIN = "terminal"
_LONGEST_FILE, _LONGEST_LINE = 16_000, 400
_OWN = ("dim", "rule", "selected", "breath", "breath-soft")
_TEXT_STYLES = frozenset({"none", "bold", "dim", "italic", "reverse", "underline", "not", "b", "i", "u"})


@dataclass(frozen=True, slots=True)
class Themes:
    """What could be read, and one sentence about each file that could not."""

    themes: tuple[Theme, ...]
    problems: tuple[str, ...]


def load(own: Path | None = None) -> Themes:
    """The shipped palettes, then the person's own, which win over shipped ones of the same name."""
    found: dict[str, Theme] = {}
    problems: list[str] = []
    for path in (*_files(themes_dir()), *(_files(own) if own else ())):
        try:
            theme = read(path)
        except (OSError, ValueError, RecursionError, ColorParseError) as error:
            problems.append(f"The theme {one_line(str(path))} was left out: {one_line(str(error), 200)}.")
        else:
            found[theme.name] = theme
    return Themes(tuple(found.values()), tuple(problems))


def read(path: Path) -> Theme:
    """One palette, every colour of it checked. Raises OSError, ValueError or ColorParseError saying what is wrong."""
    if path.stat().st_size > _LONGEST_FILE:
        raise ValueError("it is too long for a theme")
    text = path.read_text("utf-8")
    if any(len(line) > _LONGEST_LINE for line in text.splitlines()):
        raise ValueError("a line of it is too long")  # a dotted key of 40 kB costs the parser seconds and a gigabyte
    theme = decode(Theme, tomllib.loads(text), path.stem)
    _check(theme, theme.to_color_system().generate())
    ours = {name: value for name, value in defaults(theme).items() if name in (*_OWN, "dim-style")}
    theme.variables = {**ours, **theme.variables}
    theme.variables.setdefault("text-muted", theme.variables["dim"])
    return theme


def defaults(theme: Theme) -> dict[str, str]:
    """A value for every variable of ours, so that a theme without them (any of Textual's own) works too."""
    if theme.ansi:
        return {**_missing_without_colours(), "dim-style": "dim", "breath": theme.primary}
    colours = theme.to_color_system().generate()
    back, front = Color.parse(colours["background"]), Color.parse(colours["foreground"])
    primary = Color.parse(colours["primary"])
    return {
        "dim-style": "none",
        "dim": back.blend(front, 0.7).hex6,
        "rule": back.blend(front, 0.2).hex6,
        "selected": colours["panel"],
        "breath": primary.hex6,
        "breath-soft": back.blend(primary, 0.55).hex6,
    }


def _missing_without_colours() -> dict[str, str]:
    """What Textual 8.2.8 leaves out for a theme of the terminal's own colours, though its widgets ask for it."""
    usual = Theme("usual", primary="#000000").to_color_system().generate()
    found = {name: "none" if name.endswith("style") else "ansi_default" for name in (*usual, *_OWN)}
    return {**found, "ansi-background": "ansi_default", "ansi-foreground": "ansi_default"}


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.toml"))


def _check(theme: Theme, known: dict[str, str]) -> None:
    for name, value in theme.variables.items():
        if name == "dim-style" or name.endswith("text-style"):
            if not set(value.split()) <= _TEXT_STYLES:
                raise Malformed(f"variables.{name}: {value!r} is not a text style such as bold")
        elif name in _OWN or name in known:
            Color.parse(value)
        else:
            raise Malformed(f"variables: unknown key {name!r}")
