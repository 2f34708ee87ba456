"""Asks the terminal to show a notice: over a remote connection the only way to the person's own desk."""

from __future__ import annotations

import os
from typing import Literal

from coach.services.channels import terminal
from coach.services.channels.bell import BELL
from coach.services.channels.channel import harmless

Dialect = Literal["osc9", "osc777", "osc99"]
_BEGINS: dict[Dialect, str] = {"osc9": "9;", "osc777": "777;notify;coach;", "osc99": "99;;"}


class Osc:
    """The three dialects of terminals; one that does not know it shows nothing, so the bell rings as well."""

    def __init__(self, name: Dialect) -> None:
        self.name: Dialect = name

    def send(self, text: str) -> bool:
        if not terminal.passes_on(os.environ):
            return False
        return terminal.write(terminal.wrapped(sequence(self.name, text), os.environ) + BELL)


def sequence(dialect: Dialect, text: str) -> bytes:
    """ "ESC ] 9 ; text ESC \\"; a semicolon would begin another part, such as a progress bar."""
    return f"\x1b]{_BEGINS[dialect]}{harmless(text).replace(';', ',')}\x1b\\".encode()
