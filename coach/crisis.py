"""The text of Help now, printed by `coach crisis` whatever else is wrong: it needs os and sys only."""

from __future__ import annotations

import os
import sys

FIRST_LINE = "coach help-now 1"
LARGEST = 64 * 1024
_MUST_HOLD = ("\nemergency: ", "\n== 1 ", "\n== 7 ")

LAST_RESORT = f"""{FIRST_LINE}
country: none
emergency: 112 / 911 / 999 / 000
Use your local emergency number.
112 works from mobiles in the EU and many other countries.
Lines can be busy. Keep trying, then the next number, then go there.
== 1 Someone will not wake up, or is not breathing well | Someone will not wake / breathe
Call and give naloxone: both, at once.
1. Call your local emergency number. Put the phone on speaker.
2. Give naloxone now if there is any.
3. Help them breathe. Do what the call handler says.
4. No response in 2-3 minutes? Give another naloxone dose.
5. Breathing but not awake? Roll them onto their side.
6. Stay until help comes.
== 2 I am thinking about not living | I am thinking about not living
1. Call your local emergency number if you might act on it.
2. Is there something here you could use?
   Can someone take it? Or can you leave?
3. Who can be with you now? Call them or go to them.
"""


def text(path: str) -> str:
    """The chosen country's text at `path`, else the shipped text, else the few lines above. Never raises."""
    shipped = os.path.join(os.path.dirname(os.path.abspath(__file__)), "content", "crisis.txt")
    return _read(path) or _read(shipped) or LAST_RESORT


def show(argv: list[str]) -> int:
    """Print Help now; `coach crisis 2` prints only part 2. Returns 0, or 1 if nothing could be printed."""
    card = text(_crisis_file(argv))
    chosen = next((word for word in argv if word.isdigit()), "")
    return _print(_part_for_people(card, chosen) or _for_people(card))


def _read(path: str) -> str:
    """The file, if it is a whole Help now text; a folder, a pipe, a damaged or a huge file is none."""
    try:
        if not os.path.isfile(path):
            return ""
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
        found = data.decode("utf-8")
    except (OSError, ValueError):
        return ""
    whole = (
        found.startswith(FIRST_LINE + "\n") and "\nemergency: " in found and "\n== 1 " in found and "\n== 7 " in found
    )
    return _without_control(found) if whole and len(data) <= LARGEST else ""


def _without_control(found: str) -> str:
    return "".join(character for character in found if character == "\n" or character.isprintable())


def _crisis_file(argv: list[str]) -> str:
    home = None
    for index, word in enumerate(argv):
        if word.startswith("--home="):
            home = word[len("--home=") :]
        elif word == "--home" and index + 1 < len(argv):
            home = argv[index + 1]
    try:
        from coach.paths import Paths  # late: nothing about a home may stop the shipped text

        return Paths(home).crisis
    except Exception:  # noqa: BLE001  a vanished working folder or home must not stop Help now
        return os.devnull


def _for_people(card: str) -> str:
    """The card without its machine lines; the emergency number stands first and, after all that scrolled by, last."""
    lines = [_line_for_people(line) for line in card.split("\n") if line not in (FIRST_LINE, "country: none")]
    emergency = next((line for line in lines if line.startswith("EMERGENCY: ")), "")
    lines.sort(key=lambda line: line != emergency)
    return "\n".join(["HELP NOW", "", *lines, "One part alone: coach crisis 1 (or 2 to 7)", "", emergency, ""])


def _part_for_people(card: str, number: str) -> str:
    """One part, or nothing when there is no such part."""
    start = card.find(f"\n== {number} ") if number else -1
    if start < 0:
        return ""
    end = card.find("\n== ", start + 1)
    part = card[start : end if end > 0 else len(card)].rstrip("\n")
    emergency = next((line for line in card.split("\n") if line.startswith("emergency: ")), "")
    return "\n".join(_line_for_people(line) for line in [emergency, *part.split("\n")[1:], "", emergency, ""])


def _line_for_people(line: str) -> str:
    if line.startswith("== "):
        number, _, title = line[3:].partition(" | ")[0].partition(" ")
        return f"\n{number}  {title.upper()}\n"
    if line.startswith("-- "):
        return f"\n{line[3:]}" + ("" if line.endswith("?") else ":")
    if line.startswith("emergency: "):
        return "EMERGENCY: " + line[len("emergency: ") :]
    return "Country: " + line[12:] if line.startswith("country: ") else line


def _print(lines: str) -> int:
    out = sys.stdout
    if out is None:
        return 1
    try:
        if hasattr(out, "reconfigure"):
            out.reconfigure(errors="replace")
        out.write(lines)
        out.flush()
    except (OSError, ValueError) as error:
        _drop_the_rest()
        return 0 if isinstance(error, BrokenPipeError) else 1
    return 0


def _drop_the_rest() -> None:
    """What is still buffered would be written again at exit, with a traceback nobody needs in such a minute."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        return
