"""What the API says when it refuses: what is wrong, where, why, and what to do."""

from avtalsvakt_rules.problems import Problem

DOCUMENTED = "se /api/v1/openapi.json"


def no_token() -> Problem:
    """No token, or none that holds: which of them is not told."""
    why = "begäran har ingen nyckel som gäller"
    remedy = "skicka rubriken 'Authorization: Bearer NYCKEL'; nycklar görs med 'avtalsvakt access token add'"
    return Problem("nyckeln godtas inte", "Authorization", why, remedy)


def no_scope(scope: str) -> Problem:
    """A token that may not do this."""
    remedy = f"använd en nyckel som gjorts med --scope {scope}"
    return Problem("nyckeln räcker inte", "Authorization", f"den får inte det som kräver '{scope}'", remedy)


def too_often(seconds: int) -> Problem:
    """More requests than are answered."""
    return Problem("det går inte så fort", "API:et", "det kom för många begäranden på kort tid",
                   f"vänta {seconds} sekunder och försök igen")  # fmt: skip


def no_address() -> Problem:
    """An address that leads nowhere."""
    return Problem("adressen finns inte", "adressen", "API:et har ingen sådan", DOCUMENTED)


def no_method(method: str) -> Problem:
    """An address that is there, and does not do this."""
    return Problem(f"metoden {method[:20]} används inte här", "metoden", "adressen har den inte", DOCUMENTED)


def not_there(what: str, name: str) -> Problem:
    """Nothing of that name, or nothing that the token is for: the same words for both."""
    why = "inget sådant finns bland det som nyckeln gäller"
    return Problem(f"{what} '{name[:80]}' finns inte", "adressen", why, "hämta listan och leta därifrån")


def no_agreement(name: object) -> Problem:
    """The same of an agreement in what was sent."""
    told = str(name)[:80] if isinstance(name, str) else ""
    why = "inget sådant finns bland det som nyckeln gäller"
    return Problem(f"avtalet '{told}' finns inte", "agreement", why, "ange ett av dem i /api/v1/agreements")


def wrong(what: str, where: str, why: str) -> Problem:
    """Something in the request that cannot be used."""
    return Problem(what, where, why, f"rätta det och försök igen; {DOCUMENTED}")


def too_large(most: int) -> Problem:
    """More than is received."""
    why = f"högst {most // 1024} kB tas emot"
    return Problem("det som skickades är för stort", "innehållet", why, "dela upp det och försök igen")


def key_taken() -> Problem:
    """The same key with other content."""
    why = "nyckeln användes förut med ett annat innehåll"
    remedy = "skicka samma innehåll igen, eller välj en ny Idempotency-Key"
    return Problem("begäran är en annan än förut", "Idempotency-Key", why, remedy)


def not_now() -> Problem:
    """The register or the rules cannot be read, or nothing is judged yet."""
    why = "registret eller reglerna kan inte användas, eller så är ingen körning gjord; orsaken står i loggen"
    return Problem("svaret kan inte ges just nu", "programmet", why, "försök igen om en stund")


def not_followed() -> Problem:
    """Recorded, but what follows from it was not all done."""
    why = "bedömningen eller kalendrarna kunde inte göras om genast; orsaken står i loggen"
    return Problem("registrerat, men inte allt som följer av det", "programmet", why, "vänta till nattens körning")


def fault() -> Problem:
    """A fault in the program."""
    why = "programmet har ett fel, som står i loggen; inget halvfärdigt har sparats"
    return Problem("svaret kan inte ges", "programmet", why, "försök igen, och säg annars till den som sköter driften")
