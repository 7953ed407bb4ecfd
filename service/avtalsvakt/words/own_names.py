"""What each agreement calls things: its own bodies by their names, also in a list over many agreements.

In comes a rulebook, out come the names that hold within one of its agreements; those of everybody in others.
"""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from avtalsvakt_engine.explaining.names import Names, names_of

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook


class OwnNames(Struct, frozen=True):
    """Names by agreement, made when asked for."""

    rulebook: "Rulebook"
    _made: dict[str, Names] = field(default_factory=dict)

    def of(self, agreement: str) -> Names:
        """The names within an agreement, with those of the texts over it."""
        if agreement not in self._made:
            one = self.rulebook.instruments.get(agreement)
            over = reversed(self.rulebook.chain(one)) if one else ()
            self._made[agreement] = names_of(*over, *([one] if one else ()))
        return self._made[agreement]

    def anywhere(self, name: str) -> str:
        """What the first agreement that has a body of its own with that name calls it, else what everybody does."""
        own = (one.bodies[name] for one in self.rulebook.instruments.values() if name in one.bodies)
        return next(own, None) or names_of().value(name)
