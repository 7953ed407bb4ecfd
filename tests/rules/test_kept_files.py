"""What is kept of each rule file: the same as read anew, found in another set, and nothing that pushes others out."""

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from avtalsvakt_rules import rulebook
from avtalsvakt_rules.compiling import checked_texts, file_reading
from avtalsvakt_rules.keeping import kept_files
from avtalsvakt_rules.keeping.result_cache import VARIABLE
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import Source, parse_source
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook, builtin_files, second_look
from avtalsvakt_rules.soundness.clauses import check_soundness

OWN = """instrument: {name}
title: Eget (påhittat)
level: local
document: x.txt
parties: [a, b]
term: {{from: 2024-01-01}}
clauses:
  moten: {{at: {{section: "1"}}, norm: shall, when: {{each: year}}, what: {{meeting_held: {{body: {body}}}}}}}
"""
FILES = [path for path in builtin_files() if path.stem in ("alvsjo-remiss-2019", "avsiktsforklaringen", "lag-2023-196")]
LONG = {"alvsjo-remiss-2019.yaml", "lag-2023-196.yaml"}
MORE = "".join(f"  # rad {number:>60}\n" for number in range(60))


def own(folder: Path, name: str, body: str = "coordinators", *, more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(OWN.format(name=name, body=body) + more, encoding="utf-8")
    return path


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was parsed, and as an instrument read; what is kept lies in a folder of its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    seen: Counter[str] = Counter()

    def counted(module: ModuleType, name: str, what: str) -> None:
        real = getattr(module, name)

        def call(first: object, *rest: object) -> object:
            seen[f"{what} {first.name if isinstance(first, Source) else rest[0]}"] += 1
            return real(first, *rest)

        monkeypatch.setattr(module, name, call)

    counted(kept_files, "parse_source", "parsed")
    counted(file_reading, "read_instrument", "read")
    return seen


def as_another_process(*paths: Path) -> Rulebook:
    """The rulebook of some built-in files and further ones, nothing in memory."""
    forget()
    return rulebook.read_rulebook([*FILES, *paths])


def forget() -> None:
    for one in (
        rulebook._read_once, rulebook._read_all, checked_texts._looked_at, kept_files.source_of,
        file_reading.instrument_of, file_reading.hidden_in, file_reading._wrong, parse_source,
    ):  # fmt: skip
        one.cache_clear()


def test_of_a_set_in_which_one_file_is_new_that_one_is_read(read: Counter[str], tmp_path: Path) -> None:
    first = as_another_process()
    assert {f"{what} {one.name}" for what in ("parsed", "read") for one in FILES} == read.keys()
    read.clear()
    again = as_another_process(own(tmp_path, "eget"))
    assert {name.partition(" ")[2] for name in read} == {"eget.yaml", "avsiktsforklaringen.yaml"}
    assert {name: again.written[name] for name in first.written} == dict(first.written)
    assert first.texts.items() <= again.texts.items() and again.digest != first.digest


def test_what_was_kept_is_what_is_read_where_nothing_is_kept(
    read: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_another_process()
    found = as_another_process(own(tmp_path, "eget"))
    monkeypatch.setenv(VARIABLE, "")
    plain = as_another_process(own(tmp_path, "eget"))
    assert (found.digest, found.content, found.written) == (plain.digest, plain.content, plain.written)
    assert (found.instruments, found.texts) == (plain.instruments, plain.texts)
    for name, one in plain.written.items():
        for clause in one.clauses:
            assert found.written[name].clauses[clause].model_fields_set == one.clauses[clause].model_fields_set


def test_what_is_wrong_is_told_at_the_same_lines(read: Counter[str], tmp_path: Path) -> None:
    faulty = own(tmp_path, "fel", "no_such_body", more=MORE)

    def told() -> list[str]:
        with pytest.raises(Rejected) as refused:
            as_another_process(faulty)
        return [str(one) for one in refused.value.problems]

    first = told()
    assert any(line.startswith("fel.yaml:8: klausul moten: ") for line in first) and told() == first
    assert read["read fel.yaml"] == 1, "the file can be read: what is wrong is found again with its line"


def test_what_the_second_look_says_is_kept_too(
    read: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "builtin_files", FILES.copy)
    doubtful = own(tmp_path, "tvek", more=MORE)
    text = doubtful.read_text(encoding="utf-8")
    doubtful.write_text(text.replace("each: year", "each: year, opens: 12-01, due: 11-01"), encoding="utf-8")
    forget()
    first = second_look([doubtful])
    assert [str(one).partition(": ")[0] for one in first[0]] == ["tvek.yaml:8"]
    looked: list[tuple[Source, Instrument]] = []

    def check(read: list[tuple[Source, Instrument]]) -> list[Problem]:
        looked.extend(read)
        return check_soundness(read)

    monkeypatch.setattr(checked_texts, "check_soundness", check)
    forget()
    assert second_look([doubtful]) == first
    assert [source.name for source, _ in looked] == ["avsiktsforklaringen.yaml"]


def test_short_files_and_texts_of_many_signatories_push_nothing_out(read: Counter[str], tmp_path: Path) -> None:
    as_another_process()
    before = names(tmp_path)
    as_another_process(own(tmp_path, "kort"))
    shared = own(tmp_path, "delad", more=MORE)
    text = shared.read_text(encoding="utf-8").replace("parties: [a, b]\n", "")
    shared.write_text(text + "for_each:\n  ett: {parties: [a, b]}\n  två: {parties: [a, c]}\n", encoding="utf-8")
    as_another_process(shared)
    assert names(tmp_path) - before == Counter({".rulebook": 2, ".tree": 1})


def names(folder: Path) -> Counter[str]:
    return Counter(path.suffix for path in (folder / "kept").iterdir())
