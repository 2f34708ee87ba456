"""Which device this is: an id of its own, minted again when the state folder was copied from another machine."""

from __future__ import annotations

import json
import os

from coach.storage import disk
from coach.storage.checksum import digest
from coach.storage.clock import is_reading

_MACHINE = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def known_device(path: str) -> str | None:
    """The id kept on this machine, or None when there is none yet or it came from another machine."""
    try:
        data = json.loads(disk.read(path, most=4096))
    except (OSError, ValueError):
        return None
    name = data.get("device") if isinstance(data, dict) else None
    if not isinstance(name, str) or not is_reading(f"{0:012x}-{0:04x}-{name}") or data.get("machine") != _machine():
        return None
    return name


def this_device(path: str) -> str:
    """The id of this device, minted when there is none."""
    if name := known_device(path):
        return name
    name = os.urandom(5).hex()
    data = json.dumps({"device": name, "machine": _machine()}).encode() + b"\n"
    if os.path.exists(path):  # copied or damaged: never write under an id that may be somebody else's
        disk.replace(path, data)
        return name
    try:
        disk.create(path, data)
    except FileExistsError:  # another process was quicker
        return known_device(path) or name
    return name


def _machine() -> str:
    for place in _MACHINE:
        try:
            found = disk.read(place, most=200).strip()
        except OSError:
            continue
        if found:
            return digest(found, person=b"coach")
    return ""
