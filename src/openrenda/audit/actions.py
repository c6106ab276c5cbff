"""Writing the record."""

import hashlib
import json
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from openrenda.kernel import clock, lines
from openrenda.kernel.actor import Actor

from .models import AuditEntry


def subject_kind(obj: models.Model) -> str:
    """The kind under which an object is recorded, e.g. "liaison.opinion"."""
    return obj._meta.label_lower  # noqa: SLF001  Django documents _meta as public


def digest(obj: models.Model) -> str:
    """SHA-256 over the object's own columns as canonical JSON: the same whether just written or read back."""
    columns = {
        field.attname: _canonical(field.to_python(getattr(obj, field.attname)))
        for field in obj._meta.concrete_fields  # noqa: SLF001  Django documents _meta as public
    }
    text = json.dumps(columns, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def record(
    actor: Actor, kind: str, obj: models.Model, *, before: str = "", **detail: str | int | bool | None
) -> AuditEntry:
    """Write one row in the caller's transaction; raises outside of one. `detail` must hold no personal data."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit row belongs to the transaction of its action")
    entry = entry_of(actor, kind, obj, before=before, **detail)
    lines.add(entry)
    return entry


def entry_of(
    actor: Actor, kind: str, obj: models.Model, *, before: str = "", **detail: str | int | bool | None
) -> AuditEntry:
    """The row, not written: for an action that writes thousands of them at once."""
    return AuditEntry(
        congress_id=actor.congress_id,
        at=clock.now(),
        actor_urn=actor.urn,
        actor_name=actor.name[:120],
        actor_roles=sorted([role, scope] for role, scope in actor.roles),
        on_behalf_of=actor.on_behalf_of[:120],
        origin=actor.origin[:60],
        kind=kind,
        subject_kind=subject_kind(obj),
        subject_id=obj.pk,
        before=before,
        after=digest(obj),
        detail=detail,
    )
