"""What `coach due` says beside the titles: the day of what is not of today, and why nothing comes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from coach.bootstrap import Coach, build
from coach.paths import Paths
from tests.cli.running import Home


def _at(home: Home, moment: datetime) -> Coach:
    return build(Paths(str(home.path)), lambda: moment)


def test_the_day_stands_beside_what_is_not_of_today_and_what_is_held_is_counted(home: Home) -> None:
    late = (datetime.now() - timedelta(hours=20)).replace(second=0, microsecond=0)
    _at(home, datetime.now().astimezone() - timedelta(hours=30)).sentences.add(late.time(), "ring the green door")
    yesterday = "" if late.date() == datetime.now().date() else "yesterday "
    assert home.coach("due").out == f"{yesterday}{late:%H:%M}  ring the green door\n"
    home.coach("quiet", "2h")
    assert re.search(r"Nothing is due\. 1 held back while it is quiet until \d\d:\d\d\.", home.coach("due").err)
    home.coach("quiet", "off")
    _at(home, datetime.now().astimezone()).prompts.pause()
    assert "All reminders are paused" in home.coach("due").err
