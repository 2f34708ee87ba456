"""Who was here when, from records that nobody here wrote: whatever they hold, the day can begin."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.arrival import traces

ENDS = ("0001-01-01T00:00:00", "0001-01-01T03:59:59+14:00", "0001-01-01", "9999-12-31T23:59:59.999999-23:59")
MOMENTS = st.one_of(
    st.sampled_from(ENDS),
    st.datetimes().map(str),
    st.builds("{}{}".format, st.datetimes().map(str), st.sampled_from(["+00:00", "+23:59", "-23:59", "Z", "+24:00"])),
    st.text(),
    st.integers(),
    st.none(),
    st.dictionaries(st.text(), st.text(), max_size=1),
)


@pytest.mark.parametrize("name", ["at", "made", "seen"])
@pytest.mark.parametrize("moment", ENDS[:3])
def test_the_first_hours_of_all_years_are_no_trace(name: str, moment: str) -> None:
    good = {"at": "2026-11-20T09:00:00+00:00"}
    assert traces({"moods": {"a": {name: moment}, "b": good}}) == {date(2026, 11, 20)}


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["at", "made", "seen", "day", "state"]), MOMENTS), st.times())
def test_no_record_stops_the_start_of_a_day(fields: dict[str, Any], day_start: time) -> None:
    good = {"at": "2026-11-20T23:59:59+00:00"}
    assert date(2026, 11, 20) in traces({"marks": {"a": fields, "b": good}}, day_start)
