"""What can be said of noisy timings: ratios within a round, and their lower quartile over many rounds."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

LOWER_QUARTILE = 0.25


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies, interpolated between the two nearest."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def ratio(subject: Sequence[float], base: Sequence[float]) -> float:
    """The lower quartile of the rounds' ratios: what is left when the machine's other work is set aside.

    Both sides of a ratio were measured in the same round, so slow minutes of the machine weigh on both.
    """
    return quantile([ours / theirs for ours, theirs in zip(subject, base, strict=True) if theirs], LOWER_QUARTILE)


def slope(pairs: Sequence[tuple[float, float]]) -> float:
    """Least squares: how much y changes for one x."""
    middle_x = sum(x for x, _ in pairs) / len(pairs)
    middle_y = sum(y for _, y in pairs) / len(pairs)
    spread = sum((x - middle_x) ** 2 for x, _ in pairs)
    return sum((x - middle_x) * (y - middle_y) for x, y in pairs) / spread if spread else 0.0


__all__ = ["LOWER_QUARTILE", "median", "quantile", "ratio", "slope"]
