"""The power goes at every moment: every disk that may be left is opened, and must hold what was acknowledged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from coach.domain.errors import NotSaved
from coach.storage import log, summary
from coach.storage.log import Unread
from tests.fire import checks, recorder
from tests.fire.images import Disk, Image
from tests.fire.recorder import Killed, Recorder
from tests.fire.scenes import SCENES
from tests.fire.stage import Content, Scene, Stage, Step, after, content, in_memory
from tests.fire.trial import Outcome
from tests.storage.homes import open_store

Allowed = tuple[Content, ...]
"""What may be there: with and without each step that was begun and not acknowledged."""


@dataclass(frozen=True, slots=True)
class Case:
    """A disk that a cut may leave."""

    moment: int
    """How many calls were made until then."""
    image: Image
    allowed: Allowed
    alone: bool
    """Whether the logs alone must hold that, without their second copies."""
    copied: bool
    """Whether the second copies alone must hold it."""


def power_cut(folder: Path, share: float) -> Outcome:
    """All scenes, of those that differ by one call a share as well.

    Of the disks a share, but of every moment the one with the least and the one with the most on it.
    """
    alike = [scene for scene in SCENES.values() if scene.is_killed]
    chosen = [scene for scene in SCENES.values() if not scene.is_killed]
    return cut_through(folder, chosen + (alike if share > 0.1 else alike[1::6]), share)


def cut_through(folder: Path, chosen: Iterable[Scene], share: float) -> Outcome:
    tried = moments = disks = 0
    bad: list[str] = []
    with in_memory(folder) as quick:
        for number, scene in enumerate(chosen):
            film = Film(quick / str(number), scene)
            if film.is_over:
                continue
            bad += [f"{scene.name}: {what}" for what in film.unlike]
            for case in film.cases(share):
                disks += 1
                bad += [f"{scene.name}, cut after call {case.moment}: {what}" for what in film.problems(case)]
            tried, moments = tried + 1, moments + len(film.calls) + 1
    return Outcome("power cut", f"{tried} scenes, {moments:,} moments, {disks:,} disks", tuple(bad))


class Film:
    """A scene, recorded call by call, and the disks it may leave."""

    def __init__(self, folder: Path, scene: Scene) -> None:
        self._root, self._home, self._scene = str(folder), folder / "home", scene
        folder.mkdir(parents=True)
        stage, self._chance = Stage(self._home), Random(scene.name)
        self._before: dict[str, Content] = {}
        """Label to what was there before its step."""
        self._now: Content = {}
        self.is_over = False
        """Whether the process was to be killed after its last call only, which is no kill."""
        self.unlike: list[str] = []
        """How the scene went another way than it was written."""
        for step in scene.before:
            self._before[step.label] = self._now
            self._note(step)
            stage.play(step)
        self._start = self._now
        self._odd = _unreadable(Disk(self._root).contents().values())
        self._disk, film = Disk(self._root), Recorder(self._root)
        self.calls = film.calls
        with _numbered(film.number), film.on():
            self._play(stage, film)
        self._at_last = Disk(self._root).contents()

    def _note(self, step: Step) -> None:
        self._now = after(self._now, step)

    def _play(self, stage: Stage, film: Recorder) -> None:
        for number, step in enumerate(self._scene.steps):
            self._before.setdefault(step.label, self._now)
            self.calls.append(recorder.Step(number, done=False))
            film.fail_sync, film.kill_at = step.fail_sync, step.kill_at
            try:
                stage.play(step)
            except Killed:
                continue
            except NotSaved as error:
                self.unlike += [] if step.fail_sync else [f"{step.label!r} was refused: {error}"]
            else:
                self.unlike += [f"{step.label!r} was not refused"] if step.fail_sync else []
                self.is_over |= bool(step.kill_at)
                self.calls.append(recorder.Step(number, done=True))
                self._note(step)

    def cases(self, share: float) -> Iterator[Case]:
        """Each disk once."""
        seen = set()
        alone, copied = not any(step.mends for step in self._scene.steps), False
        allowed: Allowed = (self._start,)
        certain = allowed
        for moment, call in enumerate([None, *self.calls]):
            if isinstance(call, recorder.Step):
                step = self._scene.steps[call.number]
                alone |= step.mends and call.done
                copied = step.copies and call.done
                known = certain if call.done else allowed
                certain = known
                allowed = tuple(after(one, step) for one in known)
                allowed = allowed if call.done else (*known, *allowed)
            elif call is not None:
                self._disk.follow(call)
            ends = set(self._disk.images(ends=True))
            for image in ends if share < 0.01 else self._disk.images():
                key = (image, repr(allowed), alone, copied)
                if key not in seen and (image in ends or self._chance.random() < share):
                    seen.add(key)
                    yield Case(moment, image, allowed, alone, copied)
        assert self._disk.contents() == self._at_last, "a call that changed the disk went past the recorder"

    def problems(self, case: Case) -> Iterator[str]:
        """What is not as promised on a disk."""
        _write(self._root, case.image)
        numbers = {path: number for path, number, _ in case.image.files}
        with _numbered(lambda path: numbers.get(path) or os.stat(path).st_ino):
            try:
                if case.alone:
                    yield from self._without("state/mirror", case.allowed)
                if case.copied:
                    yield from self._without("data/books", case.allowed)
                yield from self._found(case.allowed)
            except Exception as error:
                yield f"{type(error).__name__}: {error}"

    def _without(self, folder: str, allowed: Allowed) -> Iterator[str]:
        with _away(self._home / folder):
            if (found := content(open_store(self._home))) not in allowed:
                yield f"without {folder} there is {found}, and not one of {allowed}"

    def _found(self, allowed: Allowed) -> Iterator[str]:
        if (found := content(open_store(self._home))) not in allowed:
            yield f"there is {found}, and not one of {allowed}"
            return
        if lost := self._odd - _unreadable(path.read_bytes() for path in self._home.rglob("*") if path.is_file()):
            yield f"bytes that nobody could read are nowhere any more: {lost}"
        yield from checks.problems(self._home, self._scene.labels, self._before)


@contextmanager
def _numbered(number: Callable[[str], int]) -> Iterator[None]:
    """Summaries know files by numbers; those of the model, not those that writing an image gave. Times are left out:
    what a cut does to them nobody says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "_look", lambda path: [path, os.stat(path).st_size, number(path)])
        yield


def _unreadable(files: Iterable[bytes]) -> set[bytes]:
    """Lines that look like changes and cannot be read: the person's own bytes, whatever became of them."""
    lines = {line for data in files for line in data.split(b"\n") if b'"ops":[' in line and b'"label":' not in line}
    return {line for line in lines if isinstance(log.decode(line), Unread)}


@contextmanager
def _away(folder: Path) -> Iterator[None]:
    aside = folder.with_name("aside")
    if not folder.exists():
        yield
        return
    folder.rename(aside)
    yield
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def _write(root: str, image: Image) -> None:
    shutil.rmtree(root)
    for folder in image.folders:
        os.mkdir(folder, 0o700)
    for path, _, data in image.files:
        with open(path, "wb") as file:
            file.write(data)
