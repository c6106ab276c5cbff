"""The configuration register: every value that the law leaves to the place (domain.md §13).

A change is a new row with reason, author and moment; it holds for records made after it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from . import clock
from .actor import Actor
from .enums import Labelled
from .errors import Invalid, NotFound
from .models import ParameterValue
from .prepared import Prepared
from .text import N_


class Kind(Labelled):
    """What a value looks like."""

    INT = "int", N_("整数")
    BOOL = "bool", N_("是否")
    CHOICE = "choice", N_("选项")
    TEXT = "text", N_("文字")


Value = int | bool | str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting: `fixed` means the law leaves no room; `source` names the law or practice."""

    key: str
    default: Value
    kind: Kind
    description: str
    source: str
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    fixed: bool = False


_INTEGER = re.compile(r"-?[0-9]{1,9}")
_register: dict[str, Parameter] = {}
_remembered: ContextVar[dict[tuple[int, str], Value] | None] = ContextVar("openrenda_parameters", default=None)


class BadValue(Invalid):
    code = "kernel.bad_parameter"
    message = N_("“{key}”不能取这个值。")
    remedy = N_("请按说明填写允许范围内的值。")


def declare(
    key: str,
    default: Value,
    kind: Kind,
    description: str,
    source: str,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    choices: tuple[str, ...] = (),
    fixed: bool = False,
) -> Parameter:
    """Enter a setting into the register (module level of its slice); a second entry of the key is an error."""
    if key in _register:
        raise ValueError(f"parameter {key} is declared twice")
    parameter = Parameter(key, default, kind, description, source, minimum, maximum, choices, fixed)
    _register[key] = parameter
    return parameter


def all_parameters() -> list[Parameter]:
    """The whole register, by key."""
    return [_register[key] for key in sorted(_register)]


def parameter(key: str) -> Parameter:
    """The setting of that key; NotFound if there is none."""
    if key not in _register:
        raise NotFound
    return _register[key]


def value(parameter: Parameter, congress_id: int, at: datetime | None = None) -> Value:
    """The value in force at a moment (now by default). One query; none for fixed ones."""
    if parameter.fixed:
        return parameter.default
    known = _remembered.get()
    if known is None:
        return _look_up(parameter, congress_id, at)
    key = (congress_id, parameter.key)
    if key not in known:
        known[key] = _look_up(parameter, congress_id, at)
    return known[key]


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for each value once in this context. For a load, in which no value changes."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


_in_force = Prepared(
    lambda congress_id, key, at: (
        ParameterValue.objects.filter(congress_id=congress_id, key=key, effective_at__lte=at)
        .order_by("-effective_at", "-pk")
        .values_list("value")[:1]
    ),
    congress_id=int,
    key=str,
    at=datetime,
)


def _look_up(parameter: Parameter, congress_id: int, at: datetime | None) -> Value:
    rows = _in_force(congress_id=congress_id, key=parameter.key, at=at or clock.now())
    return rows[0][0] if rows else parameter.default


def number(parameter: Parameter, congress_id: int) -> int:
    """The value of an integer setting."""
    return int(value(parameter, congress_id))


def check(parameter: Parameter, raw: str) -> Value:
    """Parse and check what somebody typed; BadValue says it cannot be."""
    if parameter.kind is Kind.INT:
        return _whole_number(parameter, raw.strip())
    if parameter.kind is Kind.BOOL:
        if raw not in ("true", "false"):
            raise BadValue(key=parameter.key)
        return raw == "true"
    if parameter.kind is Kind.CHOICE and raw not in parameter.choices:
        raise BadValue(key=parameter.key)
    return raw


def _whole_number(parameter: Parameter, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadValue(key=parameter.key)
    found = int(text)
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and found < low) or (high is not None and found > high):
        raise BadValue(key=parameter.key)
    return found


@transaction.atomic
def set_value(*, parameter: Parameter, raw: str, reason: str, actor: Actor) -> ParameterValue:
    """Put a new value in force from now on. The caller has checked who may, and audits."""
    if parameter.fixed:
        raise BadValue(key=parameter.key)
    if not reason.strip():
        raise Invalid(fields={"reason": N_("请写明修改理由。")})
    return ParameterValue.objects.create(
        congress_id=actor.congress_id,
        key=parameter.key,
        value=check(parameter, raw),
        effective_at=clock.now(),
        reason=reason.strip(),
        set_by=actor.urn,
    )
