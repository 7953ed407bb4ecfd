"""A name as part of a key: of a duty (a site, a party) or of an instrument (a municipality)."""

_PLAIN = str.maketrans("åäöé", "aaoe")


def slug(text: str) -> str:
    """Lower case, letters a-z and digits, with hyphens between the words."""
    plain = text.lower().translate(_PLAIN)
    return "-".join("".join(char if char.isascii() and char.isalnum() else " " for char in plain).split())
