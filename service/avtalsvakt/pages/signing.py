"""How people sign in to the pages, and how often they may try."""

from dataclasses import dataclass, field

from avtalsvakt.pages.rates import Rates


@dataclass(slots=True)
class Signing:
    """The way in force: `account`, `openid`, or None where a proxy does it or nobody has to.

    `by_name` counts tries by the name that was typed, `by_address` by where they came from.
    """

    way: str | None = None
    by_name: Rates = field(default_factory=lambda: Rates(1 / 30, 10))
    by_address: Rates = field(default_factory=lambda: Rates(1, 60))

    def too_often(self, name: str, address: str, now: float) -> bool:
        """Count a try; whether there have been too many. `now` in seconds that only go forwards."""
        return self.by_address.wait(address, now) > 0 or self.by_name.wait(name.casefold(), now) > 0
