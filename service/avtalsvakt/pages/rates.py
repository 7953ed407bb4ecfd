"""How often somebody may ask: a bucket for each, which fills up again as time goes. No clock: moments come in."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Rates:
    """At most `burst` at once and `per_second` in the long run, for each of the latest `remembered` askers."""

    def __init__(self, per_second: float, burst: int, remembered: int = 10_000) -> None:
        """Nobody has asked yet."""
        self.per_second, self.burst, self.remembered = per_second, burst, remembered
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, who: str, now: float) -> float:
        """Seconds until the asker may ask; 0 counts this as asked. `now` in seconds that only go forwards."""
        bucket = self._buckets.pop(who, None) or _Bucket(float(self.burst), now)
        bucket.left = min(self.burst, bucket.left + (now - bucket.at) * self.per_second)
        bucket.at = now
        self._buckets[who] = bucket
        while len(self._buckets) > self.remembered:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            return (1 - bucket.left) / self.per_second
        bucket.left -= 1
        return 0.0

    def left(self, who: str) -> int:
        """How many more times the asker may ask at once, as of the last time."""
        bucket = self._buckets.get(who)
        return self.burst if bucket is None else int(bucket.left)
