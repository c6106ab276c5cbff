"""What the nightly clockwork takes in hand."""

from openrenda.kernel import clock
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import ENDED, ClockKind, OpinionState


def silent_ids(congress_id: int) -> list[int]:
    """Answered opinions whose rating window is over. One query."""
    rows = Opinion.objects.filter(
        congress_id=congress_id,
        state__in=[OpinionState.ANSWERED, OpinionState.FED_BACK],
        due_kind=ClockKind.RATING,
        due_on__lt=clock.today(),
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def archivable_ids(congress_id: int, before_year: int) -> list[int]:
    """Ended opinions handed in before that year and not touched since it began. One query."""
    rows = Opinion.objects.filter(
        congress_id=congress_id, state__in=ENDED, is_archived=False, awaiting_role="", updated_at__year__lt=before_year
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))
