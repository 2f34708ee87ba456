"""Settings: every choice on one page, changed where it stands and kept at once."""

from __future__ import annotations

from typing import Any

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.domain.errors import NotSaved, Refused
from coach.domain.prompts import Prompt
from coach.ui.asking import ask_line
from coach.ui.clock_times import read_time
from coach.ui.page import Page
from coach.ui.settings_view import SettingsView, fetch, following, settings_rows
from coach.ui.widgets.rows import Rows


class SettingsPage(Page):
    """Space or Enter changes the line it stands on."""

    PLACE = "settings"
    TABLES = frozenset({"prompts"})
    HELP = "Space or Enter changes a line; it is kept at once. a adds a reminder. Keys are set as: breathe = b,f5"
    BINDING_GROUP_TITLE = "Settings"
    BINDINGS = [
        Binding("space", "change", "Change", tooltip="Change this line", id="change"),
        Binding("a", "add_prompt", "Add reminder", tooltip="A sentence at a time of day", id="add-prompt"),
        Binding("e", "edit", "Edit", tooltip="Change a reminder or a key", id="edit-setting"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete a reminder or an own key", id="delete-setting"),
    ]

    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._view: SettingsView | None = None

    def compose_body(self) -> ComposeResult:
        yield Rows()

    async def load(self) -> None:
        self._view = await self.app.ask(fetch, self.app.coach, sorted(self.app.available_themes))
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._view is not None:
            self.rows.set_rows(settings_rows(self._view, self.app.glyphs, self.size.width))

    def on_rows_selected(self) -> None:
        self.action_change()

    on_rows_marked = on_rows_selected

    @work(exclusive=True, group="change")
    async def action_change(self) -> None:
        key, view = self._key, self._view
        if view is None or not key:
            return
        try:
            if prompt := self._prompt():
                await self.app.ask(self.app.coach.prompts.switch, prompt.id)
            elif key == "day_start":
                await self._ask_day_start()
            elif key == "country":
                await self._choose_country()
            elif key == "keys" or key.startswith("key "):
                await self._ask_key(key.removeprefix("key").strip())
            else:
                await self._set(**following(view, key))
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)

    async def _set(self, **changes: Any) -> None:
        await self.app.ask(self.app.coach.settings.change, **changes)
        self.app.dress()
        self.reload()

    @work(exclusive=True, group="change")
    async def action_add_prompt(self) -> None:
        await self._ask_prompt("Remind me, while coach is open", None)

    @work(exclusive=True, group="change")
    async def action_edit(self) -> None:
        if prompt := self._prompt():
            await self._ask_prompt("Change the reminder", prompt)
        else:
            self.action_change()

    @work(exclusive=True, group="change")
    async def action_delete(self) -> None:
        try:
            if prompt := self._prompt():
                await self.app.ask(self.app.coach.prompts.remove, prompt.id)
                self.app.notice("Deleted. u brings it back.")
            elif self._key.startswith("key "):
                keys = dict(self.app.coach.settings.now.keys)
                keys.pop(self._key.removeprefix("key "), None)
                await self._set(keys=keys)
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)

    async def _ask_prompt(self, title: str, prompt: Prompt | None) -> None:
        prompts = self.app.coach.prompts

        async def keep(text: str) -> None:
            at, sentence = _read_prompt(text)
            if prompt is None:
                await self.app.ask(prompts.add, at, sentence)
            else:
                await self.app.ask(prompts.edit, prompt.id, at, sentence)

        await ask_line(
            self.app,
            title,
            keep,
            value=f"{prompt.at:%H:%M} {prompt.sentence}" if prompt else "",
            draft="" if prompt else "prompt",
            placeholder="16:30 Drink something, look outside",
            check=_read_prompt,
        )

    async def _ask_day_start(self) -> None:
        async def keep(text: str) -> None:
            await self._set(day_start=read_time(text))

        now = self.app.coach.settings.now.day_start
        await ask_line(self.app, "When does your day begin?", keep, value=f"{now:%H:%M}", check=_read_start)

    async def _choose_country(self) -> None:
        from coach.ui.dialogs.country import CountryChooser

        helpnow = self.app.coach.helpnow
        countries = await self.app.ask(helpnow.countries)
        code = await self.app.push_screen_wait(CountryChooser(countries, self.app.coach.settings.now.country))
        if code:
            await self.app.ask(helpnow.choose, code)
            await self._set(country=code)

    async def _ask_key(self, command: str) -> None:
        """One own key, as "breathe = b,f5"; what cannot be used is said and stays in the field."""
        from coach.ui.keymap import read_key

        keys = self.app.coach.settings.now.keys

        async def keep(text: str) -> None:
            name, wanted = read_key(text, type(self.app))
            await self._set(keys={**keys, name: wanted})

        await ask_line(
            self.app,
            "Own keys: command = keys (coach keys lists the commands)",
            keep,
            value=f"{command} = {keys[command]}" if command else "",
            placeholder="breathe = b,f5",
            check=lambda text: read_key(text, type(self.app)),
        )

    @property
    def _key(self) -> str:
        return self.rows.current.key if self.rows.current else ""

    def _prompt(self) -> Prompt | None:
        return next((one for one in self._view.prompts if one.id == self._key), None) if self._view else None


def _read_prompt(text: str) -> tuple[Any, str]:
    """ "16:30 Drink something": a time and a sentence."""
    at, _, sentence = text.strip().partition(" ")
    if not sentence.strip():
        raise Refused("A reminder is a time and a sentence, for example: 16:30 Drink something")
    return read_time(at), sentence


def _read_start(text: str) -> None:
    from coach.ui.first_day import Answers

    Answers().beginning(read_time(text))
