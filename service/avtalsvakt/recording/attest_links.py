"""Links by which a function answers without a sign-in: made for one function's open questions, shown once, revoked.

In come settings and names, out come links. Raises Rejected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from avtalsvakt.answers.acts import Filled
from avtalsvakt.answers.agreement_facts import AgreementFacts, stored_facts
from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.how_to import how_to
from avtalsvakt.answers.stored_answers import Cut, read_stored
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.feed_secrets import hashed, new_token
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_engine.storage.access.attest_links import AttestLink, AttestLinks, LinkAnswer, Use
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.problems import Problem, Rejected

FOLDER = "svar"
"""The folder of the addresses: `/svar/SECRET`."""
USUALLY, AT_MOST = timedelta(days=30), timedelta(days=400)
MOST = 40
"""Questions in one link."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link and, this once, its secret."""

    link: AttestLink
    token: str = field(repr=False)

    def address(self, base: str) -> str:
        """The link's address under the program's own."""
        return f"{base}/{FOLDER}/{self.token}"


class LinkStory(Struct, frozen=True):
    """A link with what has been done by it."""

    link: AttestLink
    uses: tuple[Use, ...]
    answers: tuple[LinkAnswer, ...]


def make_link(settings: Settings, agreement: str, function: str, until: date | None = None) -> NewLink:
    """A link to the questions that a function can answer now; it holds through `until`. Raises Rejected."""
    maker = read_recorder(settings.recorder)
    if isinstance(maker, Problem):
        raise Rejected([maker])
    known = _known(settings, agreement)
    asked = [one for one in known.verdicts if asked_now(one, settings.today)]
    own = sorted((one for one in asked if one.attest == function), key=lambda one: (one.due or date.max, one.duty))
    if not own:
        raise Rejected([_nothing_asked(function, asked)])
    made = AttestLink(
        0, agreement, function, tuple(_questions(own[:MOST], known)), moment(settings.now), maker,
        _last_day(settings.today, until, (one.due for one in own)),
    )  # fmt: skip
    token = new_token()
    with settings.register() as register, register.transaction():
        kept = AttestLinks(register.connection).add(hashed(token), made)
    return NewLink(kept, token)


def revoke_link(settings: Settings, number: int, agreement: str | None = None) -> AttestLink:
    """Take back a link (of one agreement); it as it was. Raises Rejected for none such, or one taken back before."""
    with settings.register() as register, register.transaction():
        store = AttestLinks(register.connection)
        found = store.find(number)
        if found is not None and agreement not in (None, found.agreement):
            found = None
        if found is None or not store.revoke(number, moment(settings.now)):
            why = "ingen länk har numret" if found is None else "den är redan återkallad"
            remedy = "se 'avtalsvakt attest link list'"
            raise Rejected([Problem(f"länk {number} kan inte återkallas", str(number), why, remedy)])
    return found


def clear_comments(settings: Settings, number: int) -> int:
    """Take away the comments that came by a link, for good; how many there were. Raises Rejected for no such link."""
    with settings.register() as register, register.transaction():
        store = AttestLinks(register.connection)
        if store.find(number) is None:
            remedy = "se 'avtalsvakt attest link list'"
            raise Rejected([Problem(f"länk {number} finns inte", str(number), "ingen länk har numret", remedy)])
        return store.clear(number)


def link_stories(settings: Settings, agreement: str | None = None) -> list[LinkStory]:
    """Every link there has been (of one agreement), oldest first, with its uses and answers."""
    with settings.register(read_only=True) as register, answered(register.path):
        store = AttestLinks(register.connection)
        return [
            LinkStory(one, tuple(store.uses(one.id)), tuple(store.answers(one.id)))
            for one in store.all()
            if agreement in (None, one.agreement)
        ]


def moment(now: datetime) -> str:
    """A moment as the register keeps it."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _known(settings: Settings, agreement: str) -> AgreementFacts:
    """The agreement as last judged. Raises Rejected where there is none."""
    stored = read_stored(settings, Cut(agreement))
    rulebook = settings.rulebook()
    found = stored_facts(settings, rulebook, stored.verdicts, settings.today).get(agreement)
    if found is None:
        why = "den senaste bedömningen har inget avtal med regler som heter så"
        raise Rejected([Problem(f"avtalet '{agreement}' har inga frågor", "AVTAL", why, "kör 'avtalsvakt run' först")])
    return found


def _questions(verdicts: Iterable[Verdict], known: AgreementFacts) -> Iterable[Mapping[str, str]]:
    """What an answer to each question states, but for the answer itself."""
    for verdict in verdicts:
        for act in how_to(verdict, known).acts:
            said = {name: _text(value) for name, value in act.attributes.items() if name != "statement"}
            yield {"duty": verdict.duty, **said}


def _text(value: Filled) -> str:
    return value if isinstance(value, str) else "|".join(value) if isinstance(value, tuple) else ""


def _last_day(today: date, until: date | None, dues: Iterable[date | None]) -> date:
    """The last day of a link: as asked for, else the last day of what can still be answered in time."""
    if until is None:
        ahead = [one for one in dues if one is not None and today <= one <= today + AT_MOST]
        return max(ahead, default=today + USUALLY)
    if not today <= until <= today + AT_MOST:
        why = f"en länk gäller från i dag till och med {today + AT_MOST} som längst"
        raise Rejected([Problem(f"länken kan inte gälla till {until}", "--until", why, "välj en dag däremellan")])
    return until


def _nothing_asked(function: str, asked: Iterable[Verdict]) -> Problem:
    known = sorted({one.attest for one in asked if one.attest})
    why = "den tillfrågas inte om något just nu" if known else "ingen tillfrågas om något just nu"
    remedy = closest(function, known) if known else "se 'avtalsvakt attest AVTAL'"
    return Problem(f"funktionen '{function}' har inget att svara på", "--function", why, remedy)
