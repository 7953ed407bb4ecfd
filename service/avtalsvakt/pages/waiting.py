"""Files that somebody has sent and not confirmed yet: a few, in memory. What is let go of is sent again."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

ROOM = 8


class WaitingFile(Struct, frozen=True):
    """A file as it was sent: by whom, what it was called, what it holds."""

    asker: str
    name: str
    content: bytes

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """The file on disk under its own name, for as long as it is read."""
        with TemporaryDirectory() as folder:
            path = Path(folder, self.name)
            path.write_bytes(self.content)
            yield path


class Waiting:
    """The latest ROOM files, each under a key that only its sender can use."""

    def __init__(self) -> None:
        """None wait."""
        self._files: OrderedDict[str, WaitingFile] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, file: WaitingFile) -> str:
        """Keep a file; its key."""
        key = secrets.token_hex(12)
        with self._lock:
            self._files[key] = file
            while len(self._files) > ROOM:
                self._files.popitem(last=False)
        return key

    def get(self, key: str, asker: str) -> WaitingFile | None:
        """The file with the key, for the one who sent it."""
        with self._lock:
            found = self._files.get(key)
        return found if found is not None and found.asker == asker else None

    def drop(self, key: str) -> None:
        """Let go of a file."""
        with self._lock:
            self._files.pop(key, None)
