"""What there is to say once everything has been looked at: what was left unfinished, put back, or is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from coach.domain.errors import NotFound, NotSaved
from coach.domain.helpnow import parse
from coach.services.zone import assumed

if TYPE_CHECKING:
    from coach.bootstrap import Coach

PLACES = {"add": "Today", "goal": "Goals", "prompt": "Reminders", "journal-new": "the Journal"}
"""Drafts of something new, and where `a` brings them back."""
_TOLD = "told"
"""Holds a digest of the drafts that were spoken of."""


def opening_words(coach: Coach) -> list[str]:
    """Sentences for one notice; runs in the store thread, after the first view."""
    return [*_unfinished(coach), *coach.doctor.at_start(), *_zone(coach), *_country(coach), *_reminders(coach)]


def _unfinished(coach: Coach) -> Iterator[str]:
    if session := coach.sessions.recover():
        yield f"The breathing that broke off counts: {session.seconds} seconds are kept."
    kept = {name: text for name in PLACES if (text := coach.drafts.get(name))}
    if _is_news(coach, kept):
        yield f"Half-typed text is kept. On {' and '.join(PLACES[name] for name in kept)}, a brings it back."


def _is_news(coach: Coach, kept: Mapping[str, str]) -> bool:
    """Whether that was not said at a start before: said every day, it would nag."""
    now = sha256(repr(sorted(kept.items())).encode()).hexdigest() if kept else ""
    if now == coach.drafts.get(_TOLD):
        return False
    with suppress(OSError):  # then it is said once more
        coach.drafts.keep(_TOLD, now)
    return bool(kept)


def _zone(coach: Coach) -> Iterator[str]:
    if said := assumed(os.environ, coach.settings.now.zone, coach.now()):
        yield said


def _country(coach: Coach) -> Iterator[str]:
    """The numbers of the chosen country reach Help now, also on a new machine and after a correction."""
    wanted = coach.settings.now.country
    try:
        if wanted and parse(coach.helpnow.text()).code != wanted:
            coach.helpnow.choose(wanted)
        else:
            coach.helpnow.refresh()
    except NotFound as unknown:
        yield f"{coach.paths.config}: {unknown}"
    except NotSaved as trouble:
        yield str(trouble)


def _reminders(coach: Coach) -> Iterator[str]:
    """What a timer could only say where nobody reads it."""
    if trouble := coach.notices.unseen_trouble():
        yield trouble
