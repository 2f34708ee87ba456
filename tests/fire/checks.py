"""What every home must stand, whatever happened to it: a look at its files, a summary, an undo, the next write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.domain.summary import summarise
from coach.storage.care.heal import heal
from coach.storage.summary import Summaries
from tests.fire.stage import Content, Key, Step, content, undone
from tests.storage.homes import NOVEMBER, open_store, put

LATER: Key = ("moods", "2611-later")


def problems(home: Path, labels: Mapping[str, Step], before: Mapping[str, Content]) -> Iterator[str]:
    """What goes wrong in a home; `labels` and `before` say what each step that undo may be about did."""
    found = content(open_store(home))
    yield from _summary(home)
    yield from _look(home, found)
    store = open_store(home)
    taken = store.take_back("undo")
    if taken is not None:
        found = undone(found, labels[taken.label], before[taken.label])
    if (now := content(store)) != found:
        yield f"undo of {taken} leaves {now}, and not {found}"
    put(open_store(home), *LATER, value=1)
    found[LATER] = {"value": 1}
    if (now := content(open_store(home))) != found:
        yield f"after the next write there is {now}, and not {found}"


def _summary(home: Path) -> Iterator[str]:
    store = open_store(home)
    kept, strays = (summaries := Summaries(store, store.paths)).get(NOVEMBER), summaries.strays()
    afresh = summarise(NOVEMBER, open_store(home).book(NOVEMBER).records())
    if (kept, strays) != (afresh, afresh.strays):
        yield f"the summary says {kept} and {strays}, and not {afresh}"


def _look(home: Path, found: Content) -> Iterator[str]:
    """As at each start: nothing changes by it, and nobody is told that something is missing."""
    if missing := [mended for mended in heal(open_store(home), thorough=False) if mended.missing]:
        yield f"told to be missing, though nothing is: {missing}"
    if (now := content(open_store(home))) != found:
        yield f"after a look at the files there is {now}, and not {found}"
