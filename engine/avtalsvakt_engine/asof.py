"""The day a verdict is judged on, and how long the verdict lasts.

Below the service nobody compares with the day; they ask `reached`. The nearest day that was asked for and not yet
reached is
the day on which the answer may change, so `until` is collected and never computed; the latest day that had been
reached is the
day since which every answer has been the same.
"""

from datetime import date, timedelta

FAR = date.max


class AsOf:
    """The end of one day. A fresh one is used for each case; `fork` gives one, `absorb` joins its knowledge."""

    __slots__ = ("_day", "_latest", "_next")

    def __init__(self, day: date) -> None:
        """Judge at the end of `day`."""
        self._day = day
        self._next = FAR
        self._latest = date.min

    def reached(self, day: date) -> bool:
        """Whether `day` has come. A day that has not is remembered."""
        if day <= self._day:
            if day > self._latest:  # noqa: PLR1730 - a call for every day that is asked for
                self._latest = day
            return True
        if day < self._next:  # noqa: PLR1730 - a call for every day that is asked for
            self._next = day
        return False

    def passed(self, day: date) -> bool:
        """Whether `day` is over (the day after has come)."""
        return day < FAR and self.reached(day + timedelta(days=1))

    def fork(self) -> "AsOf":
        """The same day with nothing asked yet."""
        return AsOf(self._day)

    def absorb(self, other: "AsOf") -> None:
        """Change when the other changes."""
        if other._next < self._next:  # noqa: PLR1730 - a call for every day that is asked for
            self._next = other._next
        if other._latest > self._latest:  # noqa: PLR1730 - a call for every day that is asked for
            self._latest = other._latest

    def absorb_until(self, until: date | None) -> None:
        """Change when something true until that day changes."""
        if until is not None:
            self._next = min(self._next, until + timedelta(days=1))

    @property
    def since(self) -> date:
        """The first day since which every answer has been the same; date.min if for ever."""
        return self._latest

    @property
    def until(self) -> date | None:
        """The last day on which every answer stays the same; None if for good."""
        return None if self._next == FAR else self._next - timedelta(days=1)
