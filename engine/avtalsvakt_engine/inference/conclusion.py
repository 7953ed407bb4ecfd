"""A legal conclusion as a value: what was concluded, and by which rules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the rules concluded, and the names of the rules that fired (for explanations), the deciding one last."""

    value: str
    fired: tuple[str, ...]
