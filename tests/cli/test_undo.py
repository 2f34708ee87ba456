"""coach undo names what it leaves as it is, to people and to scripts."""

from __future__ import annotations

from tests.cli.running import Home
from tests.storage.homes import START, change, open_store, write_lines

TEN_YEARS_ON = int(START.timestamp() * 1000) + 10 * 365 * 86_400_000
"""Milliseconds: later than any clock these tests run by."""


def test_the_command_names_what_stays(home: Home) -> None:
    home.coach("add", "walk")
    (item,) = home.json("today")["items"]
    store = open_store(home.path)
    book = f"20{item['id'][:2]}-{item['id'][2:4]}"
    with store.change("Changed “walk”"):
        store.table(book, "items").update({"title": "swim", "minutes": 20}, doc_ids=[item["id"]])
    theirs = change(TEN_YEARS_ON, "zz", ("items", item["id"], {"minutes": 45}))
    write_lines(home.path, "zz", book, theirs)
    told = home.json("undo")
    assert told["said"] == "Undone: changed “walk”. The length stays as it is: it was changed since."
    assert told["kept"] == [{"table": "items", "id": item["id"], "field": "minutes", "entry": ""}]
    assert [(one["title"], one["minutes"]) for one in home.json("today")["items"]] == [("walk", 45)]
