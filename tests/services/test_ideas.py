"""The ideas there are, and which are offered: files that cannot be used are named, and a first week stays small."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from coach.bootstrap import Coach
from coach.codec import decode
from coach.domain.areas import AREAS
from coach.domain.ideas import TIERS, Idea
from coach.domain.text import title_key
from coach.services.ideas import ORDER
from coach.storage import records
from tests.services.clock import TODAY, Watch, coach_at

GOOD = 'schema = 1\nid = "mine"\ntitle = "Mine"\narea = "fun"\nfive = ["Whistle"]\n'


def write(folder: Path, name: str, text: str | bytes) -> None:
    (folder / "activities").mkdir(exist_ok=True)
    (folder / "activities" / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_the_shipped_files_are_whole(coach: Coach) -> None:
    ideas = coach.ideas.all()
    assert coach.ideas.problems() == ()
    assert [idea.id.partition("-")[0] for idea in ideas] == sorted(
        (idea.id.partition("-")[0] for idea in ideas), key=ORDER.index
    )
    assert len({title_key(idea.title) for idea in ideas}) == len(ideas), "no idea stands there twice"
    for name in ORDER:
        tiers = {tier: [idea for idea in ideas if idea.id.startswith(f"{name}-{tier}-")] for tier in TIERS}
        sizes = {tier: len(found) for tier, found in tiers.items() if found}
        if name == "admin":
            assert set(sizes) == {"admin"} and 8 <= sizes["admin"] <= 15
        else:
            assert set(sizes) == {"5", "30"} and all(4 <= size <= 8 for size in sizes.values()), (name, sizes)
    assert all(idea.area in AREAS and len(idea.title) <= 32 for idea in ideas)


def test_own_files_are_added_and_win(tmp_path: Path, coach: Coach) -> None:
    write(tmp_path, "mine.toml", GOOD)
    write(tmp_path, "body.toml", GOOD.replace('"mine"', '"body"'))
    titles = [idea.title for idea in coach.ideas.all()]
    assert coach.ideas.problems() == ()
    assert titles.count("Whistle") == 2
    assert "Stretch by the window" not in titles
    assert coach.ideas.all()[-1].tier == "admin"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD.replace('["Whistle"]', '["Whistle", 3]'), "five[1]"),
        (GOOD.replace('["Whistle"]', '["two\\nlines"]'), "five[0]"),
        (GOOD.replace('["Whistle"]', "[]"), "holds no activity"),
        (GOOD.replace('"fun"', '"space"'), "no area 'space'"),
        (GOOD.replace('id = "mine"', 'id = "other"'), "name of the file"),
        (GOOD + "sixty = []\n", "unknown key 'sixty'"),
        (GOOD + "a" + ".b" * 5000 + " = 1\n", "line 6"),
        (b"\xff\xfe", "UTF-8"),
    ],
    ids=["text", "lines", "empty", "area", "id", "key", "dots", "bytes"],
)
def test_a_file_that_cannot_be_used_is_named_and_the_others_work(
    tmp_path: Path, coach: Coach, text: str | bytes, place: str
) -> None:
    write(tmp_path, "mine.toml", text)
    (problem,) = coach.ideas.problems()
    assert problem.startswith("The activity file ") and "mine.toml is left out: " in problem
    assert place in problem
    assert len(coach.ideas.all()) > 100
    assert problem in coach.doctor.check()["notes"]


def test_what_steers_a_terminal_is_taken_out_of_own_titles(tmp_path: Path, coach: Coach) -> None:
    write(tmp_path, "mine.toml", GOOD.replace("Whistle", "Whi\\u001b[31mstle\\u202e"))
    assert "Whi[31mstle" in [idea.title for idea in coach.ideas.all()]


def test_an_idea_goes_on_the_day_or_on_the_later_list_and_undo_takes_it_back(coach: Coach) -> None:
    idea = Idea("x", "Letter: ring mum at 8 #not-a-tag", "money", 15, "admin", "Papers")
    item = coach.ideas.take_up(idea, TODAY, time(13))
    assert coach.items.get(item.id) == item
    assert (item.title, item.day, item.start, item.minutes) == (idea.title, TODAY, time(13), 15)
    assert (item.area, item.tags) == ("money", ()), "its words are its title, not a line to be read"
    coach.undo.undo()
    assert coach.items.view(TODAY).total == 0, "one step takes all of it back"
    later = coach.ideas.take_up(idea, None, time(13))
    assert (later.day, later.start, later.area) == (None, None, "money")
    assert [one.id for one in coach.items.later()] == [later.id]


def test_a_first_week_is_offered_three_new_things_at_most(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    first = coach.ideas.for_gap(TODAY, 240, True)
    assert len(first) == 3
    assert len(coach.ideas.for_gap(TODAY, 240, False)) == 9
    coach.ideas.take_up(first[1], TODAY, time(13))
    assert coach.ideas.for_gap(TODAY, 240, True) == (first[0], first[2]), "the others stay as they were"
    assert len(coach.ideas.for_gap(TODAY + timedelta(days=1), 240, True)) == 2
    paper = coach.ideas.all()[-1]
    coach.ideas.take_up(paper, None)
    assert len(coach.ideas.for_gap(TODAY, 240, True)) == 1
    coach.ideas.take_up(first[0], TODAY + timedelta(days=5))
    assert coach.ideas.for_gap(TODAY, 240, True) == ()
    watch.now += timedelta(days=8)
    assert len(coach_at(tmp_path, watch).ideas.for_gap(TODAY + timedelta(days=8), 240, True)) == 3


def test_full_weeks_are_not_read_thing_by_thing(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    with coach.store.change("weeks"):
        for number in range(400):
            day = TODAY - timedelta(days=1 + number % 50)
            record, prefix = f"{day:%y%m}-{number:026}", f"{day:%Y-%m}"
            coach.store.table(prefix, "items").insert(Document({"title": f"T {number}", "day": f"{day}"}, record))  # type: ignore[arg-type]  # text ids
            mark = {"subject": record, "day": f"{day}", "state": "done"}
            coach.store.table(prefix, "marks").insert(Document(mark, f"{day:%y%m}-m:{record}:{day}"))  # type: ignore[arg-type]  # text ids
    read: list[Any] = []

    def counted(kind: Any, data: Any, *, strict: bool = True) -> Any:
        read.append(kind)
        return decode(kind, data, strict=strict)

    monkeypatch.setattr(records, "decode", counted)
    for first_week in (False, True):
        assert coach.ideas.for_gap(TODAY, 60, first_week)
    assert len(read) < 10


def test_what_another_program_wrote_is_passed_over(coach: Coach) -> None:
    before = coach.ideas.for_gap(TODAY, 240, True)
    idea = before[0]
    with coach.store.change("strange"):
        items = coach.store.table("2026-11", "items")
        for number, made in enumerate(("2026-11-22T10:00:00", "0001-01-01T00:00:00", "soon", 7, ["x"], None)):
            items.insert(Document({"title": f"x {number}", "made": made}, f"2611-{number}"))  # type: ignore[arg-type]  # text ids
        items.insert(Document({"title": ["x"], "made": "2026-11-22T10:00:00"}, "2611-odd"))  # type: ignore[arg-type]  # text ids
        marks = coach.store.table("2026-11", "marks")
        for number, subject in enumerate((7, None, ["x"], "nothing", "2611-odd", "2611-0", "p-gone", "../x-1")):
            strange = {"subject": subject, "state": "done", "day": "2026-11-20", "pleasure": [number]}
            marks.insert(Document(strange, f"2611-m{number}"))  # type: ignore[arg-type]  # text ids
        marks.insert(Document({"subject": "2611-0", "state": ["done"], "day": 7}, "2611-m9"))  # type: ignore[arg-type]  # text ids
    assert coach.ideas.for_gap(TODAY, 240, True) == before
    with coach.store.change("naive"):
        items.insert(Document({"title": f" {idea.title.upper()} ", "made": "2026-11-22T10:00:00"}, "2611-naive"))  # type: ignore[arg-type]  # text ids
    assert len(coach.ideas.for_gap(TODAY, 240, True)) == 2, "put on a day yesterday, by a clock without an offset"


def test_what_was_done_and_liked_comes_first(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    ideas = {idea.id: idea for idea in coach.ideas.all()}
    given = {"body-5-1": None, "rest-30-3": 9, "people-5-1": 2}
    for number, (name, pleasure) in enumerate(given.items()):
        day = TODAY - timedelta(days=50 - 20 * number)
        item = coach.ideas.take_up(ideas[name], day)
        coach.items.mark(item.id, day, "done")
        coach.items.marks.rate(item.id, day, pleasure, None)
    watch.now += timedelta(days=8)
    found = [idea.id for idea in coach_at(tmp_path, watch).ideas.for_gap(TODAY + timedelta(days=5), None, True)]
    assert found[:2] == ["rest-30-3", "body-5-1"]
    assert len(found) == 5, "what is known already does not count as new"
    assert "people-5-1" not in found
