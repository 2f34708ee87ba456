"""What a person types for a habit: how often ("mon wed fri", "3 in 7", "twice a week") and how much ("20 pages")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from coach.domain.calendar_words import any_of
from coach.domain.days import WEEKDAYS
from coach.domain.errors import Refused
from coach.domain.habits import DAILY, LONGEST_PERIOD, LONGEST_UNIT, Target
from coach.domain.items import MOST
from coach.domain.meanings import Repeat
from coach.domain.repeat import Rule
from coach.domain.repeat_phrases import REPEATS
from coach.domain.text import one_line

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {"once": 1, "twice": 2} | {word: number for number, word in enumerate(_NUMBERS, 1)}
_PERIODS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_NUMBER_OF = rf"(?P<count>\d{{1,3}}|{any_of(_COUNTS)})"
_WITHIN = (
    rf"(?:in|of|out\s+of|per|an?|each|every|/)\s*(?:(?P<days>\d{{1,3}})\s*(?:days?)?|(?P<period>{any_of(_PERIODS)}))"
)
_TIMES = re.compile(rf"{_NUMBER_OF}\s*(?:x|times?|days?)?\s*{_WITHIN}", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<amount>\d{1,3}(?:[.,]\d{3}){2,}|\d+(?:[.,]\d+)?)\s*"
    rf'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<unit>\D*?))\s*(?:\b{_WITHIN})?',
    re.IGNORECASE,
)
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
"""Ten thousand to one person, and ten to another."""
_STEPS = re.compile(
    rf"(?P<by>\d{{1,6}}(?:[.,]\d{{1,3}})?)\s*(?:less|fewer)\s*{_WITHIN}(?:\s*(?:down\s+)?to\s*(?P<to>\d{{1,6}}(?:[.,]\d{{1,3}})?))?",
    re.IGNORECASE,
)
_STEPS_WAY = "Give it as: 1 less a week, or 1 less every 14 days to 2."
MOST_STEPS, LONGEST_WAY = 60, 5 * 366
"""Steps planned at once, and days until the last of them."""
_OFTEN_WAYS = "Give it as: every day, mon wed fri, or 3 in 7."


@dataclass(frozen=True, slots=True)
class Amount:
    """How much in how many days."""

    amount: float
    unit: str = ""
    days: int = 1


def read_often(text: str) -> Target:
    """Nothing typed is every day; Refused for what no habit is asked by."""
    words = one_line(text)
    if not words:
        return DAILY
    if match := _TIMES.fullmatch(words):
        return _checked(_count(match["count"]), _days(match))
    rule = _rule(words) or _rule(f"every {words}")
    often = _by_rule(rule) if rule else None
    if often is None:
        raise Refused(f"“{words[:40]}” is not how often coach can ask. {_OFTEN_WAYS}")
    return often


def read_amount(text: str) -> Amount | None:
    """ "20 pages", "10 cans a week"; None where nothing was typed: then it is done or not.

    Quotes keep a word that would be read as something else: 2 "CO2 checks".
    """
    words = one_line(text)
    if not words:
        return None
    if (match := _AMOUNT.fullmatch(words)) is None:
        ways = '20 pages, 2 a day, or 2 "m2"'
        raise Refused(f"“{words[:40]}” is no number with a word behind it. Give it as: {ways}.")
    amount, unit, days = _number(match["amount"]), _unit(match), _days(match)
    if not 0 <= amount <= MOST:
        raise Refused(f"{words[:40]} is more than can be counted. Give a number up to {MOST}.")
    if len(unit) > LONGEST_UNIT:
        raise Refused(f"“{unit[:LONGEST_UNIT]}” is a long word for one of it. Give a short one, such as pages.")
    _checked(1, days)
    return Amount(amount, unit, days)


def target_of(often: Target, amount: Amount | None) -> Target:
    """What both together ask for; Refused where they say different things."""
    if amount is None:
        return often
    if often.weekdays and amount.days > 1:
        raise Refused(
            f"So much in {amount.days} days is for any of them. Give how much a day, or leave out the weekdays."
        )
    if often.weekdays:
        return replace(often, amount=amount.amount)
    if often.times > 1 or (often.per > 1 and amount.days > 1):
        raise Refused(f"Say how much in all: {amount.amount:.10g} {amount.unit or 'times'} in {often.per} days.")
    return Target(per=max(often.per, amount.days), amount=amount.amount)


def amount_of(target: Target, unit: str) -> Amount | None:
    """How much of a target, None of one that is done or not."""
    return None if target.amount is None else Amount(target.amount, unit, target.per)


def read_steps(text: str, amount: float, today: date) -> tuple[tuple[date, float], ...]:
    """ "1 less a week", "2 fewer every 14 days to 4": from which day on at most how much."""
    match = _STEPS.fullmatch(one_line(text))
    by = _number(match["by"]) if match else 0.0
    if match is None or not by:
        raise Refused(f"“{one_line(text)[:40]}” is no way down. {_STEPS_WAY}")
    last, days = _number(match["to"] or "0"), _days(match)
    _checked(1, days)
    if last >= amount:
        raise Refused(f"It is at most {amount:.10g} now, so {last:.10g} is no step down. {_STEPS_WAY}")
    count = ceil(round((amount - last) / by, 6))
    if count > MOST_STEPS or count * days > LONGEST_WAY:
        raise Refused(f"That is {count} steps, more than can be planned at once. Take larger ones, or stop earlier.")
    steps = ((today + timedelta(days=days * step), round(amount - by * step, 6)) for step in range(1, count + 1))
    return tuple((day, max(last, much)) for day, much in steps)


def often_line(often: Target) -> str:
    """As it would be typed: what `read_often` reads back; of something counted the days are said with its amount."""
    if often.weekdays and len(often.weekdays) < len(WEEKDAYS):
        return " ".join(WEEKDAYS[day][:3].lower() for day in often.weekdays)
    return (
        "every day" if often.weekdays or often.amount or often.times >= often.per else f"{often.times} in {often.per}"
    )


def amount_line(amount: Amount) -> str:
    """As it would be typed: what `read_amount` reads back."""
    within = f"in {amount.days} days" if amount.days > 1 else ""
    quoted = '"' + amount.unit.replace('"', '""') + '"'
    lines = (" ".join(filter(None, [_written(amount.amount), unit, within])) for unit in (amount.unit, quoted))
    bare = next(lines)
    match = _AMOUNT.fullmatch(bare)
    return bare if match and (_unit(match), _days(match)) == (amount.unit, amount.days) else next(lines)


def _rule(words: str) -> Rule | None:
    for pattern, read in REPEATS:
        if (match := re.fullmatch(pattern, words, re.IGNORECASE)) and (found := read(match)):
            meaning = found[0]
            return meaning.rule if isinstance(meaning, Repeat) else None
    return None


def _by_rule(rule: Rule) -> Target | None:
    """Days by the calendar are no question a habit asks: "the first Monday" belongs in the plan."""
    weekdays = tuple(sorted(day for _, day in rule.weekdays))
    if rule.numbers or any(which for which, _ in rule.weekdays):
        return None
    if rule.frequency == "WEEKLY" and rule.interval == 1 and weekdays:
        return Target(weekdays) if len(weekdays) < len(WEEKDAYS) else DAILY
    length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30}.get(rule.frequency)
    if weekdays or length is None:
        return None
    return _checked(1, length * rule.interval)


def _checked(times: int, days: int) -> Target:
    if not 1 <= days <= LONGEST_PERIOD:
        raise Refused(f"{days} days is not between 1 and {LONGEST_PERIOD}. {_OFTEN_WAYS}")
    if not 1 <= times <= days:
        raise Refused(
            f"{times} times in {days} {'day' if days == 1 else 'days'} is not once a day at most. {_OFTEN_WAYS}"
        )
    return DAILY if times == days else Target((), times, days)


def _number(text: str) -> float:
    if _TWO_WAYS.fullmatch(text):
        ways = [re.sub("[.,]", "", text)]
        ways += [_written(float(text.replace(",", ".")))] if len(re.findall("[.,]", text)) == 1 else []
        raise Refused(f"“{text[:40]}” can be read in two ways. Give it as {' or '.join(ways)}.")
    return float(text.replace(",", "."))


def _written(amount: float) -> str:
    """So that it is read in one way only."""
    text = f"{amount:.10g}"
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


def _unit(match: re.Match[str]) -> str:
    return str(match["unit"] if match["quoted"] is None else match["quoted"].replace('""', '"')).strip()


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTS[word.lower()]


def _days(match: re.Match[str]) -> int:
    if match["days"]:
        return int(match["days"])
    return _PERIODS[match["period"].lower()] if match["period"] else 1
