"""What an earlier run concluded of a cell and that still stands, so that it is not judged again.

A verdict stands until its last day has passed, a fact arrives that can change it, or another duty of the same occasion
has to be judged again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.judging.touching import Touching
from avtalsvakt_engine.verdicts import Verdict


@dataclass
class Standing:
    """The stored verdicts of one cell that had not run out on the day judged, by duty, with their last days.

    `read` gives the verdict on one of them, and `day` is that of the run before, when all of them were true. `kept` are
    those that are found to stand.
    """

    until: Mapping[str, date | None]
    read: Callable[[str], Verdict]
    touching: Touching
    day: date
    kept: list[str] = field(default_factory=list)
    _occasions: set[str] = field(default_factory=set)

    def stands(self, key: str, duty: Duty) -> bool:
        """Whether the verdict on a duty stands; if not, all of its occasion that comes after it is judged again too."""
        if key in self.until and duty.occasion not in self._occasions and not self.touching.touches(duty):
            self.kept.append(key)
            return True
        self._occasions.add(duty.occasion)
        return False
