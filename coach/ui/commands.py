"""The commands that work everywhere, each declared once; what they do is a few lines or lives elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

from textual import work
from textual.binding import Binding

from coach.ui.places import PLACES, next_place
from coach.ui.running import RunningApp
from coach.ui.widgets.keybar import HELP_NOW

URGE = "note-urge"
_WHILE_HIDDEN = frozenset({"help_now", "quit", "hide"})


class Commands(RunningApp):
    """Key, palette and footer all come from these bindings. One without an id is a second key or a cursor key."""

    BINDINGS = [
        Binding("b", "breathe", "Breathe", tooltip="Breathe for a while, now", id="breathe"),
        Binding("c", "note_urge", "Urge", tooltip="Note an urge", id=URGE),
        Binding("question_mark", "show_keys", "Keys", tooltip="The keys that work here", id="keys"),
        Binding(
            "exclamation_mark,ctrl+r,f1",
            "help_now",
            "Help now",
            priority=True,
            tooltip="Numbers and steps for a hard moment",
            id=HELP_NOW,
        ),
        Binding(
            "ctrl+p,colon",
            "command_palette",
            "All commands",
            show=False,
            priority=True,
            tooltip="Find a command by its name",
            id="palette",
        ),
        *(place.binding() for place in PLACES),
        Binding("slash", "find", "Find", show=False, tooltip="Words or #tags in everything written", id="find"),
        Binding("u", "undo", "Undo", show=False, tooltip="Take the last change back", id="undo"),
        Binding("U", "redo", "Redo", show=False, tooltip="Repeat what was undone", id="redo"),
        Binding("x", "hide", "Hide", show=False, priority=True, tooltip="An empty screen; Enter comes back", id="hide"),
        Binding("ctrl+l", "hide", "Hide", show=False, priority=True),
        Binding("full_stop", "simulate_key('escape')", "Back", show=False, priority=True),
        Binding("q", "quit", "Quit", show=False, tooltip="Everything is saved", id="quit"),
        Binding("ctrl+c,ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def hides(self, command: str) -> bool:
        """Whether a command stays out of the footer, the palette and the list of keys: its room is off."""
        return command == URGE and "urges" not in self.coach.settings.now.rooms

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.is_hidden and action not in _WHILE_HIDDEN:
            return False
        if action == "breathe" and getattr(self.screen, "BREATHES", False):
            return False
        if action == "find" and not getattr(self.screen, "PLACE", ""):
            return False
        return super().check_action(action, parameters)

    def action_help_now(self) -> None:
        """Over everything, at once; it waits for nothing that belongs to the person."""
        from coach.ui.screens.help_now import HelpNowScreen

        if not isinstance(self.screen, HelpNowScreen):
            self.clear_notifications()
            self.push_screen(HelpNowScreen(self.coach.helpnow), self.show_again)

    def action_hide(self) -> None:
        from coach.ui.screens.hide import HideScreen

        if not self.is_hidden:
            self.clear_notifications()
            self.push_screen(HideScreen(), self.show_again)

    def action_command_palette(self) -> None:
        from coach.ui.palette import Palette

        if not self.screen.has_class("--textual-command-palette"):
            self.push_screen(Palette())

    @work
    async def action_show_keys(self) -> None:
        from coach.ui.dialogs.keys import KeysDialog

        chosen = await self.push_screen_wait(KeysDialog(self, self.screen))
        if chosen is not None:
            await self.run_action(chosen.binding.action, chosen.node)

    @work
    async def action_find(self) -> None:
        await _later("coach.ui.find_flow", "find")(self)

    @work
    async def action_undo(self) -> None:
        self.notice(await self.ask(self.coach.undo.undo))

    @work
    async def action_redo(self) -> None:
        self.notice(await self.ask(self.coach.undo.redo))

    def action_next_place(self, by: int) -> None:
        self.switch_mode(next_place(self.current_mode, by))

    @work
    async def action_breathe(self) -> None:
        await self.start_practice()

    async def start_practice(self, practice: str | None = None) -> None:
        """The player, with the practice of this id or the usual one."""
        await _later("coach.ui.practice_flow", "breathe")(self, practice)

    @work
    async def action_note_urge(self) -> None:
        await _later("coach.ui.urge_flow", "note_urge")(self)

    async def action_quit(self) -> None:
        await self.leave(0)


def _later(module: str, name: str) -> Callable[..., Awaitable[None]]:
    """A flow, imported the first time it is wanted."""
    flow: Callable[..., Awaitable[None]] = getattr(import_module(module), name)
    return flow
