"""The person's own keys and themes: what can be used is, the rest is one notice."""

from __future__ import annotations

import re
from pathlib import Path

from coach.ui.widgets.rows import Rows
from tests.ui.shell import shell
from tests.ui.started import until_shown
from tests.ui.test_shell import keys_line, on_screen


async def test_own_keys_and_own_themes_that_cannot_be_used_are_one_notice(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'theme = "nowhere"\n[keys]\nbreathe = "f5,B"\n"help-now" = ""\n"desk-add" = "ctrl+r"\nundo = "q"\nfly = "f"\n'
    )
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "bad.toml").write_text("name = 'bad'\nprimary = 'blueish'")
    app = shell(str(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, '"nowhere"')  # every screen is imported for it
        # a long path is cut wherever the notice ends, and the rows behind it begin each line
        told = re.sub(r"[▌|│\s]", "", re.sub(r"^.*today \d+", "", on_screen(app), flags=re.MULTILINE))
        for part in (
            "bad.toml",
            '"nowhere"',
            'no command called "fly"',
            "Help now keeps its key",
            '"undo" keeps its own',
        ):
            assert part.replace(" ", "") in told, told
        assert app.theme == "dusk"
        assert "f5 Breathe" in keys_line(app) or "F5 Breathe" in keys_line(app)
        app.set_keymap({})
        await pilot.press("!")
        assert type(app.screen).__name__ == "HelpNowScreen"


async def test_the_chosen_theme_is_on_the_first_screen(tmp_path: Path) -> None:
    for name in ("dusk", "paper"):
        (tmp_path / "config.toml").write_text(f'theme = "{name}"\n')
        app = shell(str(tmp_path))
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            assert app.current_theme.name == name
            assert app.screen.styles.background.hex.lower() == app.current_theme.background
            assert app.screen.query_one(Rows).get_component_styles("rows--cursor").color.hex.lower() == (
                app.current_theme.primary
            )
