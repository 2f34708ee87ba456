"""Tells about what is due while no screen is open: one neutral notification, claimed only when something took it."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain.prompts import Occurrence
from coach.services.prompts import Prompts


class Reminders:
    """What `coach remind --once` does."""

    def __init__(self, prompts: Prompts, notify: Callable[[str], bool]) -> None:
        """`notify` shows a text outside the program, and says whether anything took it."""
        self._prompts, self._notify = prompts, notify

    def deliver(self) -> tuple[tuple[Occurrence, ...], bool]:
        """What is shown and claimed now, and whether all is well: False when nothing took the notification."""
        answers: list[bool] = []

        def show(count: int) -> bool:
            answers.append(self._notify(f"coach: {count} thing{'' if count == 1 else 's'}"))
            return answers[-1]

        due = self._prompts.due()
        return self._prompts.claim_if(due, show) if due else (), all(answers)
