"""The state of every agreement on one screen: in force or not, how many duties have each status."""

from collections import Counter, defaultdict

from avtalsvakt.answers.attestations import counted_as
from avtalsvakt.answers.stored_answers import Cut, Stored
from avtalsvakt.answers.traffic_light import Light, light_words, traffic_light
from avtalsvakt.formats import as_json
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.terminal.screen import STYLES
from avtalsvakt.terminal.styled_lines import line
from avtalsvakt.words.page_names import PageNames
from avtalsvakt.words.status_words import COUNTED, status_word
from avtalsvakt.words.summary import counts_line, findings_lines
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

INDENT = 20
LIGHTS = {"red": "bold red", "yellow": "bold yellow", "green": "bold green", "off": "dim"}
SILENT = ("fulfilled", "waived", "not_applicable", "withdrawn")  # not named for each agreement


def show(out: Paper, found: Stored) -> None:
    """Write the page."""
    counts, lights = _counts(found), lights_of(found)
    for state in _shown(found, counts):
        head = line(f"{state.agreement:<20}{labels.STATES.get(state.state, state.state)}")
        out.print(head.and_then(f", {state.start or '…'} – {state.end or 'tills vidare'}", "dim"))
        light = lights[state.agreement]
        out.print(f"{'':<20}{light_words(light)}", LIGHTS[light.code])
        row = line()
        own = counts[state.agreement]
        for code in COUNTED:
            if own[code] and code not in SILENT:
                row = row.and_then(f"{own[code]} {status_word(code, own[code])}  ", STYLES.get(code, ""))
        row = row.and_then(f"{sum(own.values())} i allt", "dim")
        for part in row.fitted(out.width - INDENT):
            out.print(line(" " * INDENT).followed_by(part))
        for flag in state.flags:
            out.print(f"{'':<20}Obs: {labels.flag(flag)}")
    out.print(f"Alla: {counts_line(counted_as(one, found.run.as_of) for one in found.verdicts)}.")
    if found.violations:
        states = Counter(one.life for one in found.violations)
        told = ", ".join(
            f"{states[life]} {labels.violation_state(life, states[life])}"
            for life in labels.VIOLATION_STATES
            if states[life]
        )
        out.print(f"Överträdelser: {told}.")
        for meaning in labels.terms([told]):
            out.print(meaning, style="dim")
    for text in findings_lines(found.findings):
        out.print(text)


def lights_of(found: Stored) -> dict[str, Light]:
    """The light of each agreement."""
    own: dict[str, list[Verdict]] = defaultdict(list)
    for one in found.verdicts:
        own[one.agreement].append(one)
    return {state.agreement: traffic_light(state, own[state.agreement]) for state in found.states}


def rows(found: Stored) -> list[dict[str, object]]:
    """One row for each agreement: its state, a column for each status, and one for questions to be answered."""
    counts, lights = _counts(found), lights_of(found)
    return [
        {
            "light": lights[state.agreement].code,
            **{key: value for key, value in as_json.instrument(state).items() if key != "flags"},
            **{code: counts[state.agreement][code] for code in COUNTED if code != "withdrawn"},
        }
        for state in _shown(found, counts)
    ]


def object_of(found: Stored, names: PageNames) -> as_json.Object:
    """The same as JSON, with short names, findings and violations."""
    counts, run, lights = _counts(found), found.run, lights_of(found)
    told: as_json.Object = {
        "as_of": run.as_of.isoformat(),
        "known_at": run.known_at and run.known_at.isoformat(),
        "run": run.started,
        "rulebook": run.rulebook,
        "instruments": [
            {
                **as_json.named(state, names),
                "light": lights[state.agreement].code,
                "light_because": lights[state.agreement].because,
                "duties": dict(sorted(counts[state.agreement].items())),
            }
            for state in _shown(found, counts)
        ],
        "violations": [
            {"duty": one.duty, "life": one.life, "raised": one.raised_on.isoformat(), "known": one.known_on.isoformat()}
            for one in found.violations
        ],
        "findings": [as_json.finding(one) for one in found.findings],
    }
    return as_json.headed("status", told)


def _counts(found: Stored) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found.verdicts:
        counts[one.agreement][counted_as(one, found.run.as_of)] += 1
    return counts


def _shown(found: Stored, counts: dict[str, Counter[str]]) -> list[InstrumentState]:
    """The agreements that something is asked about; all of them where nothing is cut."""
    return [state for state in found.states if found.cut == Cut() or counts[state.agreement]]
