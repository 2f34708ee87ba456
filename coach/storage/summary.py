"""Keeps a small summary of each month beside the logs, and rebuilds it when they are no longer the same."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from coach.codec import Malformed, decode, encode
from coach.domain.facts import Facts, facts_of
from coach.domain.summary import Summary, strays_of, summarise
from coach.paths import Paths
from coach.storage import disk
from coach.storage.checksum import digest
from coach.storage.source import book_in, folders
from coach.storage.store import Store

FORMAT = 3
"""Part of every key: another number makes every summary stale."""
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
Strays = dict[str, date | None]


class Summaries:
    """Answers for an open month from its book, for any other from its file.

    A file counts only while its key is that of the logs, so it is only ever written from a book read afresh: an open
    one may remember more than the files hold.
    """

    def __init__(self, store: Store, paths: Paths) -> None:
        self._store, self._paths = store, paths
        self._folder = os.path.join(paths.state, "summary")
        self._strays: dict[str, Any] | None = None
        """Month to its key and strays, as in the file."""

    def months(self) -> list[str]:
        """The months that hold anything, first to last."""
        return sorted(self._keys())

    def get(self, month: str) -> Summary:
        """The summary of a month; one that cannot be kept is answered all the same."""
        if self._store.books.is_open(month):
            return summarise(month, self._store.book(month).records())
        return self._get(month, self._keys([month]).get(month, ""))

    def facts(self, months: Iterable[str]) -> dict[str, Facts]:
        """What habits ask of some months, those that hold anything; the files are looked at once for all of them."""
        wanted = sorted(set(months))
        keys = self._keys([month for month in wanted if not self._store.books.is_open(month)])
        found = {}
        for month in wanted:
            if self._store.books.is_open(month):
                found[month] = facts_of(month, self._store.book(month).records())
            elif month in keys:
                found[month] = self._facts(month, keys[month])
        return found

    def strays(self) -> Strays:
        """Every item that is not on a day of the month whose book it is in; summaries are read only when stale."""
        found: Strays = {}
        kept = self._read_strays()
        fresh: dict[str, Any] = {}
        for month, key in self._keys().items():
            if self._store.books.is_open(month):
                found |= strays_of(month, self._store.book(month).records().get("items", {}))
                fresh |= {month: kept[month]} if month in kept else {}
                continue
            if month not in kept or kept[month]["key"] != key:
                fresh[month] = {"key": key, "strays": encode(self._get(month, key).strays)}
            else:
                fresh[month] = kept[month]
            found |= decode(Strays, fresh[month]["strays"])
        if fresh != kept:
            self._strays = fresh
            _keep(self._path("strays"), fresh)
        return found

    def _facts(self, month: str, key: str) -> Facts:
        """Taken from the file without the rest of it, which is most."""
        data = _kept(self._path(month))
        if data.get("key") == key:  # and its checksum was right: it is as it was written
            kept = data["summary"]
            return Facts(kept["marks"], kept["amounts"], kept["shapes"], kept["here"])
        summary = self._get(month, key)
        return Facts(summary.marks, summary.amounts, summary.shapes, summary.here)

    def _get(self, month: str, key: str) -> Summary:
        data = _kept(self._path(month))
        if data.get("key") == key:
            with suppress(Malformed):
                return decode(Summary, data.get("summary"))
        found = summarise(month, self._store.books.fresh(month).records())
        _keep(self._path(month), {"key": key, "summary": encode(found)})
        return found

    def _read_strays(self) -> dict[str, Any]:
        if self._strays is None:
            self._strays = _kept(self._path("strays"))
        return self._strays

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, f"{name}.json")

    def _keys(self, only: Collection[str] | None = None) -> dict[str, str]:
        """Month to a digest of everything its book is folded from, by looking at files without reading them."""
        if only is not None and not only:
            return {}
        parts: dict[str, list[Any]] = {}
        # The mirror belongs to it: it is what is left to read when a log was rolled back or lost.
        for folder in [*folders(os.path.join(self._paths.data, "books")), os.path.join(self._paths.state, "mirror")]:
            for name, month in _months_in(folder, only):
                with suppress(OSError):
                    parts.setdefault(month, []).append(_look(os.path.join(folder, name)))
        for month, changes in self._store.books.parts_elsewhere().items():
            if (only is None or month in only) and _MONTH.fullmatch(month):
                parts.setdefault(month, []).append(sorted(changes))
        return {month: _digest(json.dumps([FORMAT, found]).encode()) for month, found in sorted(parts.items())}


def _months_in(folder: str, only: Collection[str] | None) -> list[tuple[str, str]]:
    try:
        named = [(name, book_in(name)) for name in sorted(os.listdir(folder))]
    except OSError:
        return []
    return [
        (name, month) for name, month in named if month and _MONTH.fullmatch(month) and (only is None or month in only)
    ]


def _look(path: str) -> list[Any]:
    found = os.stat(path)
    return [path, found.st_size, found.st_ino, found.st_mtime_ns]


def _kept(path: str) -> dict[str, Any]:
    """What a file holds; nothing when it is missing or one byte of it is not as it was written."""
    try:
        checksum, _, payload = disk.read(path).partition(b" ")
        data = json.loads(payload) if checksum.decode() == _digest(payload) else {}
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _keep(path: str, data: Any) -> None:
    payload = json.dumps(data, separators=(",", ":")).encode()
    with suppress(OSError):  # it can be built again at any time
        disk.replace(path, _digest(payload).encode() + b" " + payload, durable=False)


def _digest(data: bytes) -> str:
    return digest(data, 16)
