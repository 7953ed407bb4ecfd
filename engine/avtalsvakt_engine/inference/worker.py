"""The worker process that holds the rule engine: one question a line in, one answer a line out, until its input ends.

Started as `python -m avtalsvakt_engine.inference.worker SECONDS`; SECONDS is the longest a single answer may take. A
crash or a hang in here costs the answer under way and nothing else: whoever asked sees the pipe break and starts anew.
Where durable-rules does not load the greeting says so, and that is all.
"""

import faulthandler
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TextIO

from avtalsvakt_engine.rulesets import QUESTIONS, Words, digest

if TYPE_CHECKING:
    from avtalsvakt_engine.inference.session import Prepared

Concluding = Callable[["Prepared", Words], tuple[str, tuple[str, ...]]]
_GRACE = 1.0  # seconds beyond the asker's own patience, so that it is normally the asker who gives up


def serve(concluding: Concluding | None = None) -> None:
    """Greet with the digest of the rulesets, then answer until the input ends: the whole life of the process."""
    _leave_signals_to_parent()
    faulthandler.enable()
    longest = float(sys.argv[1])
    with _private_output() as output:
        try:
            from avtalsvakt_engine.inference.session import conclude
        except ImportError as error:
            print(json.dumps({"rulesets": digest(), "unloadable": str(error)}), file=output, flush=True)
            return
        print(json.dumps({"rulesets": digest()}), file=output, flush=True)
        for line in sys.stdin:
            # The kernel ends the process if the engine hangs, also when the parent is gone and nobody else would.
            signal.setitimer(signal.ITIMER_REAL, longest + _GRACE)
            reply = _answer(line, concluding or conclude)
            signal.setitimer(signal.ITIMER_REAL, 0)
            print(json.dumps(reply), file=output, flush=True)


def _answer(line: str, concluding: Concluding) -> dict[str, object]:
    """The reply to one line: the question and words again, with value and rules, or with why there are none."""
    from avtalsvakt_engine.inference.session import SessionFailed

    request = json.loads(line)
    question, words = request["question"], tuple(request["words"])
    try:
        value, fired = concluding(_prepared(question), words)
    except SessionFailed as failure:
        return {**request, "failed": str(failure), "detail": traceback.format_exc()}
    return {**request, "value": value, "fired": fired}


@cache
def _prepared(question: str) -> "Prepared":
    from avtalsvakt_engine.inference.session import prepare

    return prepare(QUESTIONS[question])


def _leave_signals_to_parent() -> None:
    """Ctrl-C and a stopping service reach every process of the group; the parent decides, and ends this one's input."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _private_output() -> TextIO:
    """The pipe to the parent. Standard output itself joins standard error: the engine prints when it is unwell."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


if __name__ == "__main__":
    serve()
