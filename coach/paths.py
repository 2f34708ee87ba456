"""Where a person's data, state and settings live on this machine."""

from __future__ import annotations

import os
import sys


class Paths:
    """The three places of one home; nothing is created here."""

    __slots__ = ("config", "data", "home", "state")

    def __init__(self, home: str | None = None) -> None:
        chosen = home or os.environ.get("COACH_HOME") or None
        self.home = os.path.abspath(os.path.expanduser(chosen)) if chosen else None
        if self.home is not None:
            self.data, self.state = os.path.join(self.home, "data"), os.path.join(self.home, "state")
            self.config = os.path.join(self.home, "config.toml")
        else:
            self.data, self.state, self.config = _platform_places()

    @property
    def crisis(self) -> str:
        """The pre-rendered Help now text of the chosen country."""
        return os.path.join(self.state, "crisis.txt")

    @property
    def status(self) -> str:
        """One line of numbers and times for status bars."""
        return os.path.join(self.state, "status")


def _platform_places() -> tuple[str, str, str]:
    if sys.platform == "darwin":
        import platformdirs  # lazily: 18 ms, and Linux needs none of it

        data = platformdirs.user_data_dir("coach")
        return (
            data,
            os.path.join(data, "state"),
            os.path.join(_xdg("XDG_CONFIG_HOME", ".config"), "coach", "config.toml"),
        )
    return (
        os.path.join(_xdg("XDG_DATA_HOME", ".local/share"), "coach"),
        os.path.join(_xdg("XDG_STATE_HOME", ".local/state"), "coach"),
        os.path.join(_xdg("XDG_CONFIG_HOME", ".config"), "coach", "config.toml"),
    )


def _xdg(name: str, default: str) -> str:
    """An XDG folder; a relative value is ignored, as the specification asks."""
    value = os.environ.get(name, "")
    return value if os.path.isabs(value) else os.path.join(os.path.expanduser("~"), default)
