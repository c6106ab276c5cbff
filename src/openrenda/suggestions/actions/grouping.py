"""并案: suggestions of one matter, handled together; each keeps its number, its answer and its rating (R7)."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import NothingToDo
from openrenda.suggestions.events import Grouped, Ungrouped
from openrenda.suggestions.models import MatterGroup, Suggestion
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.workflow import SUGGESTION

from .steps import OFFICE, Locked, lock, write


@transaction.atomic
def group_same_matter(*, main_id: int, suggestion_ids: Sequence[int], actor: Actor, note: str = "") -> MatterGroup:
    """Handle suggestions of one matter together (并案); each keeps its number, reply and rating. Their deputies hear
    of it; who was in the group before is not told a second time."""
    others = [pk for pk in dict.fromkeys(suggestion_ids) if pk != main_id]
    cases = [lock(pk, actor) for pk in sorted({main_id, *others})]
    for case in cases:
        SUGGESTION.take("group", actor, case.suggestion)
    if not others:
        raise Invalid(fields={"suggestions": N_("并案至少要有两件建议。")})
    main = next(case.suggestion for case in cases if case.suggestion.pk == main_id)
    group = main.group or MatterGroup.objects.create(
        congress_id=actor.congress_id, main=main, note=note.replace("\0", "").strip()[:200], created_at=clock.now()
    )
    for case in cases:
        if case.suggestion.group_id not in (None, group.pk):
            raise Invalid(fields={"suggestions": N_("有建议已经在另一组并案中，请先退出。")})
        if case.suggestion.group_id is None:
            _enter(case, group, actor)
    return group


def _enter(case: Locked, group: MatterGroup, actor: Actor) -> None:
    case.suggestion.group = group
    write(case, kind="grouped", text=N_("与同类建议并案办理，分别答复"), actor=actor, who=OFFICE, group=group.pk)
    publish(Grouped(case.suggestion.pk, with_number=number_of(group.main.key)), actor)


@transaction.atomic
def leave_group(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Take one out of its group again. If it was the main one, the oldest of the others becomes the main one; one that
    would stay behind alone leaves too, for one is no group. Replies, contacts and ratings stay where they are."""
    group_id = Suggestion.objects.filter(pk=suggestion_id).values_list("group_id", flat=True).first()
    mates = Suggestion.objects.filter(group_id=group_id, congress_id=actor.congress_id) if group_id else []
    cases = [lock(pk, actor) for pk in sorted({suggestion_id, *(mate.pk for mate in mates)})]
    leaving = next(case for case in cases if case.suggestion.pk == suggestion_id)
    SUGGESTION.take("ungroup", actor, leaving.suggestion)
    group = leaving.suggestion.group
    if group is None:
        raise NothingToDo
    rest = [case for case in cases if case is not leaving and case.suggestion.group_id == group.pk]
    _leave(leaving, actor)
    if len(rest) == 1:
        _leave(rest[0], actor)
    elif group.main_id == suggestion_id and rest:
        group.main = min((case.suggestion for case in rest), key=lambda row: (row.shelf or 0, row.pk))
        group.save(update_fields=["main"])
    return leaving.suggestion


def _leave(case: Locked, actor: Actor) -> None:
    case.suggestion.group = None
    write(case, kind="ungrouped", text=N_("退出并案，单独办理"), actor=actor, who=OFFICE)
    publish(Ungrouped(case.suggestion.pk), actor)
