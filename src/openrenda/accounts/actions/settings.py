"""Changing a value of the configuration register."""

from django.db import transaction

from openrenda.accounts.rules import may_set, require
from openrenda.audit.actions import record
from openrenda.kernel import parameters
from openrenda.kernel.actor import Actor
from openrenda.kernel.models import ParameterValue


@transaction.atomic
def change_setting(*, key: str, raw: str, reason: str, actor: Actor) -> ParameterValue:
    """A new value from now on, with its reason. Raises NotFound, NotAllowed, BadValue."""
    parameter = parameters.parameter(key)
    require(may_set(key), actor)
    old = parameters.value(parameter, actor.congress_id)
    row = parameters.set_value(parameter=parameter, raw=raw, reason=reason, actor=actor)
    record(actor, "accounts.setting_changed", row, key=key, old=str(old), new=str(row.value))
    return row
