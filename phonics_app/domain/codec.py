"""Domain objects to plain JSON data and back, with every fault named by its path."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from phonics_app.domain.errors import Place, Problem, ProblemsFound

T = typing.TypeVar("T")
SPARSE: Mapping[str, object] = {"sparse": True}
"""Metadata of a field that is not written while it has its default: what was stored or hashed before the field came
to be reads and hashes as it did."""


def encode(value: object) -> object:
    """`value` as JSON data: dataclasses become objects, tuples lists, enums their value, dates ISO text."""
    kind = type(value)
    encoder = _ENCODERS.get(kind)
    if encoder is None:
        encoder = _ENCODERS[kind] = _encoder(kind)
    return encoder(value)


_ENCODERS: dict[type, Callable[[Any], object]] = {}
"""How values of exactly this type are encoded: found once a type, because results hold thousands of values."""


def _encoder(kind: type) -> Callable[[Any], object]:
    if dataclasses.is_dataclass(kind):
        return _dataclass_encoder(kind)
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, date | datetime):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(encode(k)): encode(v) for k, v in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [encode(v) for v in value]
    return lambda value: value


def _dataclass_encoder(kind: type) -> Callable[[Any], object]:
    """Fields that are plain by their declaration are taken as they are, the others looked at one by one."""
    if sparse := {f.name: f.default for f in dataclasses.fields(kind) if f.metadata.get("sparse")}:
        full = _full_encoder(kind)
        return lambda value: _without_defaults(value, full(value), sparse)
    return _full_encoder(kind)


def _without_defaults(value: object, encoded: dict[str, object], sparse: Mapping[str, object]) -> dict[str, object]:
    return {name: kept for name, kept in encoded.items() if name not in sparse or getattr(value, name) != sparse[name]}


def _full_encoder(kind: type) -> Callable[[Any], dict[str, object]]:
    hints = _hints(kind)
    names = [f.name for f in dataclasses.fields(kind)]
    plain = {name for name in names if hints[name] in (str, int, float, bool)}
    if len(plain) == len(names):
        return lambda value: {name: getattr(value, name) for name in names}
    fields = [(name, name in plain) for name in names]
    return lambda value: {
        name: getattr(value, name) if is_plain else encode(getattr(value, name)) for name, is_plain in fields
    }


def decode(kind: type[T], data: object, path: str = "") -> T:
    """JSON `data` as an object of type `kind`; raises `ProblemsFound` naming every fault by its path."""
    problems: list[Problem] = []
    result = _decode(kind, data, path, problems)
    if problems:
        raise ProblemsFound(problems)
    return typing.cast(T, result)


def _fault(problems: list[Problem], path: str, data: object, expected: str) -> object:
    problems.append(Problem("json.unexpected", Place(column=path or "."), repr(data)[:200], expected))
    return None


@cache
def _hints(kind: type) -> dict[str, object]:
    return typing.get_type_hints(kind)


def _decode(kind: object, data: object, path: str, problems: list[Problem]) -> object:
    origin = typing.get_origin(kind)
    if kind is typing.Any or kind is object:
        return data
    if origin in (typing.Union, types.UnionType):
        return _decode_optional(kind, data, path, problems)
    if origin is tuple:
        return _decode_tuple(kind, data, path, problems)
    if origin is dict or origin is Mapping:
        return _decode_dict(kind, data, path, problems)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind, data, path, problems)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            return _fault(problems, path, data, " | ".join(str(m.value) for m in kind))
    return _decode_plain(kind, data, path, problems)


def _decode_optional(kind: object, data: object, path: str, problems: list[Problem]) -> object:
    inner = [a for a in typing.get_args(kind) if a is not types.NoneType]
    if data is None:
        return None
    return _decode(inner[0], data, path, problems)


def _decode_tuple(kind: object, data: object, path: str, problems: list[Problem]) -> object:
    arguments = typing.get_args(kind)
    if not isinstance(data, Sequence) or isinstance(data, str):
        return _fault(problems, path, data, "list")
    if arguments[-1] is not Ellipsis and len(arguments) != len(data):
        return _fault(problems, path, data, f"list of {len(arguments)}")
    kinds = [arguments[0]] * len(data) if arguments[-1] is Ellipsis else list(arguments)
    return tuple(_decode(k, v, f"{path}[{i}]", problems) for i, (k, v) in enumerate(zip(kinds, data, strict=True)))


def _decode_dict(kind: object, data: object, path: str, problems: list[Problem]) -> object:
    if not isinstance(data, Mapping):
        return _fault(problems, path, data, "object")
    key_kind, value_kind = typing.get_args(kind)
    return {
        _decode_key(key_kind, str(k), f"{path}.{k}", problems): _decode(value_kind, v, f"{path}.{k}", problems)
        for k, v in data.items()
    }


def _decode_key(kind: object, key: str, path: str, problems: list[Problem]) -> object:
    """Keys are always text in JSON: a number is read from it."""
    if kind is not int:
        return _decode(kind, key, path, problems)
    try:
        return int(key)
    except ValueError:
        return _fault(problems, path, key, "int")


def _decode_dataclass(kind: type, data: object, path: str, problems: list[Problem]) -> object:
    if not isinstance(data, Mapping):
        return _fault(problems, path, data, "object")
    before = len(problems)
    values: dict[str, object] = {}
    hints = _hints(kind)
    for f in dataclasses.fields(kind):
        here = f"{path}.{f.name}" if path else f.name
        if f.name in data:
            values[f.name] = _decode(hints[f.name], data[f.name], here, problems)
        elif f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            _fault(problems, here, None, "value")
    known = {f.name for f in dataclasses.fields(kind)}
    for name in data:
        if name not in known:
            _fault(problems, f"{path}.{name}" if path else str(name), data[name], "nothing")
    return kind(**values) if len(problems) == before else None


def _decode_plain(kind: object, data: object, path: str, problems: list[Problem]) -> object:
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        try:
            return float(data)
        except OverflowError:
            return _fault(problems, path, data, "float")
    if kind in (date, datetime) and isinstance(data, str):
        try:
            return kind.fromisoformat(data)
        except ValueError:
            return _fault(problems, path, data, "ISO date")
    if isinstance(kind, type) and isinstance(data, kind) and not (kind is int and isinstance(data, bool)):
        return data
    return _fault(problems, path, data, getattr(kind, "__name__", str(kind)))
