"""The folders of a home that something else stands in the place of."""

from __future__ import annotations

import os

from coach.paths import Paths


def places_taken(paths: Paths) -> list[str]:
    """A sentence for each place where a folder can be neither found nor made."""
    found = (_nearest(place) for place in (paths.data, paths.state))
    taken = dict.fromkeys(place for place in found if place and not os.path.isdir(place))
    return [f"{place} is not a folder. Name a folder with --home." for place in taken]


def _nearest(place: str) -> str:
    """The place itself, or the first above it that is there."""
    while place and not os.path.lexists(place):
        place = os.path.dirname(place)
    return place
