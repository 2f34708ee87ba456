"""`coach remind --daemon`: keeps watch over one home without a screen until it is told to end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from coach.bootstrap import Coach, build
from coach.cli.main import say
from coach.cli.signals import Ending
from coach.domain.errors import Locked, NotSaved
from coach.paths import Paths
from coach.services.reminders import AGAIN
from coach.services.zone import zone_stamp
from coach.storage.lock import Lock


def keep_watch(paths: Paths) -> int:
    """128 and the number of the signal that ended it; Locked when another one watches the same home."""
    from coach.services.alarm import Vigil

    watch = build(paths)
    said: set[str] = set()
    vigil = Vigil(lambda: _look(watch, said), watch.now, lambda: _stamp(watch))
    ending = Ending(vigil.stop)
    with _only_one(paths), ending.heard():
        say("Watching. Ctrl+C ends it; a timer does the same with less: coach remind install --help")
        vigil.keep()
    return ending.code


def _look(watch: Coach, said: set[str]) -> datetime | None:
    """Tells what is due, and when to look again; what goes wrong is said once, until a look goes well."""
    try:
        following = _tell(watch.paths)
    except NotSaved as trouble:  # Locked among them: somebody writes just now
        told = str(trouble)
    except Exception as error:  # noqa: BLE001  (what a job of the scheduler raises is heard by nobody)
        told = f"What is due could not be read ({type(error).__name__}). It is tried again; coach due may say more."
    else:
        said.clear()
        return following
    if told not in said:
        said.add(told)
        say(f"coach: {told}")
    return watch.now() + AGAIN


def _tell(paths: Paths) -> datetime | None:
    """One `remind --once`, and when the next is due; built anew each time, so that no change is ever overlooked."""
    coach = build(paths)
    try:
        delivery = coach.reminders.deliver()
        coach.status.write()
        if coach.notices.is_news:
            say(coach.notices.trouble)
        moments = (delivery.again, coach.prompts.next_instant(aloud=True))
        return min((moment for moment in moments if moment is not None), default=None)
    finally:
        coach.close()


def _stamp(coach: Coach) -> tuple[object, ...]:
    """Differs when this computer wrote or answered something, a file arrived, or settings or the zone are others."""
    state = [_changed(os.path.join(coach.paths.state, name)) for name in ("delivered.log", "quiet")]
    books = os.path.join(coach.paths.data, "books")
    return coach.stamp(), _changed(coach.paths.config), zone_stamp(os.environ), *state, *_arrivals(books)


def _arrivals(books: str) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(books) as devices:
            folders = [device.path for device in devices if device.is_dir(follow_symlinks=False)]
        for folder in sorted(folders):
            with os.scandir(folder) as files:
                yield from sorted((file.path, file.stat(follow_symlinks=False).st_mtime_ns) for file in files)
    except OSError:
        return  # not there yet, or just being replaced: the next heartbeat sees it


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


@contextmanager
def _only_one(paths: Paths) -> Iterator[None]:
    watched = False
    try:
        with Lock(os.path.join(paths.state, "remind.lock"), patience=0).held():
            watched = True
            yield
    except Locked:
        if watched:
            raise
        raise Locked("Another coach remind --daemon watches over this already, so this one ends.") from None
