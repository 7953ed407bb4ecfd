"""What every model of the rule language is: frozen and strict, so that an unknown key is an error."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Frozen and strict: an unknown key is an error."""

    # What checks values is built when the first ones are checked: a rulebook that was read before needs no checking.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
