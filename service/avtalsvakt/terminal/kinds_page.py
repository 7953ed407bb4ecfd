"""Kinds of facts and bodies on the screen: what each is called, and how it is written in files."""

from collections.abc import Iterator
from textwrap import wrap

from avtalsvakt.authoring.kind_register import AttributeEntry, BodyEntry, Found, KindEntry
from avtalsvakt_rules.texts.slugs import slug

WIDTH, NAME = 92, 28
HOLDS = {
    "day": "en dag", "reference": "en registrerings beteckning", "yes_no": "ja eller nej", "body": "ett organ",
    "number": "ett tal",
}  # fmt: skip


def listing(found: Found) -> Iterator[str]:
    """Every kind and body on a line of its own."""
    yield "Faktatyper"
    yield from (_line(one.id, one.sv, one.declared_in) for one in found.kinds)
    yield ""
    yield "Organ"
    yield from (_line(one.id, one.sv, one.declared_in) for one in found.bodies)
    yield ""
    yield "Attribut och värden visas med ett ord till: avtalsvakt rules kinds ORD."


def answer(found: Found, word: str) -> Iterator[str]:
    """What was found for a word, whole; else what is near, and how to declare one's own."""
    for place, one in enumerate(found.kinds):
        yield from ([""] if place else [])
        yield from _kind(one)
    if found.bodies:
        yield from ([""] if found.kinds else [])
        yield "Organ"
        yield from (_line(one.id, one.sv, one.declared_in) for one in found.bodies)
    if not found.kinds and not found.bodies:
        yield from _nothing(found, word)


def _nothing(found: Found, word: str) -> Iterator[str]:
    yield f"Varken en faktatyp, ett attribut, ett värde eller ett organ heter något med '{word}'."
    if found.near:
        yield f"Närmast: {', '.join(found.near)}."
    own = slug(word).replace("-", "_") or "något"
    yield f"En egen faktatyp skrivs i avtalets huvud: facts: {{{own}: [attribut]}}"


def _kind(one: KindEntry) -> Iterator[str]:
    yield _line(one.id, one.sv, one.declared_in, indent="")
    for attribute in one.attributes:
        yield from _attribute(attribute)


def _attribute(one: AttributeEntry) -> Iterator[str]:
    said = [one.sv, *(["måste anges"] if one.required else []), *([HOLDS[one.holds]] if one.holds in HOLDS else [])]
    text = f"{', '.join(said)}{': ' + ' · '.join(one.values) if one.values else ''}"
    head = f"  {one.id:<{NAME - 2}}"
    yield from wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * NAME, break_on_hyphens=False)


def _line(name: str, label: str, declared_in: tuple[str, ...], indent: str = "  ") -> str:
    whose = f"  (egen i {', '.join(declared_in)})" if declared_in else ""
    return f"{indent}{name:<{NAME - len(indent)}}{label}{whose}"


def rows(found: Found) -> list[dict[str, object]]:
    """A row for each attribute of each kind, and for each body."""
    out: list[dict[str, object]] = []
    for one in found.kinds:
        base = {"sort": "kind", "id": one.id, "sv": one.sv, "declared_in": "|".join(one.declared_in)}
        out.extend(base | _fields(attribute) for attribute in one.attributes or (None,))
    for body in found.bodies:
        base = {"sort": "body", "id": body.id, "sv": body.sv, "declared_in": "|".join(body.declared_in)}
        out.append(base | _fields(None))
    return out


def _fields(attribute: AttributeEntry | None) -> dict[str, object]:
    if attribute is None:
        return dict.fromkeys(("attribute", "attribute_sv", "holds", "required", "values"), "")
    return {
        "attribute": attribute.id, "attribute_sv": attribute.sv, "holds": attribute.holds,
        "required": attribute.required, "values": "|".join(attribute.values),
    }  # fmt: skip


def as_object(found: Found) -> dict[str, object]:
    """The same for JSON."""
    kinds = [
        {
            "id": one.id, "sv": one.sv, "occasion": one.occasion, "declared_in": list(one.declared_in),
            "attributes": [
                {"id": each.id, "sv": each.sv, "holds": each.holds, "required": each.required,
                 "values": list(each.values)}
                for each in one.attributes
            ],
        }
        for one in found.kinds
    ]  # fmt: skip
    return {"kinds": kinds, "bodies": [_body(one) for one in found.bodies], "near": list(found.near)}


def _body(one: BodyEntry) -> dict[str, object]:
    return {"id": one.id, "sv": one.sv, "declared_in": list(one.declared_in)}
