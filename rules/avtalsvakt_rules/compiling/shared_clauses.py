"""Clauses that say the same are one value: many agreements are written after one template.

In comes an instrument, out comes the same with clauses that others hold already, where they are written alike.
Values do not change, so nobody can tell; three hundred agreements after one template take the room of one.
"""

from collections.abc import Hashable, Mapping
from weakref import WeakValueDictionary

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.model import Model

_KNOWN: WeakValueDictionary[Hashable, Clause] = WeakValueDictionary()


def with_shared_clauses(instrument: Instrument) -> Instrument:
    """The instrument, with the clauses that are known already."""
    clauses = {name: _KNOWN.setdefault(_written(one), one) for name, one in instrument.clauses.items()}
    return instrument.model_copy(update={"clauses": clauses})


def _written(value: object) -> Hashable:
    """All that a value holds, in a form that can be looked up: which fields were written is part of it."""
    if isinstance(value, Model):
        return type(value), *((name, _written(getattr(value, name))) for name in sorted(value.model_fields_set))
    if isinstance(value, Mapping):
        return dict, *((_written(key), _written(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return type(value), *map(_written, value)
    return type(value), value  # 1 and True are two
