"""What comes after what: "after breakfast" stands below breakfast, wherever that is on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from coach.domain.items import Item
from coach.domain.text import title_key


def below_their_anchors(items: Sequence[Item]) -> dict[int, int]:
    """Every place in a list, what follows something directly after it, with the place it shares: that of the first.

    A time of its own is stronger than what it follows; and where nothing has that title, or things follow each other
    round, it keeps its own place.
    """
    anchors = _anchors(items)
    followers: dict[int, list[int]] = defaultdict(list)
    for place, anchor in anchors.items():
        followers[anchor].append(place)
    found: dict[int, int] = {}
    for root in range(len(items)):
        if root not in anchors:
            _take(root, followers, found)
    for place in anchors:
        if place not in found:
            _take(_in_the_ring(place, anchors), followers, found)
    return found


def _anchors(items: Sequence[Item]) -> dict[int, int]:
    """The place of what each thing follows; of several with one title, the first is meant."""
    wanted = {place: title_key(item.follows) for place, item in enumerate(items) if item.follows and not item.start}
    titled: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items if wanted else ()):
        titled[title_key(item.title)].append(place)
    found = {}
    for place, title in wanted.items():
        anchor = next((other for other in titled.get(title, ())[:2] if other != place), None)
        if anchor is not None:
            found[place] = anchor
    return found


def _in_the_ring(place: int, anchors: Mapping[int, int]) -> int:
    """Where one comes round again by going from each thing to what it follows."""
    passed = set()
    while place not in passed:
        passed.add(place)
        place = anchors[place]
    return place


def _take(root: int, followers: dict[int, list[int]], found: dict[int, int]) -> None:
    """The root, and below it all that follows it; not by calling itself, since a chain may be long."""
    waiting = [root]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found[place] = root
            waiting += reversed(followers.get(place, ()))
