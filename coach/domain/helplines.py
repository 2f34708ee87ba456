"""Which telephone numbers of a country may be shown, and what must stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

CHECK = "Check this number before you need it."
_SEEN_ON_A_PAGE = ("V", "V2")


@dataclass(frozen=True, slots=True)
class Line:
    """One telephone line, with the page that showed it."""

    name: str
    number: str
    hours: str
    status: str
    source: str
    page_date: str
    last_checked: str = ""
    old_source: bool = False
    who_answers: str = "unknown"
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """The emergency number and the lines of one country."""

    code: str
    name: str
    emergency: str
    emergency_status: str
    emergency_source: str
    last_checked: str = ""
    note: str = ""
    crisis: tuple[Line, ...] = ()
    drug: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Helplines:
    """Everything helplines.toml holds."""

    schema_version: int
    country: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a country that may be shown."""

    crisis: tuple[Line, ...]
    drug: tuple[Line, ...]


def shown_lines(country: Country) -> Shown:
    """Only lines that are on, were seen on a page and are not answered by or for the police."""
    return Shown(tuple(filter(_may_show, country.crisis)), tuple(filter(_may_show, country.drug)))


def emergency_seen(country: Country) -> bool:
    """Whether a page confirmed the emergency number; it is shown in either case."""
    return country.emergency_status in _SEEN_ON_A_PAGE and bool(country.emergency_source)


def site(source: str) -> str:
    """The name of the site behind an address: short enough for a narrow screen."""
    host = source.partition("://")[2].partition("/")[0]
    return host.removeprefix("www.").removeprefix("amp.")


def provenance(line: Line) -> str:
    """Where and when the number was last seen, as a sentence."""
    if line.last_checked:
        return f"Checked {line.last_checked}. From {site(line.source)}."
    dated = line.page_date if line.page_date not in ("", "undated") else "no date"
    return f"From {site(line.source)}, {dated}{' (an old page)' if line.old_source else ''}."


def _may_show(line: Line) -> bool:
    return line.enabled and line.status in _SEEN_ON_A_PAGE and bool(line.source) and line.who_answers != "police-linked"
