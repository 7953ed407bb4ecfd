"""What somebody may see and do in a register, as a value. Pure.

Four roles: a reader sees, a recorder records events, an attester answers what functions are asked, an administrator
says who may what. Whoever has one of them in an agreement sees it; none includes another.
"""

from collections.abc import Iterable

from msgspec import Struct

from avtalsvakt_rules.problems import Problem, Rejected

READER, RECORDER, ATTESTER, ADMINISTRATOR = "reader", "recorder", "attester", "administrator"
ROLES = (READER, RECORDER, ATTESTER, ADMINISTRATOR)
WHERE = "dina roller"
"""Where a problem stands that is about what somebody may do."""


class Rights(Struct, frozen=True):
    """`given` are roles by agreement, None for all there are; `within` roles by municipality, of which `given` follows.

    `recorder` is the role or account that facts are recorded by, where it is another than the name that signs in.
    """

    given: frozenset[tuple[str | None, str]]
    within: frozenset[tuple[str, str]] = frozenset()
    recorder: str | None = None

    def may(self, role: str, agreement: object) -> bool:
        """Whether the role is held in an agreement."""
        return (None, role) in self.given or (agreement, role) in self.given

    def may_everywhere(self, role: str) -> bool:
        """Whether the role is held in everything, also in agreements to come."""
        return (None, role) in self.given

    def may_somewhere(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles is held in anything."""
        return any(held in roles for _, held in self.given)

    def sees(self, agreement: object) -> bool:
        """Whether an agreement is seen: some role is held there."""
        return any(self.may(role, agreement) for role in ROLES)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is kept from sight."""
        return any(place is None for place, _ in self.given)


EVERYTHING = Rights(frozenset((None, role) for role in ROLES))
"""What whoever has the register's file may; and everybody, as long as no role has been given in it."""
NOTHING = Rights(frozenset())


class Forbidden(Rejected):
    """Something that needs a role which the one who asks does not have."""


def forbid(what: str, needed: str) -> Forbidden:
    """The refusal of something that needs a role (in words, »registrerare i avtalet«)."""
    remedy = "be den som är administratör om rollen; vem som har vilken roll står på sidan Behörigheter"
    return Forbidden([Problem(what, WHERE, f"det kräver rollen {needed}, som du inte har", remedy)])
