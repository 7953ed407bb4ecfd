"""The pages over a real socket, as a browser asks: it keeps its cookie and sends the forms that it is shown."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tests.service.command_line import EXAMPLE, NOW
from tests.service.stopping import stop_by_itself

from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.pages.rates import Rates
from avtalsvakt.web.server import WebServer

_INPUT = re.compile(r'<input type="(\w+)"([^>]*)>')
_AREA = re.compile(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def words(self) -> str:
        """What a person reads on it, on one line."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.body.partition("<body>")[2])).split())

    @property
    def form(self) -> dict[str, str]:
        """What its form would send as it stands."""
        posted = self.body.partition("<main")[2].partition('<form method="post"')[2].partition("</form>")[0]
        found = {name: unescape(text) for name, text in _AREA.findall(posted)}
        for name, options in _SELECT.findall(posted):
            chosen = re.search(r'<option value="([^"]*)" selected', options)
            found[name] = unescape(chosen[1]) if chosen else ""
        for kind, rest in _INPUT.findall(posted):
            named = dict(re.findall(r'(\w+)="([^"]*)"', rest))
            if kind in ("hidden", "text") or " checked" in rest:
                found[named["name"]] = unescape(named.get("value", ""))
        return found


@dataclass
class Browser:
    """Asks one server, and keeps its cookie."""

    address: str
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str) -> Page:
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=60)
        named = {name.replace("_", "-"): value for name, value in {**self.extra, **headers}.items()}
        try:
            kept = {"Cookie": self.cookie} if self.cookie else {}
            connection.request(method, path, body, headers=kept | named)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            if "set-cookie" in told:
                self.cookie = told["set-cookie"].partition(";")[0]
            return Page(response.status, told, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Page:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> Page:
        content = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, urlencode(form).encode(), **content)

    def send(self, path: str, form: Mapping[str, str], name: str, file: bytes) -> Page:
        """A form with a file under `fil`."""
        edge = "en-gräns-i-texten".encode().hex()
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'
                 for key, text in form.items()]  # fmt: skip
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="fil"; filename="{name}"\r\n\r\n')
        body = "".join(parts).encode() + file + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge}")


@contextmanager
def browser(
    db: Path,
    now: datetime = NOW,
    door: Door | None = None,
    base: str = "",
    prefix: str = "",
    writing: Rates | None = None,
    rules: tuple[Path, ...] = (EXAMPLE,),
) -> Iterator[Browser]:
    """A browser in front of the real server, with the invented agreements' rules."""
    site = Site(door or Door("samordnare"), prefix, base, rules)
    pages = coordinators_pages(db, lambda: now, site)
    pages.writing = writing or pages.writing
    with answering(WebServer(db, lambda: now, "127.0.0.1", 0, prefix=prefix, pages=pages)) as server:
        yield Browser(server.address)


@contextmanager
def answering(server: WebServer) -> Iterator[WebServer]:
    """A server while the block runs. It stops by itself afterwards: only the end of all tests waits for that."""
    server.start()
    try:
        yield server
    finally:
        stop_by_itself(server.stop)
