"""The door for user text: nothing that goes through it steers, hides or overflows."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len
from textual.content import Content

from coach.domain.goals import Goal
from coach.ui.glyphs import ASCII, UNICODE, choose
from coach.ui.goals.view import Shown, page_rows
from coach.ui.text import cell, content, fit, pad, plain, wrapped
from tests.ui.hostile import HOSTILE, is_harmless


def test_every_door_shows_hostile_text_literally_and_harmlessly() -> None:
    for text in HOSTILE:
        for shown in (content(text).plain, cell(text).plain, plain(text), fit(text, 500), pad(text, 500)):
            assert is_harmless(shown), repr(text)
        assert not content(text).spans, repr(text)
    for text in ("[/x]", "[TODO] plan", "[@click=app.quit]press[/]", "$a [b"):
        assert content(text).plain == cell(text).plain == plain(text) == text
    assert isinstance(content("x", "bold"), Content)
    assert "\n" not in plain("a\nb\tc")


def test_a_line_is_never_wider_than_its_cells() -> None:
    for text in (*HOSTILE, "", "plain words that go on and on"):
        for cells in (-1, 0, 1, 2, 3, 5, 8, 40):
            for ellipsis in ("…", "..."):
                assert cell_len(fit(text, cells, ellipsis)) <= max(0, cells)
                assert cell_len(pad(text, cells, ellipsis)) == max(0, cells), (text, cells)
    assert fit("a longer line", 6) == "a lon…"
    assert fit("漢字漢字", 4) == "漢…"
    assert fit("fits", 4) == "fits"


def test_lines_are_broken_by_what_they_take_on_the_screen() -> None:
    for text in (*HOSTILE, "plain words that go on and on", "漢字" * 30, "So that 漢字漢字漢字漢字 are read"):
        for cells in (2, 5, 8, 40):
            lines = wrapped(text, cells, 10_000)
            assert all(cell_len(line) <= cells for line in lines), (text, cells)
            assert "".join(lines).replace(" ", "") == "".join(plain(text).split()), "nothing of it is lost"
            assert all(cell_len(line) <= max(cells, 4) for line in wrapped(text, cells, 2))
    assert wrapped("one two three four", 9, 2) == ["one two", "three ..."]
    assert wrapped("漢字漢字漢字", 7, 3) == ["漢字漢", "字漢字"]
    assert wrapped("漢字漢字漢字漢字", 8, 1) == ["漢字 ..."]


def test_what_is_said_of_a_goal_takes_lines_by_its_cells() -> None:
    goal = Goal("p-1", "Read", 1.0, why="漢字" * 40)
    rows = page_rows(Shown((goal,), goal.id, date(2026, 11, 24), UNICODE, 80))
    told = [row.text for row in rows if "漢" in row.text]
    assert "".join(told) == goal.why
    assert all(cell_len(line) <= 60 for line in told)


def test_glyphs_follow_the_terminal() -> None:
    utf8 = {"LANG": "en_IE.UTF-8", "TERM": "xterm-256color"}
    assert choose("auto", utf8, "utf-8") is UNICODE
    assert choose("ascii", utf8, "utf-8") is ASCII
    assert choose("unicode", {"TERM": "linux"}, "ascii") is UNICODE
    for environ, encoding in (
        (utf8, "ascii"),
        (utf8, None),
        (utf8 | {"TERM": "linux"}, "utf-8"),
        (utf8 | {"TERM": "vt220"}, "utf-8"),
        (utf8 | {"LC_ALL": "C"}, "utf-8"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8"),  # what Python makes of LANG=C
    ):
        assert choose("auto", environ, encoding) is ASCII, environ


def test_glyphs_are_one_cell_and_boxes_three() -> None:
    for glyphs in (ASCII, UNICODE):
        assert all(cell_len(glyphs.box(state)) == 3 for state in ("open", "done", "part", "excused", "missed", "new"))
        assert cell_len(glyphs.rule) == cell_len(glyphs.cursor) == 1
        assert cell_len(glyphs.bar(0.4, 10)) == 10
    assert ASCII.bar(0.4, 10) == "####......"
    assert all(str(value).isascii() for value in (getattr(ASCII, name) for name in ASCII.__slots__))
