"""Keeps goals: what a person says of them, their order, and which are on, wait or are reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from coach.domain.areas import check_area
from coach.domain.errors import NotFound
from coach.domain.goals import LEVELS, Goal, Step
from coach.domain.planner import shifted
from coach.domain.text import one_line
from coach.services.goal_steps import GoalSteps, read_goal_steps
from coach.services.ladders import Ladders
from coach.storage.ids import PLAN, ulid
from coach.storage.records import Records
from coach.storage.store import Store

if TYPE_CHECKING:
    from coach.domain.starters import Starter


class Said(TypedDict, total=False):
    """What a person says of a goal; "" or None takes it away again."""

    title: str
    why: str
    area: str
    obstacle: str
    answer: str
    helper: str
    review: date | None
    levels: dict[str, str]


class Goals:
    """All goals, in the person's order: those that are on, those that wait, those that are reached."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._goals = Records(store, "goals", Goal)
        self.steps = GoalSteps(store, self._goals, now)
        """For their steps."""
        self.ladders = Ladders(store, self._goals)
        """For their rungs."""

    def all(self) -> tuple[Goal, ...]:
        return tuple(sorted(self._goals.all(PLAN), key=lambda goal: (_group(goal), goal.order, goal.id)))

    def active(self) -> tuple[Goal, ...]:
        """Those that are on: neither reached nor waiting."""
        return tuple(goal for goal in self.all() if goal.is_active)

    def get(self, goal: str) -> Goal:
        if (found := self._goals.get(goal)) is None:
            raise NotFound("That goal is not there any more.")
        return found

    def add(self, title: str, steps: str = "", *, resting: bool = False) -> Goal:
        """A goal; each line of `steps` becomes a step. How many may be on is the person's own choice."""
        made = Goal(self._new_id(), one_line(title), self._last(), steps=read_goal_steps(steps), resting=resting)
        return self._add(made)

    def begin(self, starter: Starter, why: str = "", *, resting: bool = False) -> Goal:
        """A goal made from an example; from then on it is the person's own."""
        steps = enumerate(starter.steps, 1)
        made = {ulid(): Step(one_line(step.title), float(place), minutes=step.minutes) for place, step in steps}
        goal = Goal(self._new_id(), one_line(starter.title), self._last(), one_line(why), steps=made, resting=resting)
        obstacle, answer = one_line(starter.obstacle), one_line(starter.answer)
        return self._add(replace(goal, area=starter.area, obstacle=obstacle, answer=answer))

    def change(self, goal: str, **said: Unpack[Said]) -> Goal:
        """Refused for an area there is not; of the levels, those without words are left out."""
        check_area(said.get("area", ""))
        cleaned = {name: one_line(value) if isinstance(value, str) else value for name, value in said.items()}
        if "levels" in said:
            words = {level: one_line(said["levels"].get(level, "")) for level in LEVELS}
            cleaned["levels"] = {level: meant for level, meant in words.items() if meant}
        before = self.get(goal)
        changed = replace(before, **cleaned)  # type: ignore[arg-type]  # Said names the types
        if changed.review != before.review:
            changed = replace(changed, review_set=self._now() if changed.review else None)
        self._put("Changed", changed)
        return changed

    def stand(self, goal: str, level: int | None) -> Goal:
        """How far it is, -2 to 2; the first time it is said is where it began, and None forgets both."""
        changed = self.get(goal).at_level(level)
        self._put("Said how far it is with", changed)
        return changed

    def forget_levels(self, goal: str) -> None:
        """What the five levels would look like, and how far it is."""
        self._put("Took the levels away from", replace(self.get(goal).at_level(None), levels={}))

    def let_wait(self, goal: str) -> None:
        """It stays in the list, below those that are on."""
        self._put("Let wait", replace(self.get(goal), resting=True, done=None))

    def take_on(self, goal: str) -> None:
        """It is on again, whether it waited or was reached."""
        self._put("Took on", replace(self.get(goal), resting=False, done=None))

    def remove(self, goal: str) -> Goal:
        found = self.get(goal)
        with self._store.change(f"Deleted “{found.title}”"):
            self._goals.remove(goal)
        return found

    def reach(self, goal: str) -> None:
        """It stays in the list, below the others, and can be taken on again."""
        self._put("Reached", replace(self.get(goal), done=self._now()))

    def shift(self, goal: str, by: Literal[-1, 1]) -> bool:
        """One place up or down among those that are on, or wait, as it does; False where there is no place."""
        group = _group(self.get(goal))
        goals = [one for one in self.all() if _group(one) == group]
        index = next((index for index, one in enumerate(goals) if one.id == goal), -1)
        if index < 0 or not (orders := shifted([one.order for one in goals], index, by)):
            return False
        with self._store.change(f"Moved “{goals[index].title}”"):
            for place, order in orders.items():
                self._goals.put(replace(goals[place], order=order))
        return True

    def _new_id(self) -> str:
        return self._store.new_id(PLAN)

    def _last(self) -> float:
        return max((goal.order for goal in self.all()), default=0.0) + 1

    def _add(self, goal: Goal) -> Goal:
        made = replace(goal, made=self._now())
        self._put("Added", made)
        return made

    def _put(self, label: str, goal: Goal) -> None:
        with self._store.change(f"{label} “{goal.title}”"):
            self._goals.put(goal)


def _group(goal: Goal) -> int:
    """Those that are on come first, then those that wait, then those that are reached."""
    return 2 if goal.done else 1 if goal.resting else 0
