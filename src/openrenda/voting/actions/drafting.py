"""A poll is drawn up: ballot, base, roll, who watches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.numbering import take
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number, value
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.orgs.models import Mandate
from openrenda.voting.errors import NoDifference
from openrenda.voting.events import PollCancelled
from openrenda.voting.models import Option, Poll, RollEntry, Scrutineer
from openrenda.voting.rules import settings
from openrenda.voting.rules.count import differs_enough, pass_line
from openrenda.voting.rules.who import WATCHERS, is_office
from openrenda.voting.states import Blank, Duty, Form, Issued, Method, Repeat

from .steps import facts_of, lock, required
from .values import OptionSpec, RollSpec, ScrutineerSpec


@dataclass(frozen=True, slots=True)
class Marks:
    """How many places there are, and how many marks a ballot may bear."""

    quota: int
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The poll that this one repeats, if any."""

    poll: Poll | None = None
    reason: Repeat = Repeat.NOTHING


@transaction.atomic
def draft_poll(
    *,
    title: str,
    method: Method,
    form: Form,
    options: Sequence[OptionSpec],
    base: int,
    roll: Sequence[RollSpec],
    actor: Actor,
    key: str = "",
    quota: int = 0,
    minimum: int | None = None,
    maximum: int | None = None,
    quorum: int = 0,
    scrutineers: Sequence[ScrutineerSpec] = (),
    threshold: int = 0,
    subject: SubjectRef | None = None,
    meeting_ref: str = "",
) -> Poll:
    """Draw up a vote. `base` is all members in office; `quorum` how many must be present when it opens.

    `quota` is the number to choose; 0 chooses whatever passes. In form SELECT a ballot bears up to `maximum` marks
    (the quota by default); in the other forms one mark per line. `threshold` scrutineers can decrypt an electronic one.
    """
    title = required(title=title)["title"]
    marks = _marks(Form(form), len(options), quota, minimum, maximum, actor.congress_id)
    if Form(form) == Form.SELECT or quota:
        _must_differ(len(options), quota, number(settings.MIN_DIFF_PERCENT, actor.congress_id))
    poll = Poll(
        congress_id=actor.congress_id,
        title=_one_line(title)[:120],
        method=Method(method),
        form=Form(form),
        base=base,
        line=pass_line(base),
        quorum=quorum,
        quota=marks.quota,
        minimum=marks.minimum,
        maximum=marks.maximum,
        threshold=threshold,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else 0,
        meeting_ref=meeting_ref,
    )
    return enter(poll, options, roll, scrutineers, actor, key=key)


def enter(
    poll: Poll,
    options: Sequence[OptionSpec],
    roll: Sequence[RollSpec],
    scrutineers: Sequence[ScrutineerSpec],
    actor: Actor,
    *,
    key: str = "",
) -> Poll:
    """Write a new poll with all that belongs to it."""
    verdict = is_office(actor, poll)
    if not verdict:
        raise NotAllowed.by(verdict)
    _check(poll, options, roll)
    now = clock.now()
    poll.key = key or f"{now.year}-{take(f'voting.poll.{now.year}', actor.congress_id):02}"
    if Poll.objects.filter(congress_id=actor.congress_id, key=poll.key).exists():
        raise Invalid(fields={"key": N_("这个编号已经用过。")})
    poll.created_by, poll.created_at = actor.urn, now
    poll.save(force_insert=True)
    Option.objects.bulk_create(
        Option(poll=poll, position=position, ref=spec.ref, label=_one_line(spec.label)[:120], note=spec.note[:400])
        for position, spec in enumerate(options)
    )
    write_roll(poll, roll)
    _write_scrutineers(poll, scrutineers)
    record(actor, "voting.drafted", poll, options=len(options), roll=len(roll))
    return poll


def _one_line(text: str) -> str:
    """Without line breaks and other control characters: it is printed on ballots and hashed into the election."""
    return " ".join(text.split())


def _marks(form: Form, options: int, quota: int, minimum: int | None, maximum: int | None, congress_id: int) -> Marks:
    if form != Form.SELECT:
        return Marks(quota if form == Form.ITEMS else 0, 1, 1)
    least = 1 if value(settings.BLANK_BALLOT, congress_id) == Blank.VOID else 0
    marks = Marks(quota, least if minimum is None else minimum, (quota or options) if maximum is None else maximum)
    if not 0 <= marks.minimum <= marks.maximum <= options or marks.maximum < 1:
        raise Invalid(fields={"maximum": N_("最多可选数要在一和候选数之间，且不小于最少可选数。")})
    return marks


def _must_differ(candidates: int, quota: int, percent: int) -> None:
    if quota and not differs_enough(candidates, quota, percent):
        raise NoDifference(candidates=candidates, quota=quota, percent=percent)


def _check(poll: Poll, options: Sequence[OptionSpec], roll: Sequence[RollSpec]) -> None:
    fields: dict[str, str] = {}
    if poll.base < 1 or len(roll) > poll.base:
        fields["base"] = N_("全体组成人员数要不少于应到名单人数。")
    refs = [spec.ref for spec in options]
    if not options or not all(spec.ref.strip() and spec.label.strip() for spec in options):
        fields["options"] = N_("请至少写一个表决项，并写明编号和名称。")
    elif len(set(refs)) != len(refs):
        fields["options"] = N_("表决项的编号不能重复。")
    if len({spec.mandate_id for spec in roll}) != len(roll):
        fields["roll"] = N_("应到名单里有人重复。")
    if fields:
        raise Invalid(fields=fields)


def write_roll(poll: Poll, roll: Sequence[RollSpec]) -> None:
    """The roll anew; names as they are today. Three queries."""
    mandates = _mandates(poll, [spec.mandate_id for spec in roll])
    poll.roll.filter(issued=Issued.NOTHING).delete()
    RollEntry.objects.bulk_create(
        RollEntry(
            poll=poll,
            mandate=(mandate := mandates[spec.mandate_id]),
            name=mandate.person.name,
            delegation=mandate.delegation.name,
            is_present=spec.present,
        )
        for spec in roll
    )


def _write_scrutineers(poll: Poll, scrutineers: Sequence[ScrutineerSpec]) -> None:
    mandates = _mandates(poll, [spec.mandate_id for spec in scrutineers])
    if len(mandates) != len(scrutineers) or sum(spec.duty == Duty.CHIEF for spec in scrutineers) > 1:
        raise Invalid(fields={"scrutineers": N_("监票人、计票人不能重复，总监票人只能有一名。")})
    index = 0
    for spec in scrutineers:
        keeps_key = poll.is_electronic and spec.duty in WATCHERS
        index += keeps_key
        Scrutineer.objects.create(
            poll=poll,
            mandate_id=spec.mandate_id,
            name=mandates[spec.mandate_id].person.name,
            duty=Duty(spec.duty),
            index=index if keeps_key else None,
        )


def _mandates(poll: Poll, ids: Sequence[int]) -> dict[int, Mandate]:
    rows = Mandate.objects.select_related("person", "delegation").filter(pk__in=ids, congress_id=poll.congress_id)
    found = {row.pk: row for row in rows}
    if set(ids) - set(found):
        raise Invalid(fields={"roll": N_("名单里有不认识的代表。")})
    return found


@transaction.atomic
def take_roll(*, poll_id: int, roll: Sequence[RollSpec], actor: Actor) -> Poll:
    """Replace the roll before opening, as attendance stands now. The base stays."""
    case = lock(poll_id, actor)
    case.go("take_roll", actor)
    if len({spec.mandate_id for spec in roll}) != len(roll) or len(roll) > case.poll.base:
        raise Invalid(fields={"roll": N_("应到名单里有人重复，或多于全体组成人员数。")})
    write_roll(case.poll, roll)
    case.write(actor, "roll_taken", roll=len(roll), present=sum(spec.present for spec in roll))
    return case.poll


@transaction.atomic
def cancel_poll(*, poll_id: int, reason: str, actor: Actor) -> Poll:
    """Give it up before it opens."""
    case = lock(poll_id, actor)
    case.go("cancel", actor)
    case.poll.void_reason = required(reason=reason)["reason"][:200]
    case.write(actor, "cancelled")
    publish(PollCancelled(**facts_of(case.poll)), actor)  # type: ignore[arg-type]  # keys are those of the event
    return case.poll
