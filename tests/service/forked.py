"""Processes of the program that are forked from one which has read it: reading takes longer than most of what they do.

Each is a process of its own all the same: it has its own words, output and session, gets signals and is killed.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

READ = (
    "avtalsvakt.api.application", "avtalsvakt.cli", "avtalsvakt.commands.run", "avtalsvakt.commands.serve",
    "avtalsvakt.nightly.logs", "avtalsvakt.nightly.mailing", "avtalsvakt.nightly.serving", "avtalsvakt.pages.pages",
    "avtalsvakt.web.server", "cryptography.hazmat.primitives.asymmetric.ed25519", "holidays.countries",
    "uvicorn.lifespan.on", "uvicorn.loops.auto",
)  # fmt: skip
"""What a night and a server read, also of what they read only when they come to it."""
PARENT = """
import gc, importlib, json, os, socket, sys
asked = socket.socket(fileno=int(sys.argv[1]))
for name in sys.argv[3:]:
    importlib.import_module(name)
exec(sys.argv[2])
gc.collect()
gc.freeze()  # else each process's first search for garbage writes to, and so copies, all that was read

def child(program, words, out):
    asked.close()
    os.setsid()
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.close(out)
    sys.stdout = sys.stderr = open(1, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.argv[1:] = words
    exec(compile(program, "<forked>", "exec"), {"__name__": "__main__"})

def start(program, words, out):
    number = os.fork()
    if number:
        os.close(out)
        return number
    code = 0
    try:
        child(program, words, out)
    except SystemExit as left:
        code = left.code or 0
    except BaseException:
        code = 1
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(code)

def ended(number):
    done, status = os.waitpid(number, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None

while True:
    text, handles, *_ = socket.recv_fds(asked, 1 << 16, 1)
    if not text:
        break
    question = json.loads(text)
    answer = start(*question, *handles) if handles else ended(*question)
    asked.send(json.dumps(answer).encode())
"""


class Parent:
    """What processes are forked from."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked, self._lock = asked, threading.Lock()

    def ask(self, question: list[object], *handles: int) -> Any:
        """Send a question and return the answer."""
        with self._lock:
            socket.send_fds(self._asked, [json.dumps(question).encode()], handles)
            return json.loads(self._asked.recv(1 << 10))


class Process:
    """A running process; its output line by line, with patience."""

    def __init__(self, parent: Parent, program: str, words: list[str]) -> None:
        out, into = os.pipe()
        self.parent, self.lines = parent, list[str]()
        self.code: int | None = None
        self.pid: int = parent.ask([program, words], into)
        os.close(into)
        self._reader = threading.Thread(target=self._read, args=[out], daemon=True)
        self._reader.start()

    def _read(self, out: int) -> None:
        with os.fdopen(out, encoding="utf-8") as lines:
            for line in lines:
                self.lines.append(line.rstrip())

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        if self.code is None:
            self.code = self.parent.ask([self.pid])
        return self.code

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Wait until a line holds the text."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            over = not self._reader.is_alive()
            if any(text in line for line in self.lines):
                return
            if over:
                break
            time.sleep(0.02)
        raise AssertionError(f"{text!r} did not come: {self.lines}")

    def stop(self, number: int, seconds: float = 30) -> int:
        """Send the signal; the exit code."""
        os.kill(self.pid, number)
        until = time.monotonic() + seconds
        while (code := self.poll()) is None:
            assert time.monotonic() < until, f"{number} did not stop it: {self.lines}"
            time.sleep(0.02)
        self._reader.join(5)
        return code

    def away(self) -> None:
        """Kill it with all that it has started, where it is still there."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.stop(signal.SIGKILL)


@contextmanager
def parent(environment: Mapping[str, str], prepare: str = "") -> Iterator[Parent]:
    """One that has read the program, and prepared it for all."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-u", "-c", PARENT, str(there.fileno()), prepare, *READ]
    with here, subprocess.Popen(command, env=environment, pass_fds=[there.fileno()]) as process:
        there.close()
        yield Parent(here)
        here.close()
        process.wait(timeout=30)
