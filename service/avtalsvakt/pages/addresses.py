"""Every address of the pages, with the roles it needs: what is served, refused, documented and tried follows.

A page that is about an agreement, or about something in one, does not exist for whoever has no role there. What needs
another role than the one that somebody has is refused, and says so.
"""

from typing import Literal

from msgspec import Struct

from avtalsvakt.pages import (
    access_pages,
    agreement_pages,
    answer_pages,
    duty_pages,
    fact_pages,
    import_pages,
    link_pages,
    plain_pages,
    record_pages,
    report_pages,
    rule_pages,
    sandbox_pages,
    sign_in_pages,
    start_page,
    subscription_pages,
)
from avtalsvakt.pages.answering import Answer
from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, RECORDER, ROLES

About = Literal["open", "own", "agreement", "all"]
"""What an address is about: nothing that is anybody's, all that one sees, one agreement, or all there are."""


class Address(Struct, frozen=True):
    """One address, by its pattern and method, what answers it, and the roles of which one is needed.

    `by_kind`: what is recorded decides which of them, an attester for answers and a recorder for all else.
    """

    path: str
    answer: Answer
    method: str = "GET"
    about: About = "own"
    roles: tuple[str, ...] = ROLES
    by_kind: bool = False

    @property
    def open(self) -> bool:
        """Whether anybody may ask, signed in or not."""
        return self.about == "open"


_WRITE = (RECORDER, ATTESTER)

ADDRESSES = (
    Address("/", start_page.start),
    Address("/registrera", record_pages.overview, roles=_WRITE),
    Address("/registrera", record_pages.sent, "POST", "agreement", _WRITE, by_kind=True),
    Address("/registrera/{agreement}/{kind}", record_pages.of_kind, about="agreement", roles=(RECORDER,)),
    Address("/skyldighet/{duty:path}/gor", record_pages.of_duty, about="agreement", roles=_WRITE, by_kind=True),
    Address("/skyldighet/{duty:path}/kalender.ics", duty_pages.calendar_file, about="agreement"),
    Address("/skyldighet/{duty:path}", duty_pages.duty, about="agreement"),
    Address("/avtal", agreement_pages.agreements),
    Address("/avtal/{agreement}", agreement_pages.agreement, about="agreement"),
    Address("/avtal/{agreement}/overlamning", report_pages.handover, about="agreement"),
    Address(
        "/avtal/{agreement}/prenumerationer",
        subscription_pages.subscriptions,
        about="agreement",
        roles=(ADMINISTRATOR,),
    ),
    Address(
        "/avtal/{agreement}/prenumerationer",
        subscription_pages.subscribed_or_revoked,
        "POST",
        "agreement",
        (ADMINISTRATOR,),
    ),
    Address("/inlasning", import_pages.form, roles=(RECORDER,)),
    Address("/inlasning", import_pages.sent, "POST", roles=(RECORDER,)),
    Address("/klausuler", rule_pages.clauses),
    Address("/lasningar", rule_pages.readings),
    Address("/regler/prova", sandbox_pages.sandbox, about="all", roles=(ADMINISTRATOR,)),
    Address("/regler/prova", sandbox_pages.tried, "POST", "all", (ADMINISTRATOR,)),
    Address("/rapport", report_pages.report),
    Address("/avtal/{agreement}/lankar", link_pages.links, about="agreement", roles=(ATTESTER,)),
    Address("/avtal/{agreement}/lankar", link_pages.made_or_revoked, "POST", "agreement", (ATTESTER,)),
    Address("/svar/{token}", answer_pages.answers, about="open"),
    Address("/svar/{token}", answer_pages.answered, "POST", "open"),
    Address("/registreringar", fact_pages.facts),
    Address("/registrering/{id}", fact_pages.fact, about="agreement"),
    Address("/registrering/{id}/ratta", fact_pages.correct, about="agreement", roles=_WRITE, by_kind=True),
    Address("/registrering/{id}/aterkalla", fact_pages.retract, about="agreement", roles=_WRITE, by_kind=True),
    Address("/fragor/{agreement}", record_pages.of_function, about="agreement", roles=(ATTESTER,)),
    Address("/mote/{fact}/{outcome}", record_pages.of_meeting, about="agreement", roles=(RECORDER,)),
    Address("/sparat/{ids}", record_pages.saved, about="agreement"),
    Address("/behorigheter", access_pages.access),
    Address("/behorigheter", access_pages.changed, "POST", roles=(ADMINISTRATOR,)),
    Address("/tillganglighet", plain_pages.accessibility, about="open"),
    Address("/om", plain_pages.about, about="open"),
)
"""All of them, in the order in which they are tried. `/stil/` (the style sheet) is beside them, open to anybody."""

SIGN_IN = (
    Address("/logga-in", sign_in_pages.form, about="open"),
    Address("/logga-in", sign_in_pages.sent, "POST", "open"),
    Address("/logga-in/kvar", sign_in_pages.kept, "POST", "open"),
    Address("/logga-ut", sign_in_pages.out, "POST", "open"),
    Address("/inbjudan/{token}", sign_in_pages.invitation, about="open"),
    Address("/inbjudan/{token}", sign_in_pages.accepted, "POST", "open"),
)
"""Those that there are besides where people sign in here; open to anybody. `/logga-in/openid` is beside them."""
