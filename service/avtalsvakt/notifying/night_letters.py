"""The letter to whoever runs the program: a night was not done, or not all of it. Pure."""

from datetime import date, datetime, timedelta

from avtalsvakt.notifying import wording
from avtalsvakt.notifying.digest import Told
from avtalsvakt.notifying.letters import Item, Letter, Part
from avtalsvakt_engine.storage.outgoing.recipients import Recipient
from avtalsvakt_engine.storage.runs.night_log import INCOMPLETE

NIGHT = "night"


def night_letter(recipient: Recipient, outcome: str, why: str, day: date, now: datetime) -> Told:
    """That the night's work failed (or was not all done), why, and what to look at; once a day."""
    done = outcome == INCOMPLETE
    what = "blev inte hel" if done else "blev inte gjord"
    subject = f"Avtalsvakt: natten {day} {what}"
    opening = f"Nattens arbete för {wording.with_weekday(day)} {what}. Det försöks igen tills det går."
    item = Item(wording.big(why or "orsaken står i loggen"), "late", (f"Senast försökt {now:%Y-%m-%d kl. %H:%M}.",),
                command="avtalsvakt health")  # fmt: skip
    letter = Letter(subject, opening, (Part("Varför", (item,)),), wording.foot(recipient.role, recipient.id))
    return Told(NIGHT, letter, frozenset({f"{NIGHT}|{day}|{what}"}), now.date() + timedelta(days=2))
