"""Taking the record out of the house."""

from django.db import transaction

from openrenda.accounts.rules import may_read_audit, require
from openrenda.audit.actions import record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.orgs.models import Congress


@transaction.atomic
def record_export(*, reason: str, filters: str, actor: Actor) -> None:
    """Write down who takes which part of the record, and why, before the first row leaves."""
    congress = Congress.objects.get(pk=actor.congress_id)
    require(may_read_audit, actor)
    if not reason.strip():
        raise Invalid(fields={"reason": N_("请写明导出理由。")})
    record(actor, "audit.exported", congress, reason=reason.strip()[:200], filters=filters[:200])
