"""How something was, beside what was guessed, in a few words."""

from __future__ import annotations

from coach.domain.items import Mark

BEFORE = ("How pleasant may it be?", "How well may it go?")
AFTER = ("How pleasant was it?", "How well did it go?")


def short_rating(mark: Mark | None, *, settled: bool) -> str:
    """For the end of a line: "guess 3" beforehand, "pleasant 7" afterwards; "" where nothing was said."""
    if mark is None:
        return ""
    if settled:
        named = (("pleasant", mark.pleasure), ("went well", mark.mastery))
        return next((f"{name} {number}" for name, number in named if number is not None), "")
    guess = mark.expected_pleasure if mark.expected_pleasure is not None else mark.expected_mastery
    return f"guess {guess}" if guess is not None else ""


def second_rating(mark: Mark | None) -> str:
    """For where there is room after "pleasant 7"."""
    return f"went well {mark.mastery}" if mark and mark.pleasure is not None and mark.mastery is not None else ""


def compared(mark: Mark) -> str:
    """One quiet sentence about what was guessed and what it was; "" where one of the two is not known."""
    pairs = ((mark.expected_pleasure, mark.pleasure), (mark.expected_mastery, mark.mastery))
    both = [(guess, was) for guess, was in pairs if guess is not None and was is not None]
    if not both:
        return ""
    if len(both) == 1:
        guess, was = both[0]
        return f"You guessed {guess}, it was {was}."
    (guess, was), (guess_done, was_done) = both
    return f"Pleasant: you guessed {guess}, it was {was}. Went well: you guessed {guess_done}, it was {was_done}."
