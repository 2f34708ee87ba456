"""Which time zone this computer is in, and what was assumed when it does not say."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo

_IN_NAMES = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/")
_LONGEST = 50


def zone_name(environ: Mapping[str, str], chosen: str = "") -> str:
    """The IANA name of the zone in force, or an empty text when only its offset is known."""
    if chosen:
        return chosen
    told = environ.get("TZ", "").removeprefix(":")
    if told and not told.startswith("/"):
        shaped = told == "UTC" or ("/" in told and len(told) <= _LONGEST and _IN_NAMES.issuperset(told))
        return told if shaped else ""
    place = told or "/etc/localtime"
    try:
        name = os.readlink(place).partition("/zoneinfo/")[2]
    except OSError:  # a copy, not a link
        name = ""
    return name or os.path.realpath(place).partition("/zoneinfo/")[2]


def assumed(environ: Mapping[str, str], chosen: str, now: datetime) -> str:
    """A sentence when the zone that was set is not known; empty when nothing had to be assumed."""
    told = environ.get("TZ", "").removeprefix(":")
    is_file = told.startswith("/") and os.path.exists(told)
    # "IST-5:30" names its own offset, which the computer knows; a word without a number is a wrong name to it.
    is_rule = any(sign.isdigit() for sign in told)
    unnamed = "" if is_file or is_rule else told[:_LONGEST]
    return zone_of(zone_name(environ, chosen) or unnamed, now)[1]


def zone_of(name: str, now: datetime) -> tuple[tzinfo, str]:
    """The zone, and a sentence when something had to be assumed.

    Without zone data, or under a wrong name, the computer's present offset is used.
    """
    offset = now.utcoffset() or timedelta(0)
    if not name:
        return timezone(offset), ""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # lazily: a one-shot command needs only the offset

    try:
        return ZoneInfo(name), ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        shown = timezone(offset).tzname(None)
        return timezone(
            offset
        ), f"The time zone {name!r} is not known here; coach assumes {shown}. Set zone in config.toml."


def zone_stamp(environ: Mapping[str, str]) -> str:
    """A text that differs once the computer is in another zone; a long-lived program must ask, or stays in the old."""
    time.tzset()
    return zone_name(environ)
