"""What a terminal shows and answers: a screen emulated by pyte, and the replies to what programs ask of it."""

from __future__ import annotations

import codecs
import re

import pyte

CELL_WIDTH, CELL_HEIGHT = 8, 16
"""Pixels of one cell, for programs that ask."""

_STRING = r"(?:\x1b[P_^\]](?:[^\x1b\x07]|\x1b(?!\\))*(?:\x1b\\|\x07))"
_PRIVATE = r"(?:\x1b\[[<>=][0-9;:]*[ -/]*[@-~])|(?:\x1b\[\??[0-9;:]*[ -/]+[@-~])"
UNKNOWN_TO_PYTE = re.compile(f"{_STRING}|{_PRIVATE}")
"""Sequences whose tails pyte would print as text: strings (DCS, APC, PM, OSC) and private CSI."""
UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<>=? -/]*|[P_^\]](?:[^\x1b\x07]|\x1b(?!\\))*\x1b?)?$")
MODE = re.compile(r"\x1b\[\?([0-9;]+)([hl])")
LEAVE_ALTERNATE = "\x1b[?1049l"
QUESTION = re.compile(
    r"\x1b\[(?P<private>[?>=]?)(?P<numbers>[0-9;]*)(?P<kind>\$p|[cnqt])"
    r"|\x1b\](?P<colour>4;\d+|1[0-2]);\?(?:\x1b\\|\x07)"
    r"|\x1b(?P<termcap>P\+q)[0-9a-fA-F;]*\x1b\\"
)
LONGEST_QUESTION = 200
KNOWN_MODES = {"2026": 2, "2004": 2, "25": 1, "7": 1}
"""Modes this terminal admits to (1 set, 2 reset); of every other it says that it does not know it."""
OFTEN_ON = {7, 25}
"""Autowrap and the cursor: on in any healthy terminal."""


class Emulator:
    """The cells of one terminal."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfinished = self._half_asked = ""
        self._modes = set(OFTEN_ON)

    def feed(self, data: bytes) -> None:
        text = self._unfinished + self._decoder.decode(data)
        cut = UNFINISHED.search(text)
        self._unfinished = cut[0] if cut else ""
        text = text.removesuffix(self._unfinished) if self._unfinished else text
        for numbers, end in MODE.findall(text):
            change = self._modes.add if end == "h" else self._modes.discard
            for number in filter(None, numbers.split(";")):
                change(int(number))
        # pyte has one buffer only: leaving the alternate screen must not leave its cells behind
        text = text.replace(LEAVE_ALTERNATE, LEAVE_ALTERNATE + "\x1b[2J\x1b[H")
        self._stream.feed(UNKNOWN_TO_PYTE.sub("", text))

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def painted(self) -> bool:
        """Whether anything can be seen: a character, or a cell with a colour behind it."""
        rows = self._screen.buffer.values()
        return any(cell.data not in (" ", "") or cell.bg != "default" for row in rows for cell in row.values())

    def left_on(self) -> set[int]:
        """Modes (mouse, paste, alternate screen ...) that differ from those of a terminal nobody has touched."""
        return self._modes ^ OFTEN_ON

    @property
    def size(self) -> tuple[int, int]:
        return self._screen.columns, self._screen.lines

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)

    def answers(self, data: bytes) -> bytes:
        """What a terminal replies to the questions in this output."""
        text = self._half_asked + data.decode("latin-1")
        cut = UNFINISHED.search(text[-LONGEST_QUESTION:])
        self._half_asked = cut[0] if cut else ""
        return "".join(self._answer(question) for question in QUESTION.finditer(text)).encode()

    def _answer(self, question: re.Match[str]) -> str:
        if question["colour"]:
            shade = "d0d0" if question["colour"] == "10" else "1010"
            return f"\x1b]{question['colour']};rgb:{shade}/{shade}/{shade}\x1b\\"
        if question["termcap"]:
            return "\x1bP0+r\x1b\\"
        private, numbers = question["private"], question["numbers"]
        match question["kind"]:
            case "$p":
                return f"\x1b[{private}{numbers};{KNOWN_MODES.get(numbers, 0)}$y"
            case "c":
                return {"": "\x1b[?62;22c", ">": "\x1b[>41;390;0c"}.get(private, "")
            case "q":
                return "\x1bP>|coach-tests(1)\x1b\\" if private == ">" else ""
            case "n":
                return self._status(numbers)
        return self._measurement(numbers)

    def _status(self, numbers: str) -> str:
        cursor = self._screen.cursor
        return {"5": "\x1b[0n", "6": f"\x1b[{cursor.y + 1};{cursor.x + 1}R"}.get(numbers, "")

    def _measurement(self, numbers: str) -> str:
        columns, rows = self.size
        return {
            "14": f"\x1b[4;{rows * CELL_HEIGHT};{columns * CELL_WIDTH}t",
            "16": f"\x1b[6;{CELL_HEIGHT};{CELL_WIDTH}t",
            "18": f"\x1b[8;{rows};{columns}t",
        }.get(numbers, "")
