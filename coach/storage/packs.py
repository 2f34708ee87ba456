"""Reads packs, shipped and a person's own, one file a thing, and says plainly what in them cannot be used."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from coach.codec import Malformed, decode
from coach.domain.practices import Practice, Precheck
from coach.domain.text import clean, one_line


class Named(Protocol):
    """What a pack holds: its id is the name of its file."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Named)

LARGEST_FILE = 256 * 1024
LONGEST_LINE = 2_000
MOST_KEY_DOTS = 8
MOST_DOTS = 100
"""Dots on any line, text included: a dotted key can be dressed as text, and the parser's cost grows with its square."""
LONGEST_TEXT = 2_000
MOST_FILES = 200
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


@dataclass(frozen=True, slots=True)
class Packs(Generic[T]):
    """The things that can be used, and a sentence for each file that cannot."""

    things: tuple[T, ...]
    problems: tuple[str, ...] = ()


def read_packs(kind: type[T], noun: str, shipped: str, own: str | None = None) -> Packs[T]:
    """All packs of both folders by id; of two with the same id the person's own is used.

    The noun is what a person calls such a file, as "practice" in "The practice file ... is left out".
    """
    found: dict[str, T] = {}
    problems: list[str] = []
    for folder in (shipped, own):
        if folder is None:
            continue
        paths, too_many = _toml_files(folder, noun)
        problems += too_many
        for path in paths:
            try:
                pack = _read_pack(kind, path)
            except Malformed as problem:
                problems.append(f"The {noun} file {_shown(path)} is left out: {problem}. The others work.")
            else:
                found[pack.id] = pack
    return Packs(tuple(found.values()), tuple(problems))


def read_practices(shipped: str, own: str | None = None) -> Packs[Practice]:
    return read_packs(Practice, "practice", shipped, own)


def read_precheck(path: str) -> Precheck:
    """The question before breathing; it ships with coach, so a damaged one raises Malformed."""
    return decode(Precheck, _read_table(path))


def _read_pack(kind: type[T], path: str) -> T:
    pack = decode(kind, _read_table(path))
    stem = os.path.basename(path).removesuffix(".toml")
    if pack.id != stem:
        raise Malformed(f"id: {pack.id!r} must be the name of the file, {stem!r}")
    return pack


def _toml_files(folder: str, noun: str) -> tuple[list[str], list[str]]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml") and not name.startswith("."))
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [f"The {noun} folder {one_line(folder)} cannot be read: {error.strerror}. The others work."]
    problems = []
    if len(names) > MOST_FILES:
        problems.append(f"The {noun} folder {one_line(folder)} holds more than {MOST_FILES} files; the rest wait.")
    return [os.path.join(folder, name) for name in names[:MOST_FILES]], problems


def _read_table(path: str) -> dict[str, Any]:
    text = _read_text(path)
    _check_lines(text)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise Malformed("it is nested too deeply") from None
    except (ValueError, OverflowError) as error:
        raise Malformed(one_line(str(error), 200)) from None
    if table.pop("schema", None) != 1:
        raise Malformed("schema: expected 1")
    cleaned: dict[str, Any] = _clean(table)
    return cleaned


def _read_text(path: str) -> str:
    try:
        # A pipe or a device in a pack's place would be waited for, or read, for ever.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Malformed("it is not an ordinary file")
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Malformed(f"it cannot be read ({error.strerror})") from None
    if len(data) > LARGEST_FILE:
        raise Malformed(f"it is larger than {LARGEST_FILE // 1024} kB")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Malformed("it is not UTF-8 text") from None


def _check_lines(text: str) -> None:
    """Refuses, before the parser sees it, what would take it seconds and gigabytes."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise Malformed(f"line {number} is longer than {LONGEST_LINE} characters")
        if line.count(".") > MOST_KEY_DOTS and not line.lstrip().startswith("#"):
            bare = _QUOTED.sub("", line)
            if bare.count(".") > MOST_KEY_DOTS or line.count(".") > MOST_DOTS:
                raise Malformed(f"line {number} has more dots than a key may have ({MOST_KEY_DOTS})")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, LONGEST_TEXT)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {one_line(key, 100): _clean(item) for key, item in value.items()}
    return value


def _shown(path: str) -> str:
    return one_line(path)
