"""Which cells a growing disc covers: a cell is two square dots, one above the other, each bare, soft or full."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

SMALLEST_ROWS, LARGEST_ROWS = 9, 25
BANDS = 10
"""Tones from the middle of a full disc to its rim."""
RIM, HOLLOW = 1, 2
_WORDS = 6.3
"""Dots from the middle within which the words stand."""
_SOFT = 1.3
"""Dots over which the edge fades."""


@dataclass(frozen=True)
class Disc:
    """A disc in the middle of `rows` rows of twice as many columns, with room for a ring of dots around it."""

    rows: int

    @classmethod
    def fitting(cls, width: int, height: int) -> Disc | None:
        """The largest disc for a place, or None where a disc would be a blot; an odd height has a middle row."""
        rows = min(height, width // 2, LARGEST_ROWS)
        rows -= 1 - rows % 2
        return cls(rows) if rows >= SMALLEST_ROWS else None

    @property
    def columns(self) -> int:
        return self.rows * 2

    @property
    def ring_radius(self) -> float:
        return self.rows - 0.5

    @property
    def full(self) -> float:
        """Radius of a full breath, in dots."""
        return self.ring_radius - (2.2 if self.rows >= 13 else 1.6)

    @property
    def least(self) -> float:
        """Radius after the out-breath: small, but wide enough for the word where there is room."""
        return max(self.full * 0.5, min(7.0, self.full * 0.7))

    def radius(self, level: float) -> float:
        return self.least + (self.full - self.least) * level

    @lru_cache(maxsize=128)  # noqa: B019  # a disc is a small value, and a player keeps one for minutes
    def dots(self, level: float) -> tuple[bytes, ...]:
        """Row by row, one number per cell: three times the upper dot plus the lower; 0 bare, 1 soft, 2 full."""
        radius = self.radius(level)
        return tuple(
            bytes(3 * _cover(radius, above) + _cover(radius, below) for above, below in zip(*pair, strict=True))
            for pair in zip(self._distances[::2], self._distances[1::2], strict=True)
        )

    @lru_cache(maxsize=128)  # noqa: B019  # as above
    def marks(self, level: float) -> tuple[bytes, ...]:
        """Row by row, for terminals with letters only: 0 bare, RIM, or HOLLOW for the paler band inside the rim."""
        radius = self.radius(level)
        return tuple(
            bytes(_mark(radius - (above + below) / 2) for above, below in zip(*pair, strict=True))
            for pair in zip(self._distances[::2], self._distances[1::2], strict=True)
        )

    @cached_property
    def bands(self) -> tuple[bytes, ...]:
        """The tone of each cell, by how far out it lies; the middle is even, so that words stand on one tone."""
        flat = max(_WORDS, self.full * 0.42)
        return tuple(
            bytes(
                max(0, min(BANDS - 1, int((((above + below) / 2 - flat) / (self.full - flat)) * BANDS)))
                for above, below in zip(*pair, strict=True)
            )
            for pair in zip(self._distances[::2], self._distances[1::2], strict=True)
        )

    @cached_property
    def ring(self) -> dict[tuple[int, int], int]:
        """Column and row of each dot of the ring around a full breath: 0 high in its cell, 1 in the middle, 2 low."""
        count = 4 * round(2 * math.pi * self.ring_radius / 3 / 4)
        found = {}
        for index in range(count):
            angle = 2 * math.pi * (index + 0.5) / count
            x = self.rows + self.ring_radius * math.cos(angle)
            y = (self.rows + self.ring_radius * math.sin(angle)) / 2
            found[math.floor(x), math.floor(y)] = math.floor(y % 1 * 3)
        return found

    @cached_property
    def _distances(self) -> tuple[tuple[float, ...], ...]:
        """How far each dot lies from the middle."""
        middle = self.rows
        side = range(self.rows * 2)
        return tuple(tuple(math.hypot(x + 0.5 - middle, y + 0.5 - middle) for x in side) for y in side)


def _cover(radius: float, distance: float) -> int:
    share = (radius - distance) / _SOFT + 0.5
    return 2 if share >= 0.75 else 1 if share >= 0.25 else 0


def _mark(depth: float) -> int:
    if depth < 0 or depth >= 6:
        return 0
    return RIM if depth < 2 else HOLLOW
