"""The configuration register as its pages show it."""

from dataclasses import dataclass
from datetime import datetime

from openrenda.kernel import clock, parameters
from openrenda.kernel.models import ParameterValue
from openrenda.kernel.parameters import Parameter
from openrenda.orgs.models import Person


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting and its value now; `raw` is what one would type."""

    parameter: Parameter
    value: parameters.Value
    raw: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One value in its time."""

    value: str
    since: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Group:
    """Settings whose key begins alike, e.g. "suggestion"."""

    prefix: str
    rows: list[SettingRow]


def _raw(value: parameters.Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _row(parameter: Parameter, value: parameters.Value) -> SettingRow:
    return SettingRow(parameter, value, _raw(value), value != parameter.default)


def row_of(parameter: Parameter, congress_id: int) -> SettingRow:
    """One setting with its value. One query."""
    return _row(parameter, parameters.value(parameter, congress_id))


def grouped(congress_id: int) -> list[Group]:
    """The whole register by the first word of its keys. One query."""
    newest: dict[str, parameters.Value] = dict(
        ParameterValue.objects.filter(congress_id=congress_id, effective_at__lte=clock.now())
        .order_by("effective_at", "pk")
        .values_list("key", "value")
    )
    groups: dict[str, list[SettingRow]] = {}
    for parameter in parameters.all_parameters():
        value = parameter.default if parameter.fixed else newest.get(parameter.key, parameter.default)
        groups.setdefault(parameter.key.split(".")[0], []).append(_row(parameter, value))
    return [Group(prefix, rows) for prefix, rows in groups.items()]


def history(parameter: Parameter, congress_id: int) -> list[Change]:
    """All values a setting has had, newest first. Two queries."""
    rows = list(
        ParameterValue.objects.filter(congress_id=congress_id, key=parameter.key).order_by("-effective_at", "-pk")
    )
    ids = {int(row.set_by.removeprefix("person:")) for row in rows if row.set_by.startswith("person:")}
    names = {f"person:{pk}": name for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")}
    return [Change(_raw(row.value), row.effective_at, row.reason, names.get(row.set_by, row.set_by)) for row in rows]
