"""The audit record as the auditor reads it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from openrenda.audit.models import AuditEntry
from openrenda.audit.selectors import AuditFilter, filtered
from openrenda.kernel import clock

from .forms import AuditFilterForm

PAGE = 50
BATCH = 2000


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page, and where the next begins."""

    entries: list[AuditEntry]
    older: str
    is_filtered: bool


def filter_of(form: AuditFilterForm) -> AuditFilter:
    """What the form asks for; fields that make no sense ask for nothing."""
    data = form.cleaned_data if form.is_valid() else {}
    kind, _, number = str(data.get("subject") or "").partition(":")
    until = data.get("until")
    return AuditFilter(
        who=data.get("who") or "",
        kind=data.get("kind") or "",
        origin=data.get("origin") or "",
        subject_kind=kind.strip().lower(),
        subject_id=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None,
        since=clock.at_time(data["since"], 0) if data.get("since") else None,
        until=clock.at_time(until + timedelta(days=1), 0) if until else None,
    )


def page_of(congress_id: int, form: AuditFilterForm, before: str) -> AuditPage:
    """Newest first. One query."""
    wanted = filter_of(form)
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows = filtered(congress_id, wanted, before_id=last, size=PAGE + 1)
    kept = {key: value for key in form.fields if (value := str(form.data.get(key, "")).strip())}
    older = "?" + urlencode({**kept, "before": rows[PAGE - 1].pk}) if len(rows) > PAGE else ""
    return AuditPage(rows[:PAGE], older, wanted != AuditFilter())


def all_of(congress_id: int, wanted: AuditFilter) -> Iterator[AuditEntry]:
    """All rows of the filter, newest first. One query per 2,000 rows."""
    last: int | None = None
    while rows := filtered(congress_id, wanted, before_id=last, size=BATCH):
        yield from rows
        last = rows[-1].pk


def detail_words(row: AuditEntry) -> str:
    """The particulars as they are kept."""
    return json.dumps(row.detail, ensure_ascii=False, sort_keys=True) if row.detail else ""
