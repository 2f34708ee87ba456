"""Help now for the person's country: which countries there are, and the text both screen and command show."""

from __future__ import annotations

import tomllib
from typing import TypeVar

from coach import crisis
from coach.codec import decode
from coach.domain.errors import NotFound, NotSaved
from coach.domain.helplines import Country, Helplines
from coach.domain.helpnow import Doors, parse, render
from coach.paths import Paths
from coach.resources import content_dir
from coach.storage import disk

T = TypeVar("T")


class HelpNow:
    """Reads the shipped numbers on demand; the only thing it ever writes is the person's crisis.txt."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def countries(self) -> tuple[Country, ...]:
        """Every country with numbers, by name."""
        known = _shipped(Helplines, "helplines.toml").country
        return tuple(sorted(known, key=lambda country: country.name))

    def text(self) -> str:
        """What Help now says: the chosen country's text, else the shipped one. Reads one small file, takes no lock."""
        return crisis.text(self._paths.crisis)

    def text_for(self, code: str) -> str:
        """What Help now says in a country, whether or not that choice can be kept.

        Raises NotFound for a country without numbers.
        """
        country = next((known for known in self.countries() if known.code == code.upper()), None)
        if country is None:
            raise NotFound(f"No numbers are known for {code!r}. Choose another country, or none.")
        return render(_shipped(Doors, "help-now.toml"), country)

    def trouble(self, code: str) -> str:
        """A sentence when Help now does not show this country, which the settings name; empty when it does."""
        shown = parse(self.text())
        if not code or shown.code == code:
            return ""
        if code not in {country.code for country in self.countries()}:
            return f"No numbers are known for the country {code!r} in the settings. Choose another one there, or none."
        now = shown.country or "no country's numbers"
        return f"Help now shows {now}, and the settings say {code!r}. Open coach once, and it follows the settings."

    def choose(self, code: str) -> None:
        """Show this country's numbers from now on.

        Raises NotFound for a country without numbers, NotSaved when the state folder takes no file.
        """
        self._write(self.text_for(code))

    def refresh(self) -> bool:
        """After an update of coach, bring the chosen country's text up to date; True when it changed.

        Without this a corrected number or step would never reach a person who chose a country long ago.
        """
        before = self.text()
        code = parse(before).code
        if code not in {country.code for country in self.countries()} or (now := self.text_for(code)) == before:
            return False
        self._write(now)
        return True

    def _write(self, text: str) -> None:
        try:
            disk.replace(self._paths.crisis, text.encode())  # whole or not at all: half a card is worse than an old one
        except OSError as error:
            raise NotSaved(
                f"The country could not be kept: {error.strerror or error}. Help now works all the same. "
                "`coach doctor` says more."
            ) from error


def _shipped(kind: type[T], name: str) -> T:
    with open(content_dir() / name, "rb") as file:
        return decode(kind, tomllib.load(file), name)
