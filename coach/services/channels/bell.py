"""Rings the bell of the terminal: no words, and tmux marks the window that rang."""

from __future__ import annotations

from coach.services.channels import terminal

BELL = b"\x07"


class Bell:
    """A terminal never says whether it made a sound; that one is there is all that can be known."""

    name = "bell"

    def send(self, text: str) -> bool:
        return terminal.write(BELL)
