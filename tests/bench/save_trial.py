"""How long the screen stands still while something is saved: `python -m tests.bench.save_trial HOME`.

The whole app runs, without a terminal; a clock in its loop ticks every two milliseconds and notes its longest wait.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from coach.bootstrap import build
from coach.paths import Paths
from coach.ui.app import CoachApp

SAVES, TICK, PAUSE = 30, 0.002, 0.05


class Ticker:
    """Notes the longest time the loop did not come round."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def run(self) -> None:
        before = time.perf_counter()
        while True:
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            self.longest, before = max(self.longest, now - before - TICK), now

    def take(self) -> float:
        """The longest wait since this was last asked, in milliseconds."""
        longest, self.longest = self.longest * 1000, 0.0
        return longest


async def trial(home: str) -> dict[str, float]:
    coach = build(Paths(home))
    app = CoachApp(coach)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(1.5)
        ticker = Ticker()
        ticking = asyncio.create_task(ticker.run())
        await asyncio.sleep(PAUSE)
        ticker.take()
        await asyncio.sleep(PAUSE * SAVES)
        quiet = ticker.take()
        gaps = []
        for number in range(SAVES):
            await asyncio.wrap_future(coach.writer.submit(coach.cravings.log, number % 11))
            gaps.append(ticker.take())
            await asyncio.sleep(PAUSE)
            ticker.take()
        ticking.cancel()
        return {"gap": max(gaps), "middle": sorted(gaps)[SAVES // 2], "quiet": quiet}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(trial(sys.argv[1]))))
