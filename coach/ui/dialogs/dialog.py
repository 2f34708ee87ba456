"""The shape of every question: in the middle of a quiet screen, the keys below as everywhere."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """Compose a group with the class "dialog", its title with "dialog--title", and a KeyBar."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background;
        color: $foreground;
        .dialog { width: 64; max-width: 100%; height: auto; padding: 1 3; background: $surface; }
        .dialog--title { width: 100%; height: auto; text-style: bold; margin: 0 0 1 0; }
        &.-narrow .dialog { width: 100%; padding: 0 1; }
    }
    """
