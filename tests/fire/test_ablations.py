"""A trial that cannot fail proves nothing: at its smallest each goes red without what it guards, and holds with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.fire import alarms, calls, claims, crowd, damage, devices, histories, moments, power
from tests.fire.scenes import SCENES
from tests.fire.trial import Outcome
from tests.fire.without import PROTECTIONS, without

Smallest = Callable[[Path], Outcome]


def cut(*names: str) -> Smallest:
    """The power goes in these scenes."""
    return lambda folder: power.cut_through(folder, [SCENES[name] for name in names], 0)


def refuse(name: str) -> Smallest:
    """Each call of this action fails."""
    actions = [action for action in calls.ACTIONS if action.name == name]
    return lambda folder: calls.wrong_once(folder, actions, 1, ["EIO"])


GUARDED_BY: dict[str, Smallest] = {
    "fsync": cut("insert"),
    "folder fsync": cut("first start"),
    "mirror": partial(devices.several_devices, share=0.0),
    "the _gone field": partial(devices.several_devices, share=0.0),
    "the clock's see": partial(devices.several_devices, share=0.03),
    "tail sealing": cut("unfinished line"),
    "one line per change": cut("two records"),
    "the whole change in the plan first": cut("two books"),
    "taking back what was refused": refuse("insert"),
    "doubt after a refused fsync": cut("refused, then again"),
    "the names of the folders around": cut(*(f"first start, killed at call {number}" for number in (2, 12, 14, 16))),
    "the durable waiting folder": cut("waiting"),
    "the second copy's fsync": cut("second copy"),
    "replacing instead of writing over": cut("heal, each hurt elsewhere"),
    "the summary's key": cut("summary"),
    "the checksum": partial(damage.any_file, share=0.005),
    "a look before undo": partial(histories.undo_and_redo, share=0.005),
    "the local-time key": moments.travels,
    "the heartbeat": alarms.clock_set,
    "the misfire grace": alarms.blocked_loop,
}


def lock(without_it: bool) -> Smallest:
    """Two processes, which take the protection out of themselves."""
    return partial(crowd.together, writers="ab", writes=20, without="lock" if without_it else "")


def test_every_protection_has_its_trial() -> None:
    assert {*GUARDED_BY, "lock", "the claim"} == {*PROTECTIONS}


@pytest.mark.parametrize("protection", GUARDED_BY)
def test_without_it_the_trial_that_guards_it_goes_red(protection: str, tmp_path: Path) -> None:
    trial = GUARDED_BY[protection]
    with without(protection):
        assert not trial(tmp_path / "without").held
    outcome = trial(tmp_path / "with")
    assert outcome.held, outcome.told()


def test_without_the_lock_writers_lose_each_others_changes(tmp_path: Path) -> None:
    assert not lock(without_it=True)(tmp_path / "without").held
    outcome = lock(without_it=False)(tmp_path / "with")
    assert outcome.held, outcome.told()


def test_without_the_claim_processes_show_the_same(tmp_path: Path) -> None:
    assert not claims.racing(tmp_path / "without", 40, without="the claim").held
    outcome = claims.racing(tmp_path / "with", 40)
    assert outcome.held, outcome.told()
