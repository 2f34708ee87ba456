"""A private D-Bus session, and a desktop on it that takes notices and keeps their words: as little as that needs.

By the D-Bus specification 0.41: "Message Protocol" and "Authentication Protocol"; a message is (type, serial, fields,
body), and of its fields only texts and numbers are read.
"""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
"""No folder of services: nothing of this computer's own desktop is started by it."""
DESKTOP = "org.freedesktop.Notifications"
BUS = "org.freedesktop.DBus"
CALL, RETURN, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_TO, TO, FROM, SIGNATURE = range(1, 9)
_KINDS = {PATH: "o", REPLY_TO: "u", SIGNATURE: "g"}
_FIXED = {"y": 1, "b": 4, "u": 4, "i": 4}
Message = tuple[int, int, dict[int, Any], bytes]


@contextmanager
def session(folder: Path) -> Iterator[str]:
    """The address of a bus of its own, which ends with it."""
    config = folder / "bus.conf"
    config.write_text(CONFIG)
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        try:
            assert bus.stdout is not None
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()


class Desktop:
    """Owns the name of a desktop's notices, and answers as one does."""

    def __init__(self, address: str) -> None:
        self.notices: list[tuple[str, str, str]] = []
        """The program, the summary and the body of each."""
        self.heard = b""
        """Every byte anybody sent it."""
        self._serial = 0
        self._socket = _connected(address)
        self._call("Hello")
        answer = self._call(
            "RequestName", "su", _padded(_text(DESKTOP)) + struct.pack("<I", 4)
        )  # 4: not to wait in a queue
        assert struct.unpack("<I", answer)[0] == 1, "somebody owns the name already"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while (message := self._read()) is not None:
            kind, serial, fields, body = message
            if kind == CALL:
                self._answer(serial, fields, body)

    def _answer(self, serial: int, fields: dict[int, Any], body: bytes) -> None:
        to = {REPLY_TO: serial, TO: fields[FROM]}
        match fields[MEMBER] if fields.get(INTERFACE, DESKTOP) == DESKTOP else "":
            case "Notify":
                program, _replaces, _icon, summary, words = _values("susss", body)
                self.notices.append((program, summary, words))
                self._send(RETURN, to, "u", struct.pack("<I", len(self.notices)))
            case "GetServerInformation":
                told = b"".join(_padded(_text(word)) for word in ("recorder", "coach", "1", "1.2"))
                self._send(RETURN, to, "ssss", told)
            case "GetCapabilities":
                known = _text("body")
                self._send(RETURN, to, "as", struct.pack("<I", len(known)) + known)
            case _:
                self._send(ERROR, to | {ERROR_NAME: f"{BUS}.Error.UnknownMethod"})

    def _call(self, member: str, signature: str = "", body: bytes = b"") -> bytes:
        """What the bus itself answers."""
        asked = self._send(
            CALL, {PATH: "/org/freedesktop/DBus", INTERFACE: BUS, MEMBER: member, TO: BUS}, signature, body
        )
        while (message := self._read()) is not None:
            if message[2].get(REPLY_TO) == asked:
                assert message[0] == RETURN, message
                return message[3]
        raise AssertionError(f"the bus did not answer {member}")

    def _send(self, kind: int, fields: dict[int, Any], signature: str = "", body: bytes = b"") -> int:
        self._serial += 1
        head = b""
        for code, value in (fields | ({SIGNATURE: signature} if signature else {})).items():
            of = _KINDS.get(code, "s")
            head = _padded(head, 8) + bytes([code, 1]) + of.encode() + b"\0"
            if of == "g":
                head += bytes([len(value)]) + value.encode() + b"\0"
            else:
                head += struct.pack("<I", value) if of == "u" else _text(value)
        begins = struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), self._serial, len(head))
        self._socket.sendall(_padded(begins + head, 8) + body)
        return self._serial

    def _read(self) -> Message | None:
        """None when the connection is at its end."""
        begins = self._take(16)
        if len(begins) < 16:
            return None
        order, kind, _flags, _version, size, serial, length = struct.unpack("<cBBBIII", begins)
        assert order == b"l", "a message in the order of another computer"
        head = self._take(-(-length // 8) * 8)[:length]
        return kind, serial, _fields(head), self._take(size)

    def _take(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (piece := self._socket.recv(size - len(data))):
            data += piece
        self.heard += data
        return data


def _connected(address: str) -> socket.socket:
    """Through the first line of the address, as this account."""
    found = dict(part.split("=", 1) for part in address.partition(";")[0].removeprefix("unix:").split(","))
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    connection.connect(f"\0{found['abstract']}" if "abstract" in found else found["path"])
    connection.sendall(b"\0AUTH EXTERNAL " + str(os.geteuid()).encode().hex().encode() + b"\r\n")
    answer = connection.recv(1000)
    assert answer.startswith(b"OK "), answer
    connection.sendall(b"BEGIN\r\n")
    return connection


def _fields(head: bytes) -> dict[int, Any]:
    """An array of structures, each of a code and a value with its type before it."""
    fields, at = {}, 0
    while at < len(head):
        code, size = head[at], head[at + 1]
        of = head[at + 2 : at + 2 + size].decode()
        fields[code], at = _value(of, head, at + 3 + size)
        at = -(-at // 8) * 8
    return fields


def _values(signature: str, body: bytes) -> list[Any]:
    found, at = [], 0
    for of in signature:
        value, at = _value(of, body, at)
        found.append(value)
    return found


def _value(of: str, data: bytes, at: int) -> tuple[Any, int]:
    """A text or a number, and where it ends."""
    if of == "g":
        return data[at + 1 : at + 1 + data[at]].decode(), at + 2 + data[at]
    at = -(-at // _FIXED.get(of, 4)) * _FIXED.get(of, 4)
    if of in _FIXED:
        return int.from_bytes(data[at : at + _FIXED[of]], "little"), at + _FIXED[of]
    size = int.from_bytes(data[at : at + 4], "little")
    return data[at + 4 : at + 4 + size].decode(), at + 5 + size


def _text(words: str) -> bytes:
    data = words.encode()
    return struct.pack("<I", len(data)) + data + b"\0"


def _padded(data: bytes, to: int = 4) -> bytes:
    return data + b"\0" * (-len(data) % to)
