"""Every operation there is, in the order in which they are described: the one table that routes and texts follow."""

from avtalsvakt.api import reading, recording
from avtalsvakt.api.operations import Operation, Param
from avtalsvakt.recording.api_tokens import READ, RECORD
from avtalsvakt_engine.explaining import labels

TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
DAY = {"type": "string", "format": "date"}
_ONE = f"(?:{'|'.join(labels.STATUSES)})"
STATUSES = {"type": "string", "pattern": f"^{_ONE}(?:,{_ONE})*$", "maxLength": 200}
LIST = (
    Param("limit", {"type": "integer", "minimum": 1, "maximum": 500}, "Så många som mest; annars 100."),
    Param("cursor", TEXT, "Värdet av `next` i den förra delen."),
)
AGREEMENT = Param("agreement", TEXT, "Bara detta avtal.")
DRY_RUN = (Param("dry_run", {"type": "boolean"}, "`true`: visa vad som skulle ändras, och spara inget."),)

OPERATIONS = (
    Operation("GET", "/v1/agreements", READ, "Avtalen, deras tillstånd och antal skyldigheter med varje status.",
              reading.agreements, "Agreements"),
    Operation("GET", "/v1/agreements/{id}", READ, "Ett avtal.", reading.agreement, "Agreement"),
    Operation("GET", "/v1/duties", READ, "Skyldigheterna enligt den senaste körningen, efter nyckel.",
              reading.duties, "Duties", (
        AGREEMENT,
        Param("status", STATUSES, "En eller flera statusar med komma emellan."),
        Param("due_from", DAY, "Bara med sista dag från och med denna."),
        Param("due_to", DAY, "Bara med sista dag till och med denna."),
        Param("body", TEXT, "Bara det som gäller detta organ."),
        Param("bearer", TEXT, "Bara det som denna part eller funktion ansvarar för."),
        Param("function", TEXT, "Bara det som denna funktion tillfrågas om eller ansvarar för."),
        Param("municipality", TEXT, "Bara avtal i denna kommun, som regelfilerna stavar den."),
        Param("modality", TEXT, "Bara det som binder så, som kod."),
        *LIST,
    )),
    Operation("GET", "/v1/duties/{key}", READ, "En skyldighet, och varför den bedöms som den gör.",
              reading.duty, "ExplainedDuty"),
    Operation("GET", "/v1/facts", READ, "Registreringar som gäller, med rättelser, i den ordning de kom.",
              reading.facts, "FactList", (
        AGREEMENT,
        Param("kind", TEXT, "Bara denna faktatyp."),
        Param("body", TEXT, "Bara detta organ."),
        Param("recorder", TEXT, "Bara det som denna roll registrerade."),
        Param("from", DAY, "Bara det som rör dagar från och med denna."),
        Param("to", DAY, "Bara det som rör dagar till och med denna."),
        Param("q", TEXT, "Bara det som innehåller orden."),
        *LIST,
    )),
    Operation("GET", "/v1/facts/{id}", READ, "En registrering som gäller.", reading.fact, "Fact"),
    Operation("GET", "/v1/changes", READ, "Bedömningar som ändrats, från och med dagen då det blev känt.",
              reading.changes, "Changes", (Param("since", DAY, "Dagen.", required=True), AGREEMENT, *LIST)),
    Operation("GET", "/v1/runs/last", READ, "Den senaste körningen.", reading.last_run, "Run"),
    Operation("POST", "/v1/facts", RECORD, "Registrera en eller flera händelser, alla eller ingen.",
              recording.facts, "Recorded", DRY_RUN, "Facts"),
    Operation("POST", "/v1/facts/{id}/corrections", RECORD, "Rätta en registrering.",
              recording.correction, "Recorded", DRY_RUN, "Correction"),
    Operation("POST", "/v1/facts/{id}/retractions", RECORD, "Återkalla en registrering.",
              recording.retraction, "Recorded", DRY_RUN, "Retraction"),
)  # fmt: skip
"""The specification is not among them: it is made from them."""
