"""The same register, replayed through the actions and taken over in bulk, comes out the same."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openrenda.kernel import clock
from openrenda.orgs.models import Congress
from openrenda.suggestions import selectors
from openrenda.suggestions.indicators import indicators
from openrenda.suggestions.models import Assignment, Commitment, FacetCount, Suggestion
from openrenda.suggestions.selectors.rows import Filters
from tests.makers.register import empty, register_of, replayed, taken_over

# returned (signed before or not), extended, rehandled, co-handled, co-signed, A to D, promises, key, not public, court,
# closed period
NUMBERS = (1, 3, 4, 6, 7, 16, 17, 18, 72, 77, 80, 109)
SAME = (
    "state", "key", "serial", "shelf", "year", "period", "title", "mode", "organ", "round", "first_assigned_on",
    "legal_due", "is_extended", "due", "return_count", "first_replied_on", "first_reply_due", "reply_class",
    "feedback_due", "feedback_reminded_on", "closed_on", "outcome", "importance", "key_leader", "publicity",
    "public_title", "lead__code", "delegation__name", "category__name", "main_unit__code", "oversight_unit__code",
    "submitted_at", "reviewed_at", "problem", "proposal",
)  # fmt: skip


def kept(congress: Congress) -> list[dict[str, Any]]:
    return list(Suggestion.objects.filter(congress=congress).order_by("shelf").values(*SAME))


def turns(congress: Congress) -> list[tuple[Any, ...]]:
    rows = Assignment.objects.filter(suggestion__congress=congress).order_by("suggestion__shelf", "pk")
    return list(
        rows.values_list(
            "suggestion__key", "unit__code", "part", "level", "state", "is_direct", "is_hub", "assigned_on", "sign_by",
            "return_by", "signed_on", "due", "ended_on", "opinion_on", "follows__unit__code",
        )
    )  # fmt: skip


def promises(congress: Congress) -> list[tuple[Any, ...]]:
    rows = Commitment.objects.filter(congress=congress).order_by("suggestion__shelf", "pk")
    return list(
        rows.values_list("suggestion__key", "unit__code", "kind", "content", "deadline", "state", "ledger_year")
    )


def counts(congress: Congress) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for facet, value, n in FacetCount.objects.filter(congress_id=congress.pk).values_list("facet", "value", "n"):
        name = value if facet in ("total", "state", "class", "key") else ""
        found[facet, name] = found.get((facet, name), 0) + n
    return {key: n for key, n in found.items() if n}


def page_of(congress: Congress, key: str) -> dict[str, Any]:
    case = selectors.public_case(congress.pk, key)
    other = ("id", "is_from_register", "turns", "replies", "promises")
    shown = {name: getattr(case, name) for name in case.__slots__ if name not in other}
    shown["story"] = [
        (line.at, line.kind, line.text, {k: v for k, v in line.params.items() if k != "from"}, line.who)
        for line in case.story
        if line.kind != "closed_step"
    ]
    shown["replies"] = [(r.round, r.unit, r.reply_class, r.issued_on, r.body) for r in case.replies]
    shown["promises"] = [(p.content, p.unit, p.deadline, p.state, p.lamp) for p in case.promises]
    shown["turns"] = [(t.unit, t.part, t.state, t.assigned_on) for t in case.turns]
    return shown


def listed(congress: Congress) -> list[tuple[Any, ...]]:
    rows = selectors.public_list(congress.pk, Filters()).rows
    return [
        (r.key, r.number, r.title, r.category, r.state, r.unit, r.lead, r.reply_class, r.importance, r.due, r.lamp)
        for r in rows
    ]


@pytest.mark.parametrize("today", [date(2026, 1, 5)])
def test_the_same_rows_come_out_the_same_both_ways(tmp_path: Path, today: date) -> None:
    slow = replayed(tmp_path / "slow", NUMBERS, "slow")
    fast = empty(tmp_path / "fast", NUMBERS, "fast")
    last = max(Suggestion.objects.filter(congress=slow).values_list("last_step_at", flat=True))
    with clock.at(last):
        taken_over(register_of(NUMBERS), fast)
        assert len(kept(slow)) == len(NUMBERS)
        assert kept(fast) == kept(slow)
        assert turns(fast) == turns(slow)
        assert promises(fast) == promises(slow)
        assert counts(fast) == counts(slow)
        assert listed(fast) == listed(slow)
        for key in Suggestion.objects.filter(congress=slow).order_by("shelf").values_list("key", flat=True):
            assert page_of(fast, key) == page_of(slow, key)
    for moment in (date(2025, 6, 1), today):
        with clock.at(moment):
            assert indicators(congress_id=fast.pk, year=2025) == indicators(congress_id=slow.pk, year=2025)
