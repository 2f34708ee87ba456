"""A paced practice from the first question to the last: it knows the order of its pages and what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import ContentSwitcher

from coach.domain.practices import Practice, Precheck
from coach.ui.sparse import send_sparsely
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.pacer import Pacer, steady_clock
from coach.ui.widgets.player_pages import AskPage, DrowsyPage, RatePage
from coach.ui.widgets.scale import TEN_WITHIN, Scale

Stage = Literal["ask", "drowsy", "before", "pace", "after"]
_STAGES: dict[str, tuple[Stage, ...]] = {
    "turn_to": ("ask",),
    "signs": ("drowsy",),
    "go_on": ("before", "after", "drowsy"),
    "pause": ("pace",),
    "repace": ("pace",),
    "turn": ("pace",),
}
"""Where a key works; the others work everywhere."""


@dataclass(frozen=True, slots=True)
class PlayerResult:
    """What was done; any length counts."""

    practice_id: str
    seconds: int = 0
    cycles: int = 0
    before: int | None = None
    after: int | None = None
    skipped: str = ""
    """ "drowsy" when nothing was paced for safety."""


class PlayerScreen(Screen[PlayerResult | None]):
    """Asks, paces and asks again; at any moment `part_done` says what there is so far."""

    HELP = "Follow the breath. Every second counts, and you can finish at any moment."
    BINDING_GROUP_TITLE = "Breathing"
    BREATHES = True
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [  # the way out first: it stays visible on the narrowest screen
        Binding("escape", "finish", "Finish", tooltip="Finish; what is done counts", id="player-finish"),
        Binding("n", "turn_to('before')", "No", tooltip="Not drowsy: go on", id="player-awake"),
        Binding("y", "turn_to('drowsy')", "Yes", tooltip="Unusually drowsy: nothing is paced", id="player-drowsy"),
        Binding("1", "signs", "Signs", tooltip="Open Help now", id="player-signs"),
        Binding("enter", "go_on", "Go on", tooltip="Go on, with or without a number", priority=True, id="player-on"),
        Binding("space", "pause", "Pause", tooltip="Pause, or go on from here", id="player-pause"),
        Binding("less_than_sign", "repace('slower')", "Slower", tooltip="Half a second longer", id="player-slower"),
        Binding("greater_than_sign", "repace('easier')", "Easier", tooltip="Half a second shorter", id="player-easier"),
        Binding("w", "turn", "Words", tooltip="Shape, bar, or words only", id="player-words"),
        Binding("q", "leave", "Leave", show=False, tooltip="Leave at once; what is done counts", id="player-leave"),
    ]
    DEFAULT_CSS = """
    PlayerScreen { background: $background; color: $foreground; }
    PlayerScreen ContentSwitcher { height: 1fr; }
    PlayerScreen.-narrow PlayerPage, PlayerScreen.-short PlayerPage { padding: 0 2; }
    PlayerScreen.-short PlayerPage Static { margin-bottom: 0; }
    PlayerScreen.-short PlayerPage .spare { display: none; }
    """

    def __init__(
        self,
        practice: Practice,
        *,
        minutes: float | None = None,
        precheck: Precheck | None = None,
        motion: str = "full",
        clock: Callable[[], float] = steady_clock,
    ) -> None:
        """`precheck` is the question about drowsiness when it is due, and None when it was answered today."""
        super().__init__()
        self._practice, self._precheck = practice, precheck
        self._moving = motion != "none"
        length = practice.minutes if minutes is None else minutes
        self._pacer = Pacer(practice, length, moving=self._moving, clock=clock, id="pace")
        self._stage: Stage = "ask" if precheck else "before"
        self._turning: Timer | None = None
        self._after: int | None = None

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial=self._stage):
            if self._precheck:
                yield AskPage(self._precheck, id="ask")
                yield DrowsyPage(self._precheck, id="drowsy")
            yield RatePage.before(self._practice, id="before")
            yield self._pacer
            yield RatePage.after(id="after")
        yield KeyBar(rule=False)

    def on_mount(self) -> None:
        send_sparsely(self)
        self.action_turn_to(self._stage)

    def on_screen_suspend(self) -> None:
        """Another screen came over it, Help now for example: nobody follows a breath they cannot see."""
        self._pacer.pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn" and not self._moving:
            return False
        return self._stage in _STAGES.get(action, (self._stage,))

    def part_done(self) -> PlayerResult:
        """What has been done up to this moment; nothing is waited for."""
        seconds, cycles = self._pacer.done
        return PlayerResult(self._practice.id, seconds, cycles, self._pacer.before, self._after)

    def action_turn_to(self, stage: Stage) -> None:
        self._stop_turning()
        self._stage = stage
        self.query_one(ContentSwitcher).current = stage
        if stage in ("before", "after"):
            self.query_one(f"#{stage}", RatePage).scale.focus(scroll_visible=False)
        else:
            self.set_focus(None)
        if stage == "pace":
            self._pacer.toggle()
        self.refresh_bindings()

    async def action_signs(self) -> None:
        await self.app.run_action("app.help_now")

    def action_go_on(self) -> None:
        if self._stage == "drowsy":
            self.action_leave()
        else:
            page = self.query_one(f"#{self._stage}", RatePage)
            if page.scroll_y < page.max_scroll_y:  # a small screen: what to be careful with comes first
                page.scroll_end(animate=False)
                return
            self._rated(page.scale.value)
            self._turn_page()

    def action_pause(self) -> None:
        self._pacer.toggle()

    def action_repace(self, how: Literal["slower", "easier"]) -> None:
        if not self._pacer.repace(Practice.slower if how == "slower" else Practice.easier):
            limit = "slow" if how == "slower" else "short"
            self.notify(f"This is as {limit} as it goes.", timeout=2, markup=False)

    def action_turn(self) -> None:
        self._pacer.turn()

    def action_finish(self) -> None:
        """Ends here, with credit and the last question; before the first breath there is nothing to ask."""
        self._pacer.stop()
        if self._stage == "pace" and self.part_done().seconds:
            self.action_turn_to("after")
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self._pacer.stop()
        done = self.part_done()
        if self._stage == "drowsy":
            self.dismiss(PlayerResult(self._practice.id, skipped="drowsy"))
        else:
            self.dismiss(done if done.seconds else None)

    def on_pacer_ended(self) -> None:
        if self._stage == "pace":
            self.action_turn_to("after")

    def on_scale_rated(self, message: Scale.Rated) -> None:
        """A number leads on by itself; after a 1 there is a moment in which a 0 makes it ten."""
        message.stop()
        self._rated(message.value)
        self._stop_turning()
        if message.scale.awaits_zero:
            self._turning = self.set_timer(TEN_WITHIN, self._turn_page)
        else:
            self._turn_page()

    def _rated(self, value: int | None) -> None:
        if self._stage == "before":
            self._pacer.before = value
        elif self._stage == "after":
            self._after = value

    def _turn_page(self) -> None:
        if self._stage == "before":
            self.action_turn_to("pace")
        elif self._stage == "after":
            self.action_leave()

    def _stop_turning(self) -> None:
        if self._turning is not None:
            self._turning.stop()
