"""Words in, legal conclusion out: the one door to the rule engine.

Words hold no dates, so the same words always give the same conclusion, and each combination is decided once. The
engine itself runs in a worker process (see inference_worker), so that whatever happens in it costs one combination.
Where it cannot be started at all, the table that it has made answers (table.py), and `by_table` says why. What is only
shown and not kept is answered by that table without a worker (`Decider(table="first")`, decision 40).
"""

import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Literal, Self

from avtalsvakt_engine.inference.conclusion import Conclusion
from avtalsvakt_engine.inference.process import COMMAND, Worker, WorkerFailed
from avtalsvakt_engine.inference.table import concluded
from avtalsvakt_engine.rulesets import QUESTIONS, Question, Words, digest

_START_PATIENCE = 30.0  # seconds; a cold disk is slow, and a start is waited for once
_START_ATTEMPTS = 3

Table = Literal["first", "instead", "never"]

__all__ = ["Conclusion", "Decider", "NotEvaluated"]

_DECIDED: dict[tuple[str, Words], Conclusion] = {}
"""What the engine's own worker has concluded in this process: the same words, the same conclusion, whoever asks."""


class _Unstartable(WorkerFailed):
    """No worker of the engine starts on this machine, or not with these rules."""


class NotEvaluated(Exception):  # noqa: N818 - the name of the status it leads to
    """The rules gave no conclusion for one combination of words.

    `cause` is a Swedish clause for the reader of the verdict; `detail` is what the worker said before it went, for
    whoever looks into it.
    """

    def __init__(self, question: str, words: Words, cause: str, detail: str = "") -> None:
        """Keep what was asked and why there is no answer."""
        self.question = question
        self.words = words
        self.cause = cause
        self.detail = detail
        super().__init__(f"frågan {question} ({', '.join(words)}) kunde inte bedömas: {cause}")


class Decider:
    """Answers legal questions; use it as a context manager, or call close().

    `timeout` is the longest one answer may take, in seconds. `command` starts the worker; the default is the engine's
    own, whose conclusions all Deciders of the process share; what failed is kept by each for itself. The worker starts
    at the first combination not yet decided. One Decider may be shared between threads. `table`: whether the engine's
    table answers `first`, `instead` of a worker that does not start, or `never`.
    """

    def __init__(self, timeout: float = 5.0, command: Sequence[str] = COMMAND, *, table: Table = "instead") -> None:
        """Remember the settings; nothing is started yet."""
        self._timeout = timeout
        self._command = command
        own = command is COMMAND and type(self) is Decider  # what decides otherwise keeps its conclusions to itself
        self._known = _DECIDED if own else {}
        self._failed: dict[tuple[str, Words], NotEvaluated] = {}
        self._table: Table = table if own else "never"
        self._tabled: dict[tuple[str, Words], Conclusion] = {}
        self._worker: Worker | None = None
        self._lock = threading.Lock()
        self._unavailable: _Unstartable | None = None  # why it could not be started at all

    def decide(self, question: str, words: Words) -> Conclusion:
        """The conclusion for `words`, in the question's order of dimensions.

        Raises NotEvaluated if the engine gave none, now or when first asked, and ValueError for a question or words
        that do not exist.
        """
        known = self._known.get((question, words))
        return known if known is not None else self._settle(question, words)

    @property
    def failures(self) -> tuple[NotEvaluated, ...]:
        """Every combination that could not be decided so far, in the order they were asked."""
        return tuple(self._failed.values())

    @property
    def by_table(self) -> str | None:
        """Why the engine does not start here, where the table has answered in its place; None where it has not."""
        return str(self._unavailable.detail or self._unavailable) if self._unavailable and self._tabled else None

    def close(self) -> None:
        """Stop the worker. What is decided stays decided; a new combination would start a new worker."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        """The decider itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the worker."""
        self.close()

    def _settle(self, question: str, words: Words) -> Conclusion:
        """Decide a combination for the first time, or say again why it cannot be."""
        asked = QUESTIONS.get(question)
        if asked is None:
            raise ValueError(f"there is no question {question!r}; there are {', '.join(QUESTIONS)}")
        asked.check(words)
        key = (question, words)
        with self._lock:
            if key not in self._known and key not in self._failed and key not in self._tabled:
                self._decide_first(asked, words)
            if (found := self._known.get(key) or self._tabled.get(key)) is not None:
                return found
            remembered = self._failed[key]
        # A new exception each time: one that is raised again would gather every traceback it has passed through.
        raise NotEvaluated(question, words, remembered.cause, remembered.detail)

    def _decide_first(self, question: Question, words: Words) -> None:
        """Keep what the engine concludes, else what the table says where that does not start, else why not."""
        key = (question.name, words)
        if self._table == "first" and key in concluded():
            self._tabled[key] = concluded()[key]
            return
        try:
            self._known[key] = self._ask(question, words)
        except WorkerFailed as failure:
            self._stop()
            if isinstance(failure, _Unstartable) and self._table != "never" and key in concluded():
                self._tabled[key] = concluded()[key]
            else:
                self._failed[key] = NotEvaluated(question.name, words, failure.cause, failure.detail)

    def _ask(self, question: Question, words: Words) -> Conclusion:
        request = {"question": question.name, "words": list(words)}
        try:
            reply = self._running().ask(request)
        except BaseException:
            self._stop()
            raise
        if "failed" in reply:
            raise WorkerFailed(str(reply["failed"]), str(reply.get("detail", "")))
        conclusion = _read(question, request, reply)
        if conclusion is None:
            raise WorkerFailed("regelmotorn gav ett svar som inte hör till frågan", repr(reply))
        return conclusion

    def _running(self) -> Worker:
        """The worker, started if need be. One that cannot be started three times in a row is not tried again."""
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._stop()
        if self._unavailable is not None:
            raise _Unstartable(self._unavailable.cause, self._unavailable.detail)
        try:
            self._worker = _started(self._command, self._timeout, _START_ATTEMPTS)
        except WorkerFailed as failure:
            self._unavailable = _Unstartable(failure.cause, failure.detail)
            raise self._unavailable from failure
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


def _started(command: Sequence[str], timeout: float, attempts: int) -> Worker:
    """A worker that has greeted. What fails may be passing (memory, an ill-timed signal), so it is tried again."""
    try:
        return _greeted(command, timeout)
    except WorkerFailed as failure:
        if attempts == 1 or isinstance(failure, _Unstartable):
            raise
        return _started(command, timeout, attempts - 1)


def _greeted(command: Sequence[str], timeout: float) -> Worker:
    """A worker with the same rulesets as this process: the program may have been upgraded under a running service."""
    worker = Worker(command, timeout, _START_PATIENCE)
    if worker.greeting != {"rulesets": digest()}:
        worker.stop()
        if "unloadable" in worker.greeting:
            raise _Unstartable("regelmotorn durable-rules går inte att ladda", str(worker.greeting["unloadable"]))
        raise WorkerFailed("regelmotorn har andra regler än programmet", repr(worker.greeting))
    return worker


def _read(question: Question, request: Mapping[str, object], reply: Mapping[str, object]) -> Conclusion | None:
    """The conclusion in a reply; None unless it answers this request with rules of the question that say so."""
    fired = reply.get("fired")
    if not isinstance(fired, list) or not fired or reply != {**request, "value": reply.get("value"), "fired": fired}:
        return None
    rows = [question.row(name) for name in fired]
    deciding = rows[-1]
    if deciding is None or deciding.derives or deciding.conclude != reply["value"] or None in rows:
        return None
    return Conclusion(deciding.conclude, tuple(row.name for row in rows if row is not None))
