"""The table of budgets: what was measured, what it is measured against, and whether it is within."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.stats import LOWER_QUARTILE, median, quantile, ratio

HEADINGS = ("what", "budget", "measured", "coach", "floor", "A/A", "within")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; every cell is already words."""

    what: str
    budget: str
    measured: str
    coach: str = ""
    floor: str = ""
    control: str = ""
    within: bool | None = None
    """None for a line that only informs."""

    def cells(self) -> tuple[str, ...]:
        verdict = {True: "yes", False: "NO", None: ""}[self.within]
        return (self.what, self.budget, self.measured, self.coach, self.floor, self.control, verdict)


@dataclass(frozen=True, slots=True)
class Series:
    """One cost of one store, age by age; every cell is already words."""

    what: str
    store: str
    costs: dict[str, str]
    """Age to cost, the shortest history first."""


def series(what: str, store: str, measured: Mapping[str, Sequence[Sequence[float]]], unit: str) -> Series:
    """Of one or more measures at each age the lower quartile of the rounds."""
    words = {age: [show(quantile(found, LOWER_QUARTILE), "") for found in taken] for age, taken in measured.items()}
    return Series(what, store, {age: f"{' / '.join(found)} {unit}".rstrip() for age, found in words.items()})


def ratio_row(
    what: str,
    limit: float | None,
    subject: Sequence[float],
    base: Sequence[float],
    control: Sequence[float] = (),
    unit: str = "ms",
) -> Row:
    """A ratio to the floor; the control is the floor measured a second time against itself."""
    found = ratio(subject, base)
    return Row(
        what,
        "" if limit is None else f"<= {limit:g} x",
        f"{found:.2f} x",
        show(median(subject), unit),
        show(median(base), unit),
        f"{ratio(control, base):.2f} x" if control else "",
        None if limit is None else found <= limit,
    )


def limit_row(what: str, limit: float | None, values: Sequence[float], unit: str, floor: Sequence[float] = ()) -> Row:
    """A plain limit on the median of all rounds."""
    found = median(values)
    return Row(
        what,
        "" if limit is None else f"<= {show(limit, unit)}",
        show(found, unit),
        show(found, unit),
        show(median(floor), unit) if floor else "",
        within=None if limit is None else found <= limit,
    )


def missing_row(what: str, why: Exception) -> Row:
    """A row that could not be measured says so, and is not within."""
    return Row(
        what, "", "not measured", str(why).splitlines()[0][:60] if str(why) else type(why).__name__, within=False
    )


def show(value: float, unit: str) -> str:
    """Three significant digits and the unit."""
    if value and abs(value) < 1:
        return f"{value:.2g} {unit}".rstrip()
    return f"{value:.1f} {unit}".rstrip() if abs(value) < 100 else f"{value:,.0f} {unit}".rstrip()


def render(rows: Iterable[Row]) -> str:
    """The budgets, as a Markdown table aligned so that it can be read as it is."""
    return _aligned([HEADINGS, *(row.cells() for row in rows)])


def render_growth(lines: Sequence[Series]) -> str:
    """The costs by age, a column for each."""
    ages = tuple(lines[0].costs)
    return _aligned([("cost", "store", *ages), *((line.what, line.store, *line.costs.values()) for line in lines)])


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([drawn[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *drawn[1:]])
