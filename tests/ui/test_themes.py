"""Palettes: readable by number, complete, and never a reason to stop."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from coach.resources import themes_dir
from coach.ui import themes
from coach.ui.environment import prepare, wants_plain_colours

GROUNDS = ("background", "surface", "panel")
INKS = ("foreground", "primary", "secondary", "accent", "warning", "success", "error")


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""

    def light(colour: str) -> float:
        def linear(part: int) -> float:
            value = part / 255
            return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

        red, green, blue = Color.parse(colour).rgb
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def shipped() -> dict[str, Theme]:
    found = themes.load()
    assert not found.problems
    return {theme.name: theme for theme in found.themes}


def test_the_contrast_function_knows_two_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "least"), [("dusk", 4.5), ("paper", 4.5), ("clear", 7.0)])
def test_every_text_colour_is_readable_on_every_background(name: str, least: float) -> None:
    theme = shipped()[name]
    inks = {ink: getattr(theme, ink) for ink in INKS} | {k: theme.variables[k] for k in ("dim", "text-muted")}
    low = {
        (ink, ground): round(contrast(colour, getattr(theme, ground)), 2)
        for ink, colour in inks.items()
        for ground in GROUNDS
        if contrast(colour, getattr(theme, ground)) < least
    }
    assert not low
    assert theme.variables["selected"] in {getattr(theme, ground) for ground in GROUNDS}


def test_the_terminal_theme_uses_no_bright_code_and_no_colour_of_its_own() -> None:
    theme = shipped()["terminal"]
    assert theme.ansi
    values = [*theme.variables.values(), *(getattr(theme, name) for name in (*INKS, *GROUNDS))]
    colours = [value for value in values if not set(value.split()) <= {"dim", "bold", "reverse"}]
    assert colours
    assert all(value.startswith("ansi_") and "bright" not in value for value in colours)


def test_every_theme_has_every_variable_of_ours_and_textuals_own_do_too() -> None:
    wanted = {"dim", "dim-style", "rule", "selected", "breath", "breath-soft"}
    for theme in shipped().values():
        assert wanted <= theme.variables.keys()
    usual = BUILTIN_THEMES["nord"].to_color_system().generate().keys() | {"ansi-background", "ansi-foreground"}
    for theme in (*BUILTIN_THEMES.values(), *shipped().values()):
        values = {**themes.defaults(theme), **theme.to_color_system().generate(), **theme.variables}
        assert wanted | usual <= values.keys(), theme.name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = 'x'", "'primary' is missing"),
        ("name = 'x'\nprimary = 'blueish'", "blueish"),
        ("name = 'x'\nprimary = '#ffffff'\nshade = '#000000'", "unknown key 'shade'"),
        ("name = 'x'\nprimary = '#ffffff'\n[variables]\ndimm = '#000000'", "unknown key 'dimm'"),
        ("name = 'x'\nprimary = '#ffffff'\n[variables]\ndim = 'nonsense'", "nonsense"),
        ("name = 'x'\nprimary = '#ffffff'\n[variables]\ndim-style = 'blinking'", "not a text style"),
        ("name = 'x'\nprimary = 7", "expected text"),
        ("name = ", "Invalid value"),
        ("a" + ".a" * 300 + " = 1", "too long"),
        ("# " + "a\n" * 9000, "too long"),
    ],
)
def test_a_bad_theme_is_one_sentence_and_the_rest_works(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text)
    found = themes.load(tmp_path)
    assert len(found.problems) == 1
    assert str(tmp_path / "mine.toml") in found.problems[0]
    assert says in found.problems[0]
    assert found.problems[0].endswith(".")
    assert {"dusk", "paper", "clear", "terminal"} <= {theme.name for theme in found.themes}


def test_an_own_theme_wins_over_a_shipped_one_and_a_missing_folder_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "dusk.toml").write_text("name = 'dusk'\nprimary = '#ffffff'")
    own = next(theme for theme in themes.load(tmp_path).themes if theme.name == "dusk")
    assert own.primary == "#ffffff"
    assert not themes.load(tmp_path / "none").problems


def test_no_python_in_the_themes_folder() -> None:
    assert not list(themes_dir().rglob("*.py"))


def test_the_environment_loses_every_debugging_switch() -> None:
    environ = {"TEXTUAL": "devtools", "TEXTUAL_LOG": "/tmp/log", "TEXTUAL_PRESS": "q", "TERM": "xterm"}
    prepare(environ, "none")
    assert environ == {"TERM": "xterm", "TEXTUAL_ANIMATIONS": "none"}
    for plain in ({"NO_COLOR": "1"}, {"TERM": "linux"}, {"TERM": "vt100"}):
        environ = dict(plain)
        prepare(environ)
        assert environ["TEXTUAL_THEME"] == "ansi-dark"
    assert not wants_plain_colours({"TERM": "xterm-256color", "NO_COLOR": ""})
