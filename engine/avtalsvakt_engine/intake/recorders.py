r"""Who recorded: a role ("samordnare") or an account ("polisen\ab123", "svc-avtal"), never free text.

In comes what was stated, out comes the same in composed form, or a Problem in Swedish. A register that is to show who
recorded what cannot hold "?" or "kollega på kontoret", and needs no person's full name or e-mail address.
"""

import re

from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression
from avtalsvakt_rules.texts.normal_form import composed

_ROLE = expression(r"[a-zåäöéü0-9](?:[a-zåäöéü0-9._-]*[a-zåäöéü0-9])?", re.IGNORECASE)
_ACCOUNT = expression(r"(?:[a-z0-9][a-z0-9.-]*[\\/])?[a-z0-9](?:[a-z0-9._$-]*[a-z0-9$])?", re.IGNORECASE)
_NOBODY = frozenset(
    {"anonym", "anonymous", "ingen", "none", "nobody", "null", "okänd", "unknown", "user", "användare", "na", "x"}
)
_SHORTEST, _LONGEST = 2, 64
_REMEDY = "ange en roll eller ett konto med --by, till exempel --by samordnare, eller i miljövariabeln AVTALSVAKT_BY"


def read_recorder(stated: str | None, where: str = "--by") -> str | Problem:
    """The role or account, or what is wrong with it."""
    name = composed(stated or "").strip()
    if not name:
        why = "varje registrering ska visa vilken roll eller vilket konto som gjorde den"
        return Problem("det framgår inte vem som registrerar", where, why, _REMEDY)
    shown = name if len(name) <= _LONGEST else name[:_LONGEST] + "…"
    if name.casefold() in _NOBODY:
        return Problem(f"'{shown}' är ingen roll", where, "anonyma registreringar tas inte emot", _REMEDY)
    fits = _ROLE.fullmatch(name) or _ACCOUNT.fullmatch(name)
    if not fits or not _SHORTEST <= len(name) <= _LONGEST or name.isdigit():
        why = f"det ska vara ett ord på {_SHORTEST}–{_LONGEST} bokstäver, siffror, punkter och streck, ingen fri text"
        return Problem(f"'{shown}' är varken en roll eller ett konto", where, why, _REMEDY)
    return name


def anonymous(recorder: str | None) -> Problem | None:
    """What is wrong with a fact's recorder, if anything."""
    read = read_recorder(recorder)
    return read if isinstance(read, Problem) else None
