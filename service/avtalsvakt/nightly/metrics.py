"""What Prometheus reads: numbers from the register, read anew each time it asks. Only this module knows its client.

On an address of its own, since the numbers are for whoever runs the program and not for those who use it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from types import TracebackType
from typing import Self

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from avtalsvakt.answers.health import read_health
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.outbox import Outbox
from avtalsvakt_engine.storage.runs.night_log import NightLog
from avtalsvakt_rules.problems import Problem, Rejected


class RegisterMetrics(Collector):
    """The numbers of a register; `settings` gives those of this moment."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Nothing is read yet."""
        self._settings = settings

    def collect(self) -> Iterable[Metric]:
        """Everything; where the register cannot be read only that it cannot."""
        settings = self._settings()
        found = read_health(settings)
        yield _one("avtalsvakt_well", "1 om allt fungerar, annars 0", float(found.well))
        checks = GaugeMetricFamily("avtalsvakt_check", "Det som prövas: 1 om det är bra, annars 0", labels=["name"])
        for check in found.checks:
            checks.add_metric([check.name], float(check.level == "ok"))
        yield checks
        try:
            yield from _register(settings)
        except Rejected:
            return


def _register(settings: Settings) -> Iterable[Metric]:
    with settings.register(read_only=True) as register, answered(register.path):
        store, log = Store(register.connection), NightLog(register.connection)
        last, tries = store.last_run(), log.latest(1)
        yield _one("avtalsvakt_facts", "Registreringar", register.head().arrival)
        yield _by("avtalsvakt_duties", "Skyldigheter efter status", "status", store.counts())
        yield _by("avtalsvakt_tries", "Försök att göra natten efter utgång", "outcome", log.counts())
        yield _by("avtalsvakt_messages", "Brev efter läge", "state", Outbox(register.connection).counts())
        yield _one("avtalsvakt_register_bytes", "Registrets storlek", settings.db.stat().st_size)
        if last is not None:
            moment = datetime.fromisoformat(last.started).timestamp()
            yield _one("avtalsvakt_last_night_timestamp_seconds", "När den senaste körningen började", moment)
        if tries and tries[0].seconds is not None:
            yield _one("avtalsvakt_last_try_seconds", "Hur länge det senaste försöket tog", tries[0].seconds)


def _one(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)


def _by(name: str, said: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for key, number in sorted(counts.items()):
        family.add_metric([key], number)
    return family


class MetricsServer:
    """Answers on an address of its own; a context manager."""

    def __init__(self, settings: Callable[[], Settings], host: str, port: int) -> None:
        """Take the address and answer. Raises Rejected where it cannot be taken."""
        registry = CollectorRegistry()
        registry.register(RegisterMetrics(settings))
        try:
            self._server, self._thread = start_http_server(port, host, registry)
        except OSError as error:
            why = f"operativsystemet svarar: {error.strerror or error}"
            remedy = "välj en annan adress med --metrics"
            raise Rejected([Problem(f"{host}:{port} går inte att lyssna på", "--metrics", why, remedy)]) from error
        self.address = f"http://{host}:{self._server.server_port}/metrics"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
