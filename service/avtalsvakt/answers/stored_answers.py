"""What the last run concluded, cut by agreement, body and more. Reads the database and little else: it is quick."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.conclusions.store import Run, Store, Violation
from avtalsvakt_engine.storage.database.agreements_without_rules import noted_as_lacking
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook


class Cut(Struct, frozen=True):
    """Whose duties are asked for; None: everybody's.

    `function` is one that is asked, or that bears the duty itself. `municipality` is a name as the rule files spell it,
    `modality` a code of labels.MODALITIES, `curable` whether what was missed can still be done.
    """

    agreement: str | None = None
    body: str | None = None
    bearer: str | None = None
    function: str | None = None
    municipality: str | None = None
    modality: str | None = None
    curable: bool | None = None

    def keeps(self, verdict: Verdict, municipalities: Mapping[str, str] = MappingProxyType({})) -> bool:
        """Whether a verdict belongs to what is asked for; `municipalities` by agreement, where one is asked for."""
        return (
            self.agreement in (None, verdict.agreement)
            and self.body in (None, verdict.body)
            and self.bearer in (None, verdict.bearer)
            and (self.function is None or self.function in (verdict.attest, verdict.bearer))
            and self.municipality in (None, municipalities.get(verdict.agreement))
            and self.modality in (None, verdict.modality)
            and self.curable in (None, verdict.curable)
        )


class Stored(Struct, frozen=True):
    """The last run, and what it left behind of what was asked for."""

    cut: Cut
    run: Run
    verdicts: list[Verdict]
    states: list[InstrumentState]
    findings: list[Finding]
    violations: list[Violation]
    unjudged: int

    @property
    def without_rules(self) -> tuple[str, ...]:
        """Agreements that the last run had no rules for and left as they were."""
        return noted_as_lacking(self.findings)


def read_stored(settings: Settings, cut: Cut, statuses: tuple[str, ...] = ()) -> Stored:
    """Stored verdicts (of some statuses, if given) with what surrounds them.

    Raises Rejected where there has been no run, and for a name in the cut that no stored duty has. Only where a
    municipality is asked for are the rules read.
    """
    municipalities: Mapping[str, str] = {}
    if cut.municipality is not None:
        from avtalsvakt.words.said_names import settled_value

        municipalities = municipalities_of(settings.rules_in_use().rulebook)
        cut = replace(cut, municipality=settled_value(cut.municipality, set(municipalities.values())))
    with settings.register(read_only=True) as register, answered(register.path):
        store = Store(register.connection)
        run = last_run(store, register.path)
        _check(cut, store, store.states(), municipalities)
        verdicts = [one for one in store.verdicts(cut.agreement, statuses) if cut.keeps(one, municipalities)]
        return stored_with(verdicts, store, run, cut)


def last_run(store: Store, where: str) -> Run:
    """The last run. Raises Rejected where there has been none; `where` is the register's address for the message."""
    run = store.last_run()
    if run is None:
        remedy = "kör 'avtalsvakt run' först"
        raise Rejected([Problem("det finns inga resultat", where, "ingen körning är gjord", remedy)])
    return run


def stored_with(verdicts: list[Verdict], store: Store, run: Run, cut: Cut) -> Stored:
    """Verdicts that were read, with what else the last run left behind."""
    unjudged = store.counts()["not_evaluated"]
    return Stored(cut, run, verdicts, store.states(), store.findings(), store.violations(cut.agreement), unjudged)


def municipalities_of(rulebook: "Rulebook") -> Mapping[str, str]:
    """The municipality of each agreement that lies in one."""
    found = {name: rulebook.municipality(one) for name, one in rulebook.instruments.items()}
    return {name: municipality for name, municipality in found.items() if municipality}


def _check(cut: Cut, store: Store, states: list[InstrumentState], municipalities: Mapping[str, str]) -> None:
    """Raise Rejected for a name that nothing stored has; the names are only gathered where one is asked for."""
    problems = []
    if cut.agreement is not None and cut.agreement not in (known := {one.agreement for one in states}):
        problems.append(_unknown("avtalet", cut.agreement, "--agreement", known))
    if cut.municipality is not None and cut.municipality not in (named := set(municipalities.values())):
        problems.append(_unknown("kommunen", cut.municipality, "--municipality", named))
    if cut.modality is not None and cut.modality not in labels.MODALITIES:
        problems.append(_unknown("bindningen", cut.modality, "--modality", set(labels.MODALITIES)))
    asked: tuple[tuple[str, str | None, str, Callable[[Verdict], tuple[str | None, ...]]], ...] = (
        ("organet", cut.body, "--body", lambda one: (one.body,)),
        ("ansvarig", cut.bearer, "--bearer", lambda one: (one.bearer,)),
        ("funktionen", cut.function, "--function", lambda one: (one.attest, one.bearer)),
    )
    for what, name, option, of in asked:
        if name is not None:
            names = {found for one in store.verdicts() for found in of(one) if found}
            if name not in names:
                problems.append(_unknown(what, name, option, names))
    if problems:
        raise Rejected(problems)


def _unknown(what: str, name: str, option: str, known: Iterable[str]) -> Problem:
    from avtalsvakt_engine.intake.fact_checks import closest

    why = "ingen skyldighet i den senaste körningen har det"
    return Problem(f"{what} '{name}' finns inte", option, why, closest(name, known))
