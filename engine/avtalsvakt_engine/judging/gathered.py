"""What was found for one duty on the day judged: in time, late, undecided, refused."""

from msgspec import Struct, field

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.matching import FITS, Fit
from avtalsvakt_engine.evidence.selection import Item, Occasion


class Gathered(Struct):
    """What was found for one duty on the day judged. `breach` where the occasion's own record shows it.

    `partly` is that record where it is the right one but lacks parts that the clause lists. `unclear` are those that
    may count, with what has to be asked; `unnamed` tells that something counted whose record does not say who acted.
    `parts` says whether what counts has every part that the clause lists. `closed` tells that the function that was
    asked stands by its no and has closed the question.
    """

    in_time: list[Item] = field(default_factory=list)
    late: list[Item] = field(default_factory=list)
    unclear: list[tuple[Item, str]] = field(default_factory=list)
    refused: list[tuple[Item, str]] = field(default_factory=list)
    breach: bool = False
    fired: tuple[str, ...] = ()
    partly: list[Item] = field(default_factory=list)
    unnamed: bool = False
    parts: Fit = FITS
    closed: bool = False

    def shown(self) -> "Gathered":
        """Only what is told and does not count, of a duty that is not owed."""
        return Gathered(refused=[*self.refused, *self.unclear])


def occasion_of(duty: Duty) -> Occasion:
    """What a duty's evidence is held against."""
    return Occasion(duty.event, duty.targets, duty.per, duty.next_label, duty.label if duty.event is None else None)
