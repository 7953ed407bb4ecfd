"""The decider with real worker processes, also when they crash, hang, lie or are taken away."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.engine.row_reading import read

from avtalsvakt_engine.inference.deciding import Conclusion, Decider, NotEvaluated
from avtalsvakt_engine.inference.process import COMMAND
from avtalsvakt_engine.rulesets import QUESTIONS, Words

BAD = ("shall", "near", "short", "none")
GOOD = ("shall", "passed", "short", "none")
OVERDUE = Conclusion("overdue", ("due_day_passed",))

# The real worker, with faults for given words; it notes each start.
FAULTY = """
import json, os, signal, sys, time
from avtalsvakt_engine.inference import worker as inference_worker
from avtalsvakt_engine.inference.session import SessionFailed, conclude

faults = {tuple(words): fault for words, fault in json.loads(sys.argv[2])}
with open(sys.argv[1], "a") as starts:
    print(os.getpid(), file=starts)
del sys.argv[1:3]

def faulty(prepared, words):
    fault = faults.get(words)
    if fault == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif fault == "exit":
        print("out of luck", file=sys.stderr, flush=True)
        os._exit(3)
    elif fault == "hang":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        while True:
            time.sleep(60)
    elif fault == "raise":
        raise RuntimeError("from inside")
    elif fault == "undecided":
        raise SessionFailed("ingen regel gav någon slutsats")
    elif fault == "unknown_rule":
        return "overdue", ("no_such_rule",)
    elif fault == "other_rule":
        return "overdue", ("time_left",)
    elif fault == "no_rule":
        return "overdue", ()
    elif fault == "chatter":
        os.write(1, b"the engine says something on standard output" * 1000)
    return conclude(prepared, words)

inference_worker.serve(faulty)
"""


class Faulty:
    """A command for a worker with faults, and the process ids of those that were started."""

    def __init__(self, folder: Path, faults: dict[Words, str]) -> None:
        self._starts = folder / "starts"
        self._starts.touch()
        script = folder / "faulty_worker.py"
        script.write_text(FAULTY)
        self.command = [sys.executable, str(script), str(self._starts), json.dumps([*map(list, faults.items())])]

    @property
    def started(self) -> list[int]:
        return [int(line) for line in self._starts.read_text().split()]


MakeFaulty = Callable[..., Faulty]


@pytest.fixture
def faulty(tmp_path: Path) -> MakeFaulty:
    return lambda fault="none": Faulty(tmp_path, {BAD: fault})


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """No thread, no open file and no child process more than before."""

    def now() -> tuple[int, int, set[str]]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), children()

    before = now()
    yield
    assert now() == before


def children() -> set[str]:
    return set(Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text().split())


def gone(pid: int, patience: float = 0.0) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":  # ended; its adopted parent has not looked yet
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.02)


def test_the_engine_answers_the_whole_alphabet_as_written_in_any_order(nothing_left: None):
    asked = [(question, words) for question in QUESTIONS.values() for words in question.alphabet()]
    random.Random(20260523).shuffle(asked)
    with Decider(command=[*COMMAND]) as decider:  # a list of its own: nothing that others were told
        for question, words in asked:
            on_the_way, (concluding,) = read(question, words)
            fired = tuple(row.name for row in (*on_the_way, concluding))
            assert decider.decide(question.name, words) == Conclusion(concluding.conclude, fired)
        assert decider.failures == ()


def test_what_is_decided_needs_no_worker(faulty: MakeFaulty):
    worker = faulty()
    decider = Decider(command=worker.command)
    assert worker.started == []
    first = decider.decide("status", GOOD)
    decider.close()
    assert first == OVERDUE
    assert decider.decide("status", GOOD) is first
    assert len(worker.started) == 1


@pytest.mark.parametrize(
    ("question", "words", "complaint"),
    [
        ("colour", ("red",), "there is no question 'colour'"),
        ("order", ("sideways",), "previous is one of before, after, missing; got 'sideways'"),
        ("order", ("before", "after"), "order takes 1 words; got 2"),
    ],
)
def test_misuse_is_said_plainly_and_starts_nothing(faulty: MakeFaulty, question: str, words: Words, complaint: str):
    worker = faulty()
    with Decider(command=worker.command) as decider, pytest.raises(ValueError, match=complaint):
        decider.decide(question, words)
    assert worker.started == []
    assert decider.failures == ()


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("segfault", "regelmotorn kraschade (SIGSEGV)"),
        ("exit", "regelmotorn kraschade (felkod 3)"),
        ("hang", "regelmotorn svarade inte i tid (1 s)"),
        ("raise", "regelmotorn kraschade (felkod 1)"),
        ("undecided", "ingen regel gav någon slutsats"),
        ("unknown_rule", "regelmotorn gav ett svar som inte hör till frågan"),
        ("other_rule", "regelmotorn gav ett svar som inte hör till frågan"),
        ("no_rule", "regelmotorn gav ett svar som inte hör till frågan"),
    ],
)
def test_a_fault_costs_its_own_combination_only(nothing_left: None, faulty: MakeFaulty, fault: str, cause: str):
    worker = faulty(fault=fault)
    with Decider(timeout=1.0, command=worker.command) as decider:
        assert decider.decide("order", ("before",)).value == "in_order"
        for _ in range(3):
            with pytest.raises(NotEvaluated) as caught:
                decider.decide("status", BAD)
            assert (caught.value.question, caught.value.words, caught.value.cause) == ("status", BAD, cause)
        assert decider.decide("status", GOOD) == OVERDUE
        assert len(worker.started) == 2, "one before the fault, one after; none for being asked again"
        assert [(failure.words, failure.cause) for failure in decider.failures] == [(BAD, cause)]
    assert all(map(gone, worker.started))


def test_what_the_worker_wrote_before_it_went_is_kept(faulty: MakeFaulty):
    with Decider(command=faulty(fault="exit").command) as decider, pytest.raises(NotEvaluated) as caught:
        decider.decide("status", BAD)
    assert caught.value.detail == "out of luck\n"
    assert str(caught.value) == (
        "frågan status (shall, near, short, none) kunde inte bedömas: regelmotorn kraschade (felkod 3)"
    )


def test_what_the_engine_prints_does_not_disturb(faulty: MakeFaulty):
    with Decider(command=faulty(fault="chatter").command) as decider:
        assert decider.decide("status", BAD) == Conclusion("at_risk", ("due_soon",))


def test_a_worker_that_ends_between_questions_costs_nothing(faulty: MakeFaulty):
    worker = faulty()
    with Decider(command=worker.command) as decider:
        decider.decide("status", GOOD)
        os.kill(worker.started[0], signal.SIGKILL)
        assert gone(worker.started[0], patience=5)
        assert decider.decide("status", BAD).value == "at_risk"
        assert decider.failures == ()
    assert len(worker.started) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_to_the_group_are_the_parents_to_answer(faulty: MakeFaulty, number: signal.Signals):
    worker = faulty()
    with Decider(command=worker.command) as decider:
        decider.decide("status", GOOD)
        os.kill(worker.started[0], number)
        assert decider.decide("status", BAD).value == "at_risk"
    assert len(worker.started) == 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """As in a terminal; a job in the background is started deaf to interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupted_question_leaves_no_half_answer(interruptible: None, nothing_left: None, faulty: MakeFaulty):
    worker = faulty(fault="hang")
    with Decider(timeout=30, command=worker.command) as decider:
        decider.decide("status", GOOD)
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            decider.decide("status", BAD)
        timer.join()
        assert time.monotonic() - began < 5, "the worker is not waited for"
        assert gone(worker.started[0])
        assert decider.failures == (), "nobody knows yet what it would have been"
        assert decider.decide("order", ("before",)).value == "in_order"


@pytest.mark.parametrize(
    ("command", "cause"),
    [
        (["/no/such/program"], "regelmotorn kunde inte startas"),
        ([sys.executable, "-c", "raise SystemExit(7)"], "regelmotorn kraschade (felkod 7)"),
        ([sys.executable, "-c", "print('hello')"], "regelmotorn gav ett obegripligt svar"),
        ([sys.executable, "-c", "print('[]')"], "regelmotorn gav ett obegripligt svar"),
        ([sys.executable, "-c", "print('x' * 2_000_000)"], "regelmotorn gav ett obegripligt svar"),
        ([sys.executable, "-c", 'print(\'{"rulesets": "0"}\')'], "regelmotorn har andra regler än programmet"),
    ],
)
def test_a_worker_that_cannot_be_started(nothing_left: None, command: list[str], cause: str):
    with Decider(command=command) as decider:
        for words in (GOOD, BAD):
            with pytest.raises(NotEvaluated) as caught:
                decider.decide("status", words)
            assert caught.value.cause == cause
        assert len(decider.failures) == 2


def test_starting_is_tried_three_times_and_then_no_more(tmp_path: Path):
    log = tmp_path / "starts"
    script = f"open({str(log)!r}, 'a').write('x'); raise SystemExit(1)"
    with Decider(command=[sys.executable, "-c", script]) as decider:
        for words in (GOOD, BAD):
            with pytest.raises(NotEvaluated):
                decider.decide("status", words)
    assert log.read_text() == "xxx"


def test_threads_share_one_worker(faulty: MakeFaulty):
    worker = faulty()
    asked = list(QUESTIONS["waiver"].alphabet()) * 4
    with Decider(command=worker.command) as decider, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda words: decider.decide("waiver", words).value, asked))
    assert answers == [read(QUESTIONS["waiver"], words)[1][0].conclude for words in asked]
    assert len(worker.started) == 1


PARENT = """
import json, os, sys, time
from avtalsvakt_engine.inference.deciding import Decider
decider = Decider(timeout=1.0, command=json.loads(sys.argv[1]))
decider.decide("order", ("before",))
print("decided", flush=True)
decider.decide("status", tuple(json.loads(sys.argv[2])))
time.sleep(60)
"""


@pytest.mark.parametrize("fault", ["none", "hang"])
def test_a_worker_does_not_outlive_its_parent(faulty: MakeFaulty, fault: str):
    worker = faulty(fault=fault)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    arguments = [sys.executable, "-c", PARENT, json.dumps(worker.command), json.dumps(BAD)]
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"decided\n"
        time.sleep(0.2)
        parent.kill()
    assert gone(worker.started[0], patience=5)


def test_what_one_decider_was_told_the_next_one_knows(nothing_left: None):
    with Decider() as first:
        told = first.decide("status", GOOD)
    with Decider() as second:
        assert second.decide("status", GOOD) is told


def test_what_decides_otherwise_shares_nothing(faulty: MakeFaulty):
    class Other(Decider):
        """Another one."""

    with Decider() as first:
        told = first.decide("status", GOOD)
    worker = faulty()
    with Decider(command=worker.command) as decider, Other() as other:
        assert decider.decide("status", GOOD) == told
        assert decider.decide("status", GOOD) is not told
        assert other.decide("status", GOOD) is not told
    assert len(worker.started) == 1
