"""A legal conclusion as a value: what was concluded, and by which rules."""

from msgspec import Struct


class Conclusion(Struct, frozen=True):
    """What the rules concluded, and the names of the rules that fired (for explanations), the deciding one last."""

    value: str
    fired: tuple[str, ...]
