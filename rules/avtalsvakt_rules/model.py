"""What every model of the rule language is: frozen and strict, so that an unknown key is an error."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Frozen and strict: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
