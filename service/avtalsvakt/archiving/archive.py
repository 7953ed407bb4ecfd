"""An archive of the register: one ZIP that another machine can read and verify without this program or its database.

In come an open register and today's rules, out comes the content of every file by name; archive_file.py puts them in a
ZIP with a manifest. The format is described in docs/registret.md. Everything is text in UTF-8; the same register at the
same moment gives the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.explaining import explain_all
from avtalsvakt.answers.fact_listing import rows
from avtalsvakt.archiving.archive_index import index_page
from avtalsvakt.formats import as_csv, as_json
from avtalsvakt_engine.explaining.explanations import Explanation
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.clock_turns import overtaken, turns
from avtalsvakt_engine.storage.conclusion_log import log
from avtalsvakt_engine.storage.erasing import erasure_lines
from avtalsvakt_engine.storage.fact_lines import fact_lines, text_lines
from avtalsvakt_engine.storage.fact_rows import SELECT, from_rows
from avtalsvakt_engine.storage.kept_rules import CHOSEN, kept_rulebook, kept_texts
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.roots import run_lines
from avtalsvakt_engine.storage.seals import seal_texts
from avtalsvakt_engine.storage.signed_heads import signed_heads
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_engine.verdicts import Verdict

FORMAT = "avtalsvakt-arkiv 2"


class Content(Struct, frozen=True):
    """The files of an archive by name, and what the manifest says besides their hashes."""

    files: Mapping[str, str]
    about: Mapping[str, object]


def content(register: Register, decider: Decider, created: str) -> Content:
    """Everything to be archived, of one moment. Raises Rejected where the register cannot be read."""
    connection = register.connection
    with answered(register.path):
        connection.execute("BEGIN")
        try:
            return _content(register, decider, created)
        finally:
            connection.execute("ROLLBACK")


def _content(register: Register, decider: Decider, created: str) -> Content:
    store, head = Store(register.connection), register.head()
    facts = list(register.facts())
    runs = store.runs()
    verdicts = store.verdicts()
    hashes = [hash_ for (hash_,) in register.connection.execute("SELECT hash FROM facts ORDER BY arrival")]
    files = {
        "fakta/kedja.jsonl": _lines(fact_lines(register.connection)),
        "fakta/texter.jsonl": _lines(text_lines(register.connection)),
        "fakta/gallringar.jsonl": _lines(erasure_lines(register.connection)),
        "fakta/summor.txt": _lines(hashes),
        "fakta/fakta.csv": as_csv.rows(rows(facts)),
    }
    files |= _run_files(register, store, runs)
    files |= {
        "verdikt/verdikt.csv": as_csv.written(verdicts, runs[-1].as_of) if runs else "",
        "verdikt/verdikt.json": as_json.written([as_json.duty(one, runs[-1].as_of) for one in verdicts]),
    }
    files |= dict(_rule_files(register, runs))
    about: dict[str, object] = {
        "format": FORMAT,
        "skapat": created,
        "registreringar": head.arrival,
        "kedjans_slut": head.hash,
        **_mark(register),
        "körningar": len(runs),
        "senaste_sigill": _seal(register),
        "nyckel": next((one.public for one in reversed(signed_heads(register.connection))), None),
        "regelbok": runs[-1].rulebook if runs else None,
    }
    explained, missing = _explanations(register, runs, decider, verdicts)
    files |= explained
    files["index.html"] = index_page(about, facts, runs, verdicts, store.states(), missing)
    return Content(files, about)


def _seal(register: Register) -> str | None:
    """The latest seal; None where there has been no run."""
    row = register.connection.execute("SELECT hash FROM seals ORDER BY run DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def _mark(register: Register) -> dict[str, object]:
    """How many facts and runs are sealed by the rules of the first format, and the end of the chain of erasures."""
    (runs,) = register.connection.execute("SELECT runs FROM second_format").fetchone()
    (facts,) = register.connection.execute("SELECT count(*) FROM facts WHERE rule = 1").fetchone()
    last = register.connection.execute("SELECT hash FROM erasures ORDER BY id DESC LIMIT 1").fetchone()
    return {"äldre_registreringar": facts, "äldre_körningar": runs, "gallringarnas_slut": last[0] if last else None}


def _run_files(register: Register, store: Store, runs: list[Run]) -> dict[str, str]:
    """Runs with their seals, and violations."""
    sealed = [(text, hash_ or "") for _, text, hash_ in seal_texts(register.connection)]
    listed, violations = _listed_runs(runs), _listed_violations(store)
    return {
        "korningar/forseglat.jsonl": _lines(text for text, _ in sealed),
        "korningar/sigill.txt": _lines(hash_ for _, hash_ in sealed),
        "korningar/huvuden.jsonl": _lines(one.line for one in signed_heads(register.connection)),
        "korningar/rotter.jsonl": _lines(run_lines(register.connection)),
        "korningar/slutsatser.jsonl": _lines(one.line or "" for one in log(register.connection)),
        "korningar/korningar.csv": as_csv.rows(listed),
        "korningar/korningar.json": as_json.written(listed),
        "korningar/overtradelser.csv": as_csv.rows(violations),
        "korningar/overtradelser.json": as_json.written(violations),
    }


def _listed_runs(runs: list[Run]) -> list[dict[str, object]]:
    return [
        {
            "körning": run.id,
            "startad": run.started,
            "bedömd_dag": run.as_of.isoformat(),
            "känt_till": run.known_at.isoformat() if run.known_at else None,
            "regelbok": run.rulebook,
            "registreringar": run.head,
            "kedjans_slut": run.head_hash,
            "bedömda": run.judged,
            "ändrade": run.changed,
            "ej_bedömda": run.not_evaluated,
        }
        for run in runs
    ]


def _listed_violations(store: Store) -> list[dict[str, object]]:
    return [
        {
            "skyldighet": one.duty,
            "avtal": one.agreement,
            "läge": one.life,
            "inträffade": one.raised_on.isoformat(),
            "känd": one.known_on.isoformat(),
            "ändrad": one.changed_on.isoformat(),
        }
        for one in store.violations()
    ]


def _rule_files(register: Register, runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """Every rulebook that a run used, file by file."""
    for digest in dict.fromkeys(run.rulebook for run in runs):
        for name, text in kept_texts(register.connection, digest).items():
            yield f"regler/{digest}/{'lasningar.json' if name == CHOSEN else f'{name}.yaml'}", text


def _explanations(
    register: Register, runs: list[Run], decider: Decider, verdicts: list[Verdict]
) -> tuple[dict[str, str], str | None]:
    """The explanations of the last run's verdicts by agreement, or why there are none."""
    if not runs:
        return {}, "ingen körning har gjorts"
    last = runs[-1]
    rulebook = kept_rulebook(register.connection, last.rulebook)
    if rulebook is None:
        return {}, "reglerna som den senaste körningen använde är inte sparade"
    rows = from_rows(register.connection.execute(f"{SELECT} WHERE arrival <= ? ORDER BY arrival", (last.head,)))
    seen = overtaken(rows, turns(register.connection, until=last.head))
    material = Material(rulebook, tuple(seen), last.as_of, last.known_at)
    stored = {one.duty for one in verdicts}
    told: dict[str, list[Explanation]] = defaultdict(list)
    for agreement, explanation in explain_all(material, decider):
        if explanation.duty in stored:
            told[agreement].append(explanation)
    files = {f"forklaringar/{agreement}.txt": _told(found) for agreement, found in told.items()}
    objects = [_object(one) for found in told.values() for one in found]
    files["forklaringar/forklaringar.json"] = as_json.written(objects)
    return files, None


def _told(found: Iterable[Explanation]) -> str:
    pieces = []
    for one in found:
        parts = "\n".join(f"{part.heading}: {line}" for part in one.parts for line in part.lines)
        pieces.append(f"{one.title}\n{one.duty}\n{one.summary}\n{parts}\n")
    return "\n".join(pieces)


def _object(one: Explanation) -> dict[str, object]:
    parts = [{"rubrik": part.heading, "rader": list(part.lines)} for part in one.parts]
    return {"duty": one.duty, "title": one.title, "status": one.status, "summary": one.summary, "parts": parts}


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)
