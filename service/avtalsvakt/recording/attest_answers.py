"""Answering by a link: the questions that it holds, and answers recorded and judged at once.

In comes the secret of an address, out comes a Round, or Rejected: an address that nobody has, and one that is no longer
good, are told apart only for whoever had it. A yes and a no become registrations by the link's own name (`länk-3`);
"cannot answer" and comments stay with the link. What was answered may be changed while the link holds.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.stored_answers import Cut, read_stored
from avtalsvakt.recording.attest_links import moment
from avtalsvakt.recording.command_line import Together, record_together
from avtalsvakt.rights import EVERYTHING
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.feed_secrets import hashed
from avtalsvakt.words.page_names import names_in
from avtalsvakt_engine.storage.access.attest_links import AttestLink, AttestLinks, LinkAnswer
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.problems import Problem, Rejected

YES, NO, UNABLE = "ja", "nej", "vet inte"
ANSWERS = (YES, NO, UNABLE)
LONGEST = 500
"""Letters in a comment."""
OPENED, ANSWERED, REFUSED = "öppnad", "svar", "nekad"
WHERE = "länken"


class Asked(Struct, frozen=True):
    """One question of a link as it stands: its text, the verdict, and the latest answer by this link, if any."""

    number: int
    stated: Mapping[str, str]
    verdict: Verdict
    text: str
    given: LinkAnswer | None = None


class Round(Struct, frozen=True):
    """What a link asks: the agreement's short name, and the questions that are still asked."""

    link: AttestLink
    agreement: str
    asked: tuple[Asked, ...]


def open_round(settings: Settings, token: str, use: str = OPENED) -> Round:
    """The questions of a link that holds; the use is counted. Raises Rejected."""
    link, before = _link(settings, token, use)
    stored = {one.duty: one for one in read_stored(settings, Cut(link.agreement)).verdicts}
    names = names_in(settings.rules_in_use().rulebook)
    latest = {one.duty: one for one in before}
    asked: list[Asked] = []
    for stated in link.questions:
        verdict = stored.get(stated["duty"])
        if verdict is not None and verdict.attest:
            said = names.duty(verdict)
            text = str(said["question"] or said["title"])
            asked.append(Asked(len(asked) + 1, stated, verdict, text, latest.get(verdict.duty)))
    return Round(link, names.agreement(link.agreement), tuple(asked))


def give(settings: Settings, found: Round, given: Mapping[str, tuple[str, str]], key: str) -> Together | None:
    """Record what was answered otherwise than before, by duty (an answer and a comment); None where that is nothing.

    `key` names the form, so that one sent twice is recorded once. Raises Rejected.
    """
    new = [one for one in found.asked if one.stated["duty"] in given and _differs(one, given)]
    wrong = [problem for one in new for problem in _wrong(one, *given[one.stated["duty"]])]
    if wrong:
        raise Rejected(wrong)
    if not new:
        return None
    lines = {f"fråga {one.number}": line for one in new if (line := _line(one, given, key, found, settings))}
    # The link is the right to answer, whoever uses it.
    as_link = replace(settings, recorder=f"länk-{found.link.id}", rights=EVERYTHING)
    done = record_together(as_link, lines) if lines else Together((), (), ())
    _keep(settings, found.link, [_answer(one, given, lines, settings) for one in new])
    return done


def _link(settings: Settings, token: str, use: str) -> tuple[AttestLink, Sequence[LinkAnswer]]:
    with settings.register() as register, answered(register.path), register.transaction():
        store = AttestLinks(register.connection)
        link = store.of(hashed(token))
        if link is not None:
            held = link.holds(settings.today)
            store.used(link.id, use if held else REFUSED, settings.today, moment(settings.now))
            before = store.answers(link.id)
    if link is None:
        raise Rejected([_unknown()])
    if not held:
        raise Rejected([_over(link)])
    return link, before


def _unknown() -> Problem:
    why = "den är fel skriven, eller så har den aldrig funnits"
    return Problem("länken leder ingenstans", WHERE, why, "kontrollera att hela adressen kom med, eller be om en ny")


def _over(link: AttestLink) -> Problem:
    why = "den har återkallats" if link.revoked else f"den gällde till och med {link.expires}"
    return Problem("länken gäller inte längre", WHERE, why, "be den som skickade länken om en ny")


def _differs(one: Asked, given: Mapping[str, tuple[str, str]]) -> bool:
    said, comment = given[one.stated["duty"]]
    return one.given is None or (said, comment) != (one.given.answer, one.given.comment)


def _wrong(one: Asked, said: str, comment: str) -> list[Problem]:
    where, found = f"fråga {one.number}", []
    if said not in ANSWERS:
        why = "en kommentar säger inget utan sitt svar" if comment else "svaret är varken ja, nej eller kan inte svara"
        found.append(Problem("svaret saknas", where, why, "välj ja, nej eller kan inte svara"))
    if len(comment) > LONGEST:
        why = f"den har {len(comment)} tecken, och {LONGEST} får plats"
        found.append(Problem("kommentaren är för lång", f"{where} (kommentar)", why, "korta den"))
    return found


def _line(
    one: Asked, given: Mapping[str, tuple[str, str]], key: str, found: Round, settings: Settings
) -> dict[str, object] | None:
    """What is recorded: an answer; or, where there was one and it is taken back, a retraction; nothing else."""
    said, _ = given[one.stated["duty"]]
    if one.given is not None and said == one.given.answer:
        return None  # only the comment is another
    id_ = f"{key}-{one.number}{said[0]}"  # gone back to and answered otherwise, it is another registration
    if said == UNABLE:
        gone = one.given.fact if one.given else None
        reason = "funktionen har ändrat sitt svar till kan inte svara"
        return {"id": id_, "kind": "record_retracted", "target": gone, "reason": reason} if gone else None
    stated = {name: text for name, text in one.stated.items() if name != "duty"}
    day = settings.today.isoformat()
    return {"id": id_, "kind": "attestation", "agreement": found.link.agreement, "date": day, **stated,
            "statement": said}  # fmt: skip


def _answer(
    one: Asked, given: Mapping[str, tuple[str, str]], lines: Mapping[str, Mapping[str, object]], settings: Settings
) -> LinkAnswer:
    said, comment = given[one.stated["duty"]]
    line = lines.get(f"fråga {one.number}")
    earlier = one.given.fact if one.given and said == one.given.answer else None
    fact = str(line["id"]) if line and line["kind"] == "attestation" else earlier
    return LinkAnswer(moment(settings.now), one.stated["duty"], said, comment, fact)


def _keep(settings: Settings, link: AttestLink, answers: Sequence[LinkAnswer]) -> None:
    with settings.register() as register, register.transaction():
        store = AttestLinks(register.connection)
        if not set(answers) <= set(store.answers(link.id)):  # a form sent twice at the same moment
            store.answered(link.id, answers)
        store.used(link.id, ANSWERED, settings.today, moment(settings.now))
