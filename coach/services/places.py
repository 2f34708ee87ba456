"""The folders of a home: what stands in the place of one, who else can write to it, and what is no plain file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

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


def soon_told(paths: Paths) -> list[str]:
    """What four looks tell about a home: little enough for every command."""
    return list(_others_can_write(own_folders(paths)))


def told(paths: Paths) -> list[str]:
    """A sentence, with the way out, for everything about the files and folders of a home that a person should mend."""
    from coach.services.closed_places import not_writable
    from coach.services.strange_files import strange_files
    from coach.storage.lock import Lock, without_locks

    folders = [*own_folders(paths), *_folders_in(os.path.join(paths.data, "books")), *_folders_in(paths.state)]
    above = [place for place in _above(own_folders(paths)) if _is_open_to_all(place)]
    found = [*_others_can_write(folders, above), *strange_files(paths), *not_writable(paths)]
    if not Lock(os.path.join(paths.state, "lock")).works():
        sentence = without_locks(paths.state)
        found.append(f"{sentence[:1].upper()}{sentence[1:]}")
    return found


def own_folders(paths: Paths) -> list[str]:
    """Those that hold everything else; the first is the home, or the one of the settings."""
    return [os.path.dirname(paths.config), paths.data, os.path.join(paths.data, "books"), paths.state]


def _others_can_write(folders: Iterable[str], above: Iterable[str] = ()) -> Iterator[str]:
    looks = {folder: found for folder in folders if (found := _look(folder)) is not None}
    foreign = [folder for folder, found in looks.items() if found.st_uid not in (0, os.geteuid())]
    writable = [folder for folder, found in looks.items() if found.st_mode & 0o022 and folder not in foreign]
    if places := [*writable, *above]:
        from coach.services.wording import as_arguments, listed

        can = f"Others on this computer can write to {listed(places)}"
        yield f"{can}. chmod go-w {as_arguments(places)} ends that; so does a folder of your own: --home DIR."
    if foreign:
        from coach.services.wording import listed

        whose = "belongs" if len(foreign) == 1 else "belong"
        yield f"{listed(foreign)} {whose} to somebody else on this computer. Choose a folder of your own: --home DIR."


def _look(folder: str) -> os.stat_result | None:
    try:
        return os.stat(folder)
    except OSError:
        return None


def _folders_in(place: str) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return sorted(entry.path for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def _above(folders: Iterable[str]) -> list[str]:
    """Every folder above these, each once."""
    found: dict[str, None] = {}
    for folder in folders:
        place = os.path.dirname(os.path.realpath(folder))
        while place not in found and place not in folders:
            found[place] = None
            place = os.path.dirname(place)
    return sorted(found)


def _is_open_to_all(place: str) -> bool:
    """Whether anybody could put another folder in the place of one below; in /tmp and its like nobody can."""
    found = _look(place)
    return found is not None and bool(found.st_mode & stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
