"""Settings: every choice on one page, changed where it stands and kept at once."""

from __future__ import annotations

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.ui.asking import ask_line
from coach.ui.clock_times import read_time
from coach.ui.first_day import Answers
from coach.ui.page import Page
from coach.ui.settings_view import KEY, REMINDERS, SettingsView, fetch, settings_rows, take_step
from coach.ui.widgets.rows import Rows


class SettingsPage(Page):
    """Space or Enter changes the line it stands on."""

    PLACE = "settings"
    TABLES = frozenset({"prompts"})
    HELP = "Space or Enter changes a line.\nIt is kept at once."
    BINDING_GROUP_TITLE = "Settings"
    BINDINGS = [
        Binding("space", "change", "Change", tooltip="Change this line", id="change"),
        Binding("e", "edit", "Edit", tooltip="Change an own key", id="edit-setting"),
        Binding("d", "delete", "Delete", tooltip="Delete an own key", id="delete-setting"),
    ]

    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._view: SettingsView | None = None

    def compose_body(self) -> ComposeResult:
        yield Rows()

    async def load(self) -> None:
        self._view = await self.app.ask(fetch, self.app.coach)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._view is not None:
            self.rows.set_rows(settings_rows(self._view, self.app.glyphs, self.size.width))
            self.refresh_bindings()

    def on_rows_selected(self) -> None:
        self.action_change()

    on_rows_marked = on_rows_selected

    def on_rows_highlighted(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an own key can be edited and deleted."""
        return action not in ("edit", "delete") or bool(self._own_key)

    @work(group="change")
    async def action_change(self) -> None:
        key = self._key
        if key == "day_start":
            await self._ask_day_start()
        elif key == REMINDERS:
            from coach.ui.screens.reminders import RemindersScreen

            self.app.push_screen(RemindersScreen(), lambda _: self.reload())  # a pause is told by no table
        elif key == "country":
            await self._choose_country()
        elif key == "paths":
            paths = self.app.coach.paths
            self.app.notice(f"What you enter is in {paths.data}, these settings in {paths.config}. Nowhere else.")
        elif key.startswith(KEY):
            await self._ask_key(self._own_key)
        elif key:
            await self.app.ask(take_step, self.app.coach, key, list(self.app.available_themes))
            self.app.dress()

    @work(group="change")
    async def action_edit(self) -> None:
        if self._own_key:
            await self._ask_key(self._own_key)

    @work(group="change")
    async def action_delete(self) -> None:
        coach = self.app.coach
        if name := self._own_key:
            await self.app.ask(
                coach.settings.change, keys={k: v for k, v in coach.settings.now.keys.items() if k != name}
            )
            self.app.dress()

    async def _ask_day_start(self) -> None:
        settings = self.app.coach.settings

        async def keep(text: str) -> None:
            await self.app.ask(settings.change, day_start=read_time(text))
            self.app.dress()

        def check(text: str) -> Answers:
            return Answers().beginning(read_time(text))

        now = f"{settings.now.day_start:%H:%M}"
        await ask_line(self.app, "When does your day begin?", keep, value=now, check=check, offer=True)

    async def _choose_country(self) -> None:
        from coach.ui.dialogs.country import CountryChooser

        coach = self.app.coach
        countries = await self.app.ask(coach.helpnow.countries)
        code = await self.app.push_screen_wait(CountryChooser(countries, coach.settings.now.country))
        if code:
            await self.app.ask(coach.helpnow.choose, code)
            await self.app.ask(coach.settings.change, country=code)
            self.app.dress()

    async def _ask_key(self, command: str) -> None:
        """One own key, as "breathe = b,f5"; what cannot be used is said and stays in the field."""
        from coach.ui.keymap import read_key

        settings = self.app.coach.settings

        async def keep(text: str) -> None:
            name, wanted = read_key(text, type(self.app))
            await self.app.ask(settings.change, keys={**settings.now.keys, name: wanted})
            self.app.dress()

        await ask_line(
            self.app,
            "A command and its keys (coach keys lists them all)",
            keep,
            value=f"{command} = {settings.now.keys[command]}" if command else "",
            placeholder="breathe = b,f5",
            check=lambda text: read_key(text, type(self.app)),
        )

    @property
    def _key(self) -> str:
        return self.rows.current.key if self.is_mounted and self.rows.current else ""

    @property
    def _own_key(self) -> str:
        """The command of the own key the cursor is on."""
        return self._key.removeprefix(KEY) if self._key.startswith(KEY) else ""
