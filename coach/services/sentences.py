"""Keeps the sentences a person wants to be told at times of day, and asks what they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from coach.domain.asks import Ask
from coach.domain.errors import NotFound
from coach.domain.sentences import Prompt
from coach.domain.text import one_line
from coach.services.quiet import Quiet
from coach.storage.ids import PLAN
from coach.storage.records import Records
from coach.storage.store import Store


class Sentences:
    """Own sentences, first to last of the day."""

    def __init__(self, store: Store, quiet: Quiet, now: Callable[[], datetime]) -> None:
        self._store, self._quiet, self._now = store, quiet, now
        self._prompts = Records(store, "prompts", Prompt)

    def all(self) -> tuple[Prompt, ...]:
        return tuple(sorted(self._prompts.all(PLAN), key=lambda prompt: (prompt.at, prompt.id)))

    def add(self, at: time, sentence: str, **more: Any) -> Prompt:
        """`more` are fields of a Prompt: days, times, leads, window and so on."""
        prompt = Prompt(self._store.new_id(PLAN), one_line(sentence), at, made=self._now(), **more)
        self._put("Added a reminder", prompt)
        return prompt

    def change(self, prompt: str, **fields: Any) -> None:
        """A new time counts from now on: what is past today does not come again."""
        if "sentence" in fields:
            fields["sentence"] = one_line(fields["sentence"])
        self._put("Changed a reminder", replace(self._get(prompt), **fields, made=self._now()))

    def switch(self, prompt: str) -> None:
        """On becomes off, and off on."""
        self.change(prompt, on=not self._get(prompt).on)

    def remove(self, prompt: str) -> Prompt:
        found = self._get(prompt)
        with self._store.change("Deleted a reminder"):
            self._prompts.remove(prompt)
        return found

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        """What the person's own sentences ask."""
        limits = self._quiet.limits()
        for prompt in self.all():
            yield from prompt.asks(first, last, limits)

    def _get(self, prompt: str) -> Prompt:
        if (found := self._prompts.get(prompt)) is None:
            raise NotFound("That prompt is not there any more.")
        return found

    def _put(self, label: str, prompt: Prompt) -> None:
        with self._store.change(label):
            self._prompts.put(prompt)
