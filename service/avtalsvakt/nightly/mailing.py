"""The mail of a night: what is to be told is put in the outbox, and what waits there is sent.

In come settings and the environment, out come lines for the log, and whether anything is left to send. Raises nothing:
a night that is stored is done, whether or not its letters leave.
"""

from collections.abc import Mapping
from datetime import datetime
from threading import Event

from msgspec import Struct, field

from avtalsvakt.nightly import logs
from avtalsvakt.notifying.channels import Letterbox, NoAnswer, NotNow, Refused
from avtalsvakt.notifying.delivery import Delivered, deliver
from avtalsvakt.notifying.links import Links
from avtalsvakt.notifying.planning import message_of, night_letters, plan, plan_night_letter
from avtalsvakt.notifying.post import Post
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import problems_of
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected

PATIENCE = 1.0


class Mailing(Struct, frozen=True):
    """What the letters of the nights need: where they lead, and how they leave."""

    environ: Mapping[str, str]
    links: Links
    stop: Event
    direct: set[str] = field(default_factory=set)
    """Message-IDs of what was sent without the outbox, while the register could not be written."""

    def night_done(self, settings: Settings) -> bool:
        """Put what is to be told in the outbox and send what waits; whether nothing is left to send."""
        try:
            put = plan(settings, self.links)
        except Exception as error:  # noqa: BLE001 - told in the log; the night is stored
            logs.say("breven kunde inte skrivas")
            logs.tell(problems_of(error))
            return False
        if put:
            logs.say(f"{counted(len(put), 'brev', 'brev')} skrivna", letters=len(put))
        return self.send(settings)

    def night_failed(self, settings: Settings, outcome: str, why: str, now: datetime) -> None:
        """Tell whoever runs the program, also where the register can be read and not written; once a day."""
        try:
            with open_register(settings.db, timeout=PATIENCE) as register:
                plan_night_letter(register, outcome, why, now, sent=self.direct)
        except Rejected:
            self._send_directly(settings, outcome, why, now)
            return
        self.send(settings)

    def _send_directly(self, settings: Settings, outcome: str, why: str, now: datetime) -> None:
        """Send what no outbox can hold; its Message-ID is what it would have been, so that none counts it twice."""
        try:
            with settings.register(read_only=True) as register, Post(self.environ) as post:
                for one in night_letters(register, outcome, why, now):
                    message = message_of(one, now, None)
                    if message.message_id not in self.direct:
                        post.of(one.recipient.address).send(Letterbox(message, one.recipient.address))
                        self.direct.add(message.message_id)
        except (Rejected, NotNow, Refused, NoAnswer) as error:
            logs.say(f"driften kunde inte få brev om det: {error}")

    def send(self, settings: Settings) -> bool:
        """Send what waits; whether nothing is left."""
        try:
            with Post(self.environ) as post:
                found = deliver(settings, post.of, self.stop)
        except Exception as error:  # noqa: BLE001 - as above
            logs.say("breven kunde inte sändas")
            logs.tell(problems_of(error))
            return False
        if found != Delivered():
            logs.say(told(found), sent=found.sent, refused=found.refused, left=found.left)
        return found.left == 0


def told(found: Delivered) -> str:
    """What became of the letters, in a line."""
    parts = [f"{found.sent} sända"]
    parts += [f"{found.refused} avvisade"] if found.refused else []
    parts += [f"{found.given_up} sänds inte"] if found.given_up else []
    parts += [f"{found.left} väntar"] if found.left else []
    return f"brev: {', '.join(parts)}" + "".join(f"; {one}" for one in found.said)
