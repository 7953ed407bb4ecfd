"""Keeping recipients: what is written of one is checked, and one that is taken away is erased.

In come a register and values, out come recipients. Raises Rejected.
"""

import re
from collections.abc import Iterator

from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.outbox import Outbox
from avtalsvakt_engine.storage.outgoing.recipients import Recipient, RecipientStore
from avtalsvakt_rules.problems import Problem, Rejected

RHYTHMS = ("daily", "weekly", "monthly", "never")
CHAT = "chat:"
"""How the address of a chat begins; what follows is its name in the operator's file."""
LONGEST_ROLE, LONGEST_ADDRESS = 100, 254
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
_CHAT = re.compile(r"chat:[a-z0-9_-]{1,50}")
_PERSON = re.compile(r"[a-zåäö]{2,}\.[a-zåäö-]{2,}@", re.IGNORECASE)


def add(register: Register, one: Recipient) -> Recipient:
    """Keep a recipient; it as kept. Raises Rejected for what cannot be used."""
    role = " ".join(one.role.split())
    with register.transaction():
        store = RecipientStore(register.connection)
        problems = list(_problems(one, role, store.all()))
        if problems:
            raise Rejected(problems)
        number = store.add(one)
        return next(kept for kept in store.all() if kept.id == number)


def remove(register: Register, number: int) -> Recipient:
    """Erase a recipient, with all that was sent to it; it as it was. Raises Rejected where there is none."""
    with register.transaction():
        store = RecipientStore(register.connection)
        found = next((one for one in store.all() if one.id == number), None)
        if found is None:
            remedy = "se 'avtalsvakt notify recipients list'"
            why = "ingen mottagare har numret"
            raise Rejected([Problem(f"mottagare {number} kan inte tas bort", str(number), why, remedy)])
        store.erase(number)
    return found


def everybody(register: Register) -> list[tuple[Recipient, str | None]]:
    """Every recipient, with what the mail server last said where it refused."""
    with answered(register.path):
        refused: dict[int, str] = {}
        for one in Outbox(register.connection).latest(500):
            if one.recipient not in refused and one.state in ("sent", "refused", "unsure"):
                refused[one.recipient] = (one.answer or "") if one.state != "sent" else ""
        return [(one, refused.get(one.id) or None) for one in RecipientStore(register.connection).all()]


def looks_like_a_person(address: str) -> bool:
    """Whether an address reads as somebody's own (given name and surname), which no role outlives."""
    return _PERSON.match(address) is not None


def _problems(one: Recipient, role: str, before: list[Recipient]) -> Iterator[Problem]:
    """What is wrong with a recipient."""
    if not role or len(role) > LONGEST_ROLE or "@" in role or not role.isprintable():
        why = "där ska stå en roll eller en enhet, högst hundra tecken, och ingen adress"
        yield Problem(f"rollen '{role[:40]}' går inte att använda", "ROLL", why, "skriv t.ex. samordnare")
    if not (_MAIL.fullmatch(one.address) or _CHAT.fullmatch(one.address)) or len(one.address) > LONGEST_ADDRESS:
        why = "det är ingen e-postadress och inget chat:NAMN"
        remedy = "skriv en brevlådas adress, t.ex. avtal@kommun.example"
        yield Problem(f"adressen '{one.address[:60]}' går inte att använda", "ADRESS", why, remedy)
    if (one.escalate_to is None) is not (one.escalate_after is None):
        remedy = "ange både --escalate-to NUMMER och --after DAGAR"
        yield Problem("det går inte att lämna vidare", "--escalate-to", "den ena säger inget utan den andra", remedy)
    if one.escalate_to is not None and one.escalate_to not in {kept.id for kept in before}:
        remedy = "lägg till den andra rollen först; se 'avtalsvakt notify recipients list'"
        yield Problem(f"mottagare {one.escalate_to} finns inte", "--escalate-to", "ingen mottagare har numret", remedy)
    if any((kept.role, kept.address) == (role, one.address) for kept in before):
        remedy = "ta bort den först: 'avtalsvakt notify recipients remove NUMMER'"
        yield Problem(f"rollen {role} finns redan", one.address, "den får redan brev på adressen", remedy)
