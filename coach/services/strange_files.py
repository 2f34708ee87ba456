"""What stands among coach's own files and is none of them: links, pipes, folders, and files that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from coach.paths import Paths
from coach.services.wording import as_arguments, listed
from coach.storage.log import LARGEST
from coach.storage.source import book_in

_FILES = {
    *("lock", "device.json", "seen.json", "undo.log", "delivered.log", "quarantine.log"),
    *("status", "crisis.txt", "screen", "notify", "remind.lock", "quiet", "told"),
}
_FOLDERS = {"mirror", "summary", "drafts", "spool", "quarantine", "backups"}
_DEEP = 2
"""Folders within each other: a device's in the books', the second copies' in the state's."""


@dataclass(slots=True)
class _Found:
    links: list[str] = field(default_factory=list)
    no_files: list[str] = field(default_factory=list)
    no_folders: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)


def strange_files(paths: Paths) -> Iterator[str]:
    """A sentence, with the way out, for each kind there is; a link that is the data or state folder itself is none."""
    found = _Found()
    books = os.path.join(paths.data, "books")
    if os.path.islink(books):
        found.links.append(books)
    else:
        _look_into(books, found, _DEEP)
    _look_into(paths.state, found, _DEEP)
    return _sentences(found)


def _look_into(folder: str, found: _Found, deep: int) -> None:
    try:
        with os.scandir(folder) as entries:
            inside = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda one: one.name)
    except OSError:
        if os.path.isdir(folder):
            found.closed.append(folder)
        return
    for entry in inside:
        if entry.is_symlink():
            found.links.append(entry.path)
        elif entry.is_dir(follow_symlinks=False) and deep > 1:
            _look_into(entry.path, found, deep - 1)
            if entry.name in _FILES:
                found.no_files.append(entry.path)
        else:
            _look_at(entry, found)


def _look_at(entry: os.DirEntry[str], found: _Found) -> None:
    if entry.name in _FOLDERS:
        found.no_folders.append(entry.path)
    elif entry.name in _FILES or book_in(entry.name):
        if not entry.is_file(follow_symlinks=False):
            found.no_files.append(entry.path)
        elif not os.access(entry.path, os.R_OK):
            found.closed.append(entry.path)
        elif os.stat(entry.path).st_size > LARGEST:
            found.large.append(entry.path)


def _sentences(found: _Found) -> Iterator[str]:
    if found.links:
        if len(found.links) == 1:
            link, way_out = "is a link", "Put what it points to in its place, or take the link away."
        else:
            link, way_out = "are links", "Put what they point to in their place, or take the links away."
        yield f"{listed(found.links)} {link} where coach keeps files of its own. {way_out}"
    if found.no_files:
        one = "is not a plain file, so it is" if len(found.no_files) == 1 else "are not plain files, so they are"
        yield f"{listed(found.no_files)} {one} not read. Move that away."
    if found.no_folders:
        one = "is not a folder, so" if len(found.no_folders) == 1 else "are not folders, so"
        yield f"{listed(found.no_folders)} {one} nothing can be kept in it. Move that away."
    if found.closed:
        yield f"You may not read {listed(found.closed)}. chmod u+rwX {as_arguments(found.closed)} ends that."
    if found.large:
        one = "is" if len(found.large) == 1 else "are"
        size = f"larger than {LARGEST // 1_000_000} MB, as no log of coach is"
        yield f"{listed(found.large)} {one} {size}, so nothing of it is read. Move that away."
