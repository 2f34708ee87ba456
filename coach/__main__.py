"""Looks at the arguments before importing anything: Help now and the status line must not wait for the rest."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """The exit code of the command.

    To look for rubbish while modules load, and once more at the end, would be an eighth of what a short one costs.
    """
    os.umask(0o077)
    gc.disable()
    try:
        return _answer()
    finally:
        gc.freeze()
        gc.enable()


def _answer() -> int:
    arguments = sys.argv[1:]
    verb = _verb(arguments)
    if verb == "crisis" or "--crisis" in arguments:
        from coach.crisis import show

        return show([argument for argument in arguments if argument not in ("crisis", "--crisis")])
    if verb == "status" and "--short" in arguments:
        from coach.glance import show_status

        return show_status(arguments)
    if sys.platform == "win32":
        sys.stderr.write("coach runs on Linux, macOS, Termux and WSL; on Windows, start it inside WSL.\n")
        return 1
    if not arguments:
        from coach.cli.screen import start

        gc.enable()
        return start()
    from coach.cli.main import run

    return run(arguments)


def _verb(arguments: list[str]) -> str:
    """The first word that is neither an option nor the folder after --home."""
    for index, word in enumerate(arguments):
        if not word.startswith("-") and (not index or arguments[index - 1] != "--home"):
            return word
    return ""


if __name__ == "__main__":
    sys.exit(main())
