"""The worker process seen from outside: started, asked one line at a time with a deadline, stopped without a trace.

Effects at the edge: pipes, signals and patience are here, and nothing about law.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from avtalsvakt_rules.machine import PIPES_ARE_WAITED_FOR

if TYPE_CHECKING:
    import subprocess

COMMAND = (sys.executable, "-P", "-m", "avtalsvakt_engine.inference.worker")
_LONGEST_REPLY = 1_000_000  # bytes; a reply is a few hundred
_SIGNALS = {each.value: each.name for each in signal.Signals}
_DETAIL = 4_000  # bytes kept of what the worker wrote to its standard error


class WorkerFailed(Exception):  # noqa: N818 - the name says what happened
    """The worker could not answer. `cause` is a Swedish clause for the reader, `detail` for whoever looks into it."""

    def __init__(self, cause: str, detail: str = "") -> None:
        """Keep both texts; the message is the cause."""
        self.cause = cause
        self.detail = detail
        super().__init__(cause)


class Worker:
    """One worker process, which has sent its greeting when the constructor returns.

    `command` is started with `longest` (seconds one answer may take) as its last argument. Raises WorkerFailed if no
    greeting comes within `patience` seconds. After any exception the process is gone: its pipe may hold half an answer.
    """

    def __init__(self, command: Sequence[str], longest: float, patience: float) -> None:
        """Start the process and wait for the greeting, a JSON object kept in `greeting`."""
        if not PIPES_ARE_WAITED_FOR:
            raise WorkerFailed(
                "regelmotorn kunde inte startas", "systemet kan inte vänta på en process med en bestämd tid"
            )
        from tempfile import TemporaryFile  # only where a worker is needed, which the table spares most commands

        self._longest = longest
        self._unread = b""
        self._open = ExitStack()
        # A file and not a pipe: nobody reads it until something has gone wrong, and a full pipe would block the worker.
        self._stderr = TemporaryFile()  # noqa: SIM115 - closed with the rest, in stop()
        self._open.enter_context(self._stderr)
        try:
            self._process = self._start(command)
            self.greeting = self._reply(patience)
        except BaseException:
            self.stop()
            raise

    @property
    def alive(self) -> bool:
        """Whether the process is still there; one that ended while idle has cost nothing."""
        return self._process.poll() is None

    def ask(self, request: Mapping[str, object]) -> dict[str, object]:
        """Send one request, wait for the reply. Raises WorkerFailed on a crash, a hang or a reply that is not one."""
        try:
            os.write(self._requests, json.dumps(request).encode() + b"\n")  # far shorter than the pipe is wide
            return self._reply(self._longest)
        except BrokenPipeError as error:
            failure = self._crashed()
            self.stop()
            raise failure from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process, wait for it and close everything, so that nothing is left behind. May be called twice."""
        self._open.close()

    def _start(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        import selectors
        import subprocess

        # The worker must see the packages its parent sees, also where they are not installed.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is ours or a test's, never input
                [*command, str(self._longest)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                bufsize=0,
                env=environment,
            )
        except OSError as error:
            raise WorkerFailed("regelmotorn kunde inte startas", str(error)) from error
        self._open.enter_context(process)  # waits for it and closes its pipes
        self._open.callback(process.kill)  # and before that, ends it
        if process.stdin is None or process.stdout is None:
            raise WorkerFailed("regelmotorn kunde inte startas", "no pipes")
        self._requests, self._replies = process.stdin.fileno(), process.stdout.fileno()
        self._ready = self._open.enter_context(selectors.DefaultSelector())
        self._ready.register(self._replies, selectors.EVENT_READ)
        return process

    def _reply(self, patience: float) -> dict[str, object]:
        """The next line from the worker as an object."""
        deadline = time.monotonic() + patience
        while b"\n" not in self._unread:
            if not self._ready.select(max(0.0, deadline - time.monotonic())):
                raise WorkerFailed(f"regelmotorn svarade inte i tid ({patience:g} s)", self._written())
            received = os.read(self._replies, 65536)
            if not received:
                raise self._crashed()
            self._unread += received
            if len(self._unread) > _LONGEST_REPLY:
                raise WorkerFailed("regelmotorn gav ett obegripligt svar", "reply without end")
        line, _, self._unread = self._unread.partition(b"\n")
        try:
            reply = json.loads(line)
        except ValueError:
            reply = None
        if not isinstance(reply, dict) or self._unread:
            raise WorkerFailed("regelmotorn gav ett obegripligt svar", line[:_DETAIL].decode(errors="replace"))
        return reply

    def _crashed(self) -> WorkerFailed:
        """Why the pipe broke, with the end of what the worker wrote before it went."""
        import subprocess

        try:
            code = self._process.wait(timeout=1)  # it is on its way out, normally
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        how = f"felkod {code}" if code >= 0 else _SIGNALS.get(-code, f"signal {-code}")
        return WorkerFailed(f"regelmotorn kraschade ({how})", self._written())

    def _written(self) -> str:
        """The end of the worker's standard error."""
        end = os.fstat(self._stderr.fileno()).st_size
        return os.pread(self._stderr.fileno(), _DETAIL, max(0, end - _DETAIL)).decode(errors="replace")
