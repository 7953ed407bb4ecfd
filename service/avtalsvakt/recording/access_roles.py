"""Roles given and revoked, by whom and when, and what they let somebody do.

In come settings and names, out come roles and rights. Raises Rejected.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.stored_answers import municipalities_of
from avtalsvakt.recording.attest_links import moment
from avtalsvakt.rights import ADMINISTRATOR, EVERYTHING, ROLES, Rights, forbid
from avtalsvakt.settings import Settings
from avtalsvakt.words.role_words import ROLE_WORDS, in_words
from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_engine.storage.access.roles import AccessRoles, GivenRole, Scope
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected, missing
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.texts.normal_form import composed

LONGEST = 200
"""Letters in a name that signs in."""


class Wanted(Struct, frozen=True):
    """A role that somebody is to have: in one agreement, in a municipality's, or in all (neither is said).

    `recorder` is what facts are recorded by, where the name that signs in is neither a role nor an account.
    """

    name: str
    role: str
    agreement: str | None = None
    municipality: str | None = None
    recorder: str | None = None

    @property
    def scope(self) -> Scope:
        """What kind of thing the role is held in."""
        return "agreement" if self.agreement else "municipality" if self.municipality else "all"

    @property
    def place(self) -> str:
        """The agreement or the municipality; empty for all."""
        return self.agreement or self.municipality or ""


class Change(Struct, frozen=True):
    """A role given, or revoked: the moment (ISO 8601), and who did it."""

    moment: str
    by: str
    role: GivenRole
    revoked: bool = False


def give_role(settings: Settings, wanted: Wanted, giver: str) -> GivenRole:
    """Give a role, which is noted with the giver and the moment. Raises Rejected."""
    problems = [*_name_problems(wanted), *_place_problems(settings, wanted)]
    recorder = read_recorder(wanted.recorder or wanted.name, "--as")
    if isinstance(recorder, Problem) and not problems:
        why = "det är ingen roll och inget konto, och det som registreras ska bära ett sådant"
        what = f"'{wanted.recorder or wanted.name}' kan inte stå vid registreringar"
        problems.append(Problem(what, "--as", why, "ange vad hen registrerar som, t.ex. --as samordnare"))
    if problems:
        raise Rejected(problems)
    _may_change(settings.rights, wanted.scope, wanted.place)
    name = composed(wanted.name).strip()
    made = GivenRole(
        0, name, wanted.role, wanted.scope, wanted.place, str(recorder), moment(settings.now), giver
    )  # fmt: skip
    with settings.register() as register, register.transaction():
        store = AccessRoles(register.connection)
        if any(_same(one, made) for one in store.all()):
            what = f"{name} är redan {ROLE_WORDS[wanted.role]} i {in_words(wanted.scope, wanted.place)}"
            why = "rollen är given förut och inte återkallad"
            raise Rejected([Problem(what, "NAMN", why, "se 'avtalsvakt access list'")])
        return store.add(made)


def revoke_role(settings: Settings, number: int, revoker: str) -> GivenRole:
    """Take back a role, which is noted; it as it was. Raises Rejected where there is none that this one may revoke."""
    with settings.register() as register, register.transaction():
        store = AccessRoles(register.connection)
        found = next((one for one in store.all() if one.id == number), None)
        if found is not None and not administers(settings.rights, found.scope, found.place):
            found = None
        if found is None or not store.revoke(number, moment(settings.now), revoker):
            why = "ingen roll har numret" if found is None else "den är redan återkallad"
            raise Rejected(
                [Problem(f"roll {number} kan inte återkallas", "NUMMER", why, "se 'avtalsvakt access list'")]
            )
        return found


def all_roles(settings: Settings) -> list[GivenRole]:
    """Every role there has been, oldest first. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        return AccessRoles(register.connection).all()


def changes(roles: Iterable[GivenRole]) -> list[Change]:
    """Every role given and revoked, oldest first."""
    every = list(roles)
    given = [Change(one.made, one.maker, one) for one in every]
    taken = [Change(one.revoked, one.revoker or "", one, revoked=True) for one in every if one.revoked is not None]
    return sorted((*given, *taken), key=lambda one: (one.moment, one.role.id, one.revoked))


def administers(rights: Rights, scope: str, place: str) -> bool:
    """Whether these rights let somebody say who may what in a place."""
    if rights.may_everywhere(ADMINISTRATOR):
        return True
    if scope == "agreement":
        return rights.may(ADMINISTRATOR, place)
    return scope == "municipality" and (place, ADMINISTRATOR) in rights.within


def rights_of(roles: Iterable[GivenRole], name: str | None, rulebook: Rulebook) -> Rights:
    """What a name that signs in may; everything as long as no role has ever been given.

    Roles that are all revoked still decide: taking back the last one must not open the register.
    """
    every = list(roles)
    if not every:
        return EVERYTHING
    own = held_by(every, name)
    places = municipalities_of(rulebook) if any(one.scope == "municipality" for one in own) else {}
    given = {pair for one in own for pair in _given(one, places)}
    within = frozenset((one.place, one.role) for one in own if one.scope == "municipality")
    return Rights(frozenset(given), within, own[-1].recorder if own else None)


def held_by(roles: Iterable[GivenRole], name: str | None) -> list[GivenRole]:
    """The roles that a name holds, oldest first."""
    return [one for one in roles if one.revoked is None and name is not None and _plain(one.name) == _plain(name)]


def _given(one: GivenRole, places: Mapping[str, str]) -> Iterable[tuple[str | None, str]]:
    """A role by agreement: one, those of a municipality, or None for all."""
    if one.scope == "municipality":
        return [(agreement, one.role) for agreement, place in places.items() if place == one.place]
    return [(one.place if one.scope == "agreement" else None, one.role)]


def _same(one: GivenRole, other: GivenRole) -> bool:
    """Whether two are the same role of the same name, recorded by alike, and the first holds."""
    plain = replace(one, id=0, name=_plain(one.name), made="", maker="")
    return plain == replace(other, id=0, name=_plain(other.name), made="", maker="")


def _plain(name: str) -> str:
    """A name as it is compared: directories do not tell capital letters from small ones."""
    return composed(name).strip().casefold()


def _name_problems(wanted: Wanted) -> Iterable[Problem]:
    name = wanted.name.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        why = f"det ska vara vad inloggningen kallar någon, 1–{LONGEST} tecken på en rad"
        yield Problem("namnet kan inte användas", "NAMN", why, "skriv det som det står i inloggningen")
    if wanted.role not in ROLES:
        remedy = f"välj en av {', '.join(ROLES)}"
        yield Problem(f"rollen '{wanted.role[:40]}' finns inte", "ROLL", "det finns fyra roller", remedy)


def _place_problems(settings: Settings, wanted: Wanted) -> Iterable[Problem]:
    """What is wrong with where the role is to be held; what somebody does not see is not there."""
    sees = settings.rights.sees
    known = {name for name in settings.rulebook().instruments if sees(name)}
    if wanted.agreement and wanted.agreement not in known:
        yield missing("avtalet", wanted.agreement, known, "--agreement")
    if wanted.municipality:
        places = {place for name, place in municipalities_of(settings.rulebook()).items() if sees(name)}
        if wanted.municipality not in places:
            yield missing("kommunen", wanted.municipality, places, "--municipality")


def _may_change(rights: Rights, scope: str, place: str) -> None:
    """Raise Rejected where it is not this one's to say who may what there."""
    if not administers(rights, scope, place):
        where = in_words(scope, place)
        raise forbid(f"du får inte ge roller i {where}", f"{ROLE_WORDS[ADMINISTRATOR]} i {where}")
