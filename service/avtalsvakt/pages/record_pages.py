"""Recording: what can be recorded, a form for it, what it would change, and what it changed.

Every form is sent to one address and carries all that it needs. Nothing is written before somebody has seen what it
changes and says so; a form sent twice is recorded once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.answers.acts import Act
from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.how_to import how_to
from avtalsvakt.answers.meeting_acts import OUTCOMES, meeting_act, unsettled
from avtalsvakt.answers.recorded_changes import recorded_changes, turned
from avtalsvakt.pages.desk import Look, look, not_there
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.fact_told import fact_told
from avtalsvakt.pages.marks import OF_STATUS, colour
from avtalsvakt.pages.seals import FIELD, KEY, Sealer, key_of, new_key
from avtalsvakt.pages.sheet_lines import MOST, acts_in, field_of, lines_in
from avtalsvakt.pages.sheets import Choices, Step, filled, settled, steps_of
from avtalsvakt.pages.start_page import meeting_words
from avtalsvakt.pages.texts import text
from avtalsvakt.recording.command_line import Together, record_together
from avtalsvakt.recording.may_record import check_may
from avtalsvakt.rights import RECORDER, Forbidden
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.intake.fact_checks import ATTESTATION
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import RECORDS

OFTEN = 8


class Sheet(Struct, frozen=True):
    """A form: its title, the agreement whose choices it offers, its acts, and where one came from."""

    title: str
    agreement: str
    acts: Sequence[Act]
    back: str


def overview(request: Request, settings: Settings) -> Response:
    """What can be recorded: what became of planned meetings, and kinds of events by agreement."""
    seen = look(settings)
    known = {name: one for name, one in seen.known().items() if settings.rights.may(RECORDER, name)}
    meetings = unsettled(known.values(), settings.today)
    kinds = {name: _kinds(seen, name) for name in known}
    living = [one.agreement for one in seen.stored.states if one.state in ("in_force", "extended", "presumed")]
    values = {
        "meetings": meetings,
        "meeting_words": {one.fact: meeting_words(one, seen) for one in meetings},
        "agreements": [name for name in living if name in kinds],
        "past": [name for name in kinds if name not in living],
        "kinds": kinds,
        "often": OFTEN,
        "names": seen.names,
    }
    return page(request, "record.html", values, here="record", today=settings.today)


def _kinds(seen: Look, agreement: str) -> list[tuple[str, str]]:
    """The kinds that an agreement speaks of, the most used first."""
    known = seen.agreement(agreement)
    choices, counts = Choices(known), Counter(fact.kind for fact in known.facts)
    kinds = sorted(choices.in_use.kinds, key=lambda one: -counts[one.id])
    return [(one.id, choices.names.kind(one.id)) for one in kinds if one.id not in (*RECORDS, ATTESTATION)]


def of_kind(request: Request, settings: Settings) -> Response:
    """A form for a kind of event in an agreement."""
    agreement, kind = request.path_params["agreement"], request.path_params["kind"]
    seen = look(settings)
    choices = Choices(seen.agreement(agreement))
    if kind not in choices.known.vocabulary.kinds or kind in RECORDS:
        raise Rejected([not_there("händelsen", kind)])
    title = choices.names.kind(kind)
    act = Act("", title, agreement, kind, settings.today)
    return show_form(request, seen, Sheet(title[:1].upper() + title[1:], agreement, [act], "/registrera"))


def of_duty(request: Request, settings: Settings) -> Response:
    """A form for what meets a duty; the open steps of its chain together."""
    seen = look(settings)
    verdict = seen.verdict(request.path_params["duty"])
    acts = how_to(verdict, seen.agreement(verdict.agreement)).acts
    back = f"/skyldighet/{verdict.duty}"
    if not acts:
        why = "den är gjord, eller går inte att göra i efterhand"
        raise Rejected([Problem("det finns inget att registrera för skyldigheten", "adressen", why,
                                "se skyldighetens sida för vad som gäller")])  # fmt: skip
    return show_form(request, seen, Sheet(seen.title(verdict), verdict.agreement, acts, back))


def of_function(request: Request, settings: Settings) -> Response:
    """A form with the questions that a function is asked in an agreement, to record its answers."""
    agreement, function = request.path_params["agreement"], request.query_params.get("funktion", "")
    seen = look(settings)
    known = seen.agreement(agreement)
    asked = [one for one in known.verdicts if one.attest == function and asked_now(one, seen.stored.run.as_of)]
    if not asked:
        raise Rejected([not_there("frågor till funktionen", function)])
    acts = [
        replace(act, title=str(seen.names.duty(one)["question"] or act.title), day=settings.today)
        for one in sorted(asked, key=lambda one: (one.due or date.max, one.duty))
        for act in how_to(one, known).acts
    ]
    title = f"{text('questions.to')} {function}"
    return show_form(request, seen, Sheet(title, agreement, acts[:MOST], f"/avtal/{agreement}"))


def of_meeting(request: Request, settings: Settings) -> Response:
    """A form for what became of a planned meeting."""
    fact, outcome = request.path_params["fact"], request.path_params["outcome"]
    seen = look(settings)
    found = next((one for one in unsettled(seen.known().values(), settings.today) if one.fact == fact), None)
    if found is None or outcome not in OUTCOMES:
        raise Rejected([not_there("det planerade mötet", fact)])
    act = meeting_act(found, outcome, settings.today)
    title = f"{OUTCOMES[outcome]}: {meeting_words(found, seen)}"
    return show_form(request, seen, Sheet(title, found.agreement, [act], "/registrera"))


def sent(request: Request, settings: Settings) -> Response:
    """A form that was sent: shown again, shown with what it would change, or saved."""
    given = given_in(request)
    seen = look(settings)
    sheet = Sheet(given.get("rubrik", ""), given.get("avtal", ""), acts_in(given), local(given.get("tillbaka", "")))
    if not sheet.acts or not seen.has(sheet.agreement):
        raise Rejected([not_there("formuläret", sheet.agreement)])
    if not sealed(request, given):
        return show_form(request, seen, sheet, given, (unsealed(),), status=403)
    steps = settled(filled(steps_of(sheet.acts, Choices(seen.agreement(sheet.agreement))), given, {}), settings.today)
    asked = lines_in(steps, key_of(given.get(KEY, "")))
    if given.get("steg") == "andra":
        return show_form(request, seen, sheet, given)
    if asked.problems:
        return show_form(request, seen, sheet, given, asked.problems, status=422)
    try:
        if given.get("steg") != "spara":
            return _check(request, seen, sheet, given, steps, record_together(settings, asked.lines, dry_run=True))
        record_together(settings, asked.lines)
    except Forbidden:
        raise
    except Rejected as refused:
        return show_form(request, seen, sheet, given, refused.problems, status=422)
    return RedirectResponse(f"{request.scope['pages_prefix']}/sparat/{','.join(asked.ids)}", 303)


def saved(request: Request, settings: Settings) -> Response:
    """What was recorded, and what it changed."""
    found = recorded_changes(settings, request.path_params["ids"].split(",")[:40])
    if not found.facts:
        raise Rejected([not_there("registreringen", request.path_params["ids"])])
    seen = look(settings)
    verdicts = {one.duty: one for one in seen.stored.verdicts}
    agreements = {one.agreement for one in found.facts}
    names = names_of(
        *(seen.rulebook.instruments[one] for one in sorted(agreements) if one in seen.rulebook.instruments)
    )
    changes = (
        None
        if found.changes is None
        else sorted(found.turned, key=lambda one: (one.agreement not in agreements, one.duty))
    )
    values = {
        "facts": [(one, fact_told(one, names)) for one in found.facts],
        "changes": changes,
        "verdicts": verdicts,
        "names": seen.names,
        "marks": OF_STATUS,
        "colour": colour,
    }
    return page(request, "saved.html", values, here="record", today=settings.today)


def show_form(
    request: Request,
    seen: Look,
    sheet: Sheet,
    given: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
    *,
    status: int = 200,
) -> Response:
    """A form to fill in; `given` is what was typed, `problems` what is wrong with it. Raises Forbidden."""
    for act in sheet.acts:
        if act.kind not in RECORDS:
            check_may(seen.settings.rights, act.agreement, act.kind)
    wrong: dict[str, str] = {}
    for one in problems:
        if name := field_of(one):
            wrong.setdefault(
                name, f"{one.what[:1].upper()}{one.what[1:]}: {one.why}. {one.remedy[:1].upper()}{one.remedy[1:]}."
            )
    steps = filled(steps_of(sheet.acts, Choices(seen.agreement(sheet.agreement))), given or {}, wrong)
    values = {
        "sheet": sheet,
        "steps": steps,
        "problems": [(one, field_of(one)) for one in problems],
        "key": key_of((given or {}).get(KEY, "")) if given else new_key(),
        "names": seen.names,
        "kinds": {one.act.kind: names_of().kind(one.act.kind) for one in steps},
    }
    return page(request, "record_form.html", values, here="record", today=seen.settings.today, status=status)


def _check(
    request: Request, seen: Look, sheet: Sheet, given: Mapping[str, str], steps: Sequence[Step], done: Together
) -> Response:
    names = names_of(seen.rulebook.instruments[sheet.agreement])
    kept = {name: value for name, value in given.items() if name not in ("steg", FIELD)}
    values = {
        "sheet": sheet,
        "steps": steps,
        "facts": [fact_told(one, names) for one in done.facts],
        "changes": turned(done.changes),
        "done": done,
        "given": kept,
        "names": seen.names,
        "marks": OF_STATUS,
        "colour": colour,
    }
    return page(request, "record_check.html", values, here="record", today=seen.settings.today)


def given_in(request: Request) -> dict[str, str]:
    """The texts of a form that has been read; of two with one name the last."""
    form = request._form
    return {name: value for name, value in form.multi_items() if isinstance(value, str)} if form else {}


def sealed(request: Request, given: Mapping[str, str]) -> bool:
    """Whether the form carries the seal of the browser that sent it."""
    sealer: Sealer = request.app.state.sealer
    session = None if request.scope["new_session"] else str(request.scope["session_secret"])
    return sealer.holds(session, str(request.scope["asker"] or ""), given.get(FIELD, ""))


def unsealed() -> Problem:
    """That a form does not carry its seal any more; what was typed is shown again."""
    return Problem(text("unsealed.what"), "formuläret", text("unsealed.why"), text("unsealed.remedy"))


def local(address: str) -> str:
    """An address of our own, and no other."""
    fits = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if fits else "/"
