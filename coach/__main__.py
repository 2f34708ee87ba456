"""Looks at the arguments before importing anything: Help now and the status line must not wait for the rest."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """The exit code of the command."""
    os.umask(0o077)
    arguments = sys.argv[1:]
    if arguments and (arguments[0] == "crisis" or "--crisis" in arguments):
        from coach.crisis import show

        return show([argument for argument in arguments if argument not in ("crisis", "--crisis")])
    if arguments[:1] == ["status"] and "--short" in arguments:
        from coach.glance import show_status

        return show_status(arguments)
    if sys.platform == "win32":
        sys.stderr.write("coach runs on Linux, macOS, Termux and WSL; on Windows, start it inside WSL.\n")
        return 1
    from coach.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
