"""What every model of the rule language is: frozen, and strict when it is read, so that an unknown key is an error.

A model is read from a tree (`model_validate`) by pydantic, which is imported only then: a rulebook that was read before
comes from the disk as plain values, and a command should not wait for what it does not use. In come annotated fields
(with `Before`, `After` and `Between` for what pydantic is to do with a value), out come values that hold what was
written and nothing else (`model_fields_set`): most fields are not, and what they are then is kept once, in the class.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Self,
    TypeVar,
    dataclass_transform,
    get_type_hints,
)

from msgspec import Struct, structs

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

M = TypeVar("M", bound="Model")


class Before:
    """In `Annotated`: what makes of a value that is read what its type asks for. ValueError says what is wrong."""

    def __init__(self, function: Callable[[Any], object]) -> None:
        """Call this before the type is looked at."""
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """As pydantic asks for it."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.function, handler(source))


class After:
    """In `Annotated`: what a value of its type has to be, too. ValueError says what is wrong."""

    def __init__(self, function: Callable[[Any], object]) -> None:
        """Call this once the type is right."""
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """As pydantic asks for it."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.function, handler(source))


class Between:
    """In `Annotated`: a whole number no less and no more than these."""

    def __init__(self, least: int, most: int) -> None:
        """Both are allowed."""
        self.least, self.most = least, most

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """As pydantic asks for it."""
        return handler(source) | {"ge": self.least, "le": self.most}


class FieldInfo:
    """A field: what it is without being written, and the key under which it is written where that is another."""

    def __init__(
        self, default: object, default_factory: Callable[[], object] | None, alias: str | None, *, later: bool = False
    ) -> None:
        """`default` is Ellipsis where it has to be written; `later`: as told by `field`."""
        self.default, self.default_factory, self.alias, self.later = default, default_factory, alias, later

    def is_required(self) -> bool:
        """Whether it has to be written."""
        return self.default is ... and self.default_factory is None

    def unwritten(self) -> object:
        """What it is without being written: one value for all, which nobody can change."""
        made = self.default_factory() if self.default_factory else self.default
        return MappingProxyType(made) if isinstance(made, dict) else made


def field(
    *,
    default: Any = ...,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    later: bool = False,
) -> Any:
    """A field with a default that a function makes, or with another key.

    `later`: it came into the language when runs had been kept, and is not told of where it is as without being written,
    so that what was written before it keeps its digest.
    """
    return FieldInfo(default, default_factory, alias, later=later)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Model:
    """Frozen, and strict when read. `prepared` and `checked` are for a model's own reading."""

    model_fields: ClassVar[Mapping[str, FieldInfo]] = {}

    def __init_subclass__(cls) -> None:
        """Note the fields, and in the class what those are that are not written."""
        own = {name: getattr(cls, name, ...) for name in cls.__annotations__}
        cls.model_fields = {
            name: one if isinstance(one, FieldInfo) else FieldInfo(one, None, None) for name, one in own.items()
        }
        for name, one in cls.model_fields.items():
            if not one.is_required():
                setattr(cls, name, one.unwritten())
            elif name in cls.__dict__:
                delattr(cls, name)

    def __init__(self, **values: object) -> None:
        """Of values that are right already: nothing is checked but the names."""
        if unknown := values.keys() - self.model_fields.keys():
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        self.__dict__.update(values)
        if lacking := [name for name in self.model_fields if not hasattr(self, name)]:
            raise TypeError(f"{type(self).__name__} needs {', '.join(lacking)}")

    @property
    def model_fields_set(self) -> frozenset[str]:
        """The fields that were written."""
        return frozenset(self.model_fields.keys() & self.__dict__.keys())

    def written(self, name: str) -> bool:
        """Whether a field was written."""
        return name in self.__dict__

    @classmethod
    def prepared(cls, raw: object) -> object:
        """What is read, before its keys are looked at. ValueError says what is wrong."""
        return raw

    def checked(self) -> Self:
        """The value, if its parts go together. ValueError says what is wrong."""
        return self

    @classmethod
    def model_validate(cls, raw: object) -> Self:
        """Read a tree of mappings, lists, texts and numbers. Raises pydantic's ValidationError."""
        read: Self = _adapter(cls).validate_python(raw)  # type: ignore[arg-type] # every class has a hash
        return read

    @classmethod
    def _read(cls, raw: object) -> Self:
        if isinstance(raw, cls):
            return raw
        found = _strict(cls).model_validate(cls.prepared(raw))  # type: ignore[arg-type] # as above
        return cls(**{name: getattr(found, name) for name in found.model_fields_set}).checked()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Pydantic reads a model where one stands in another."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(cls._read)

    def model_copy(self, *, update: Mapping[str, object]) -> Self:
        """The same with other values; what was worked out from the old ones is not kept."""
        made = object.__new__(type(self))
        made.__dict__.update({name: self.__dict__[name] for name in self.model_fields_set} | dict(update))
        return made

    def model_dump_json(self) -> str:
        """All of it as one line of JSON."""
        return json.dumps(self, default=_plain, ensure_ascii=False, separators=(",", ":"))

    def __setattr__(self, name: str, value: object) -> None:
        """Refused: values do not change."""
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        """Whether all fields are equal."""
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        """By the fields."""
        return hash(self._values())

    def __repr__(self) -> str:
        """As it would be made."""
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.model_fields)})"

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.model_fields])


@cache
def _adapter(model: type[M]) -> "TypeAdapter[M]":
    from pydantic import TypeAdapter

    return TypeAdapter(model)


@cache
def _strict(model: type[Model]) -> "type[BaseModel]":
    """Pydantic's own model of the fields; what they are without being written is not its to say."""
    from pydantic import ConfigDict, Field, create_model

    hints = get_type_hints(model, include_extras=True)
    own: Any = {
        name: (hints[name], Field(alias=one.alias) if one.is_required() else Field(None, alias=one.alias))
        for name, one in model.model_fields.items()
    }
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    made: type[BaseModel] = create_model(model.__name__, __config__=config, **own)
    return made


def _plain(value: object) -> object:
    """What JSON has no form of, in one that it has: of a struct its fields, or what it says is `told` instead."""
    if isinstance(value, Model):
        told = {name: (getattr(value, name), one) for name, one in value.model_fields.items()}
        return {name: said for name, (said, one) in told.items() if not one.later or said != one.unwritten()}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Struct):
        return value.told if hasattr(value, "told") else structs.asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value)
