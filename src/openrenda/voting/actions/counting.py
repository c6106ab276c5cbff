"""Papers are counted by two, machines by themselves; then the rules decide."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.documents.actions import store
from openrenda.documents.models import StoredFile
from openrenda.documents.selectors import files_of
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.voting.errors import CountsDiffer, FiguresWrong, NotCounted, NotDecrypted, TwoTellers
from openrenda.voting.models import Outcome, PaperCount, Poll
from openrenda.voting.rules import ballots
from openrenda.voting.rules.count import (
    Figures,
    Result,
    Rules,
    decide,
    differences,
    fault_in,
    from_choices,
    read_ballots,
)
from openrenda.voting.rules.labels import difference_label
from openrenda.voting.states import EventKind, Issued, Method

from .opening import void_returned
from .steps import Locked, lock

SHEET = "tally_sheet"
_FAULTS = {
    "lines": N_("行数与选票不符"),
    "negative": N_("票数不能是负数"),
    "sum": N_("有效票加无效票要等于收回票数"),
    "line": N_("某一项的票数超过了有效票数"),
    "marks": N_("赞成总数超过了有效票数乘以应选数"),
}


@transaction.atomic
def enter_count(*, poll_id: int, figures: Figures, actor: Actor) -> PaperCount:
    """A teller's own entry, made without seeing the other's; entered again it replaces her own.

    Two people enter. When both say that more came back than was handed out, the vote is void.
    """
    case = lock(poll_id, actor)
    case.go("enter_count", actor)
    return _enter(case, figures, actor)


@transaction.atomic
def enter_ballots(*, poll_id: int, issued: int, ballots: Sequence[Sequence[Sequence[int]]], actor: Actor) -> PaperCount:
    """The same from single papers, read one by one: each is, line by line, the positions marked."""
    case = lock(poll_id, actor)
    case.go("enter_count", actor)
    return _enter(case, read_ballots(Rules.from_json(case.poll.rules), issued, ballots), actor)


def _enter(case: Locked, figures: Figures, actor: Actor) -> PaperCount:
    poll = case.poll
    _must_be_possible(poll, figures)
    rows = list(poll.paper_counts.all())
    mine = next((row for row in rows if row.teller == actor.urn), None)
    if mine is None and len(rows) == 2:
        raise TwoTellers
    before = digest(mine) if mine else ""
    row = mine or PaperCount(poll=poll, teller=actor.urn, entered=0)
    row.teller_name, row.at, row.entered = actor.name[:60], clock.now(), row.entered + 1
    row.issued, row.returned, row.valid, row.void = figures.issued, figures.returned, figures.valid, figures.void
    row.lines = [list(line) for line in figures.lines]
    row.save()
    record(actor, "voting.count_entered", row, before=before, entered=row.entered)
    other = next((row for row in rows if row.teller != actor.urn), None)
    if other is not None and figures_of(other) == figures and figures.returned > figures.issued:
        void_returned(case, figures.returned, figures.issued, actor)
    return row


def _must_be_possible(poll: Poll, figures: Figures) -> None:
    why = _FAULTS.get(fault_in(Rules.from_json(poll.rules), figures), "")
    entries = poll.roll.filter(issued=Issued.PAPER) if poll.is_secret else poll.roll.filter(is_present=True)
    if not why and figures.issued > entries.count():
        why = N_("发出票数多于已登记的领票人数") if poll.is_secret else N_("参加表决的人数多于实到人数")
    if not why and poll.method == Method.HANDS and figures.returned > figures.issued:
        why = N_("举手表决的人数多于实到人数")
    if why:
        raise FiguresWrong(why=why)


def figures_of(row: PaperCount) -> Figures:
    """A teller's entry as figures."""
    lines = tuple(tuple(line) for line in row.lines)
    return Figures(row.issued, row.returned, row.valid, row.void, lines)


@transaction.atomic
def file_tally_sheet(*, poll_id: int, upload: object, actor: Actor) -> StoredFile:
    """File the picture of the tally sheet signed by scrutineers and tellers."""
    case = lock(poll_id, actor)
    case.go("file_tally_sheet", actor)
    ref = SubjectRef("voting.poll", poll_id)
    file = store(upload=upload, subject=ref, actor=actor, purpose=SHEET, field="sheet")  # type: ignore[arg-type]  # an UploadedFile
    case.write(actor, "sheet_filed", sha256=file.sha256)
    return file


def has_sheet(poll: Poll) -> bool:
    """Is a signed tally sheet on file? One query."""
    return bool(files_of(SubjectRef("voting.poll", poll.pk), purpose=SHEET))


def counts_papers(poll: Poll) -> bool:
    """Is there anything that tellers count?"""
    return poll.method in (Method.PAPER, Method.HANDS) or (
        poll.is_electronic and poll.roll.filter(issued=Issued.PAPER).exists()
    )


@transaction.atomic
def count_poll(*, poll_id: int, actor: Actor) -> Poll:
    """Put the figures together and let the frozen rules decide."""
    case = lock(poll_id, actor)
    case.go("count", actor)
    poll, rules = case.poll, Rules.from_json(case.poll.rules)
    parts: dict[str, Figures] = {}
    if poll.is_electronic:
        parts["electronic"] = _decrypted(poll, rules)
    if counts_papers(poll):
        parts["hands" if poll.method == Method.HANDS else "paper"] = _agreed(poll, rules)
    if poll.method == Method.NAMED:
        votes = list(poll.named_votes.values_list("choices", flat=True))
        parts["named"] = from_choices(rules, votes, poll.roll.filter(is_present=True).count())
    first, *rest = parts.values()
    total = sum(rest, first)
    _write(poll, decide(rules, total))
    poll.tally = {name: figures.as_json() for name, figures in {**parts, "total": total}.items()}
    poll.tally["rules_hash"] = poll.rules_hash
    poll.counted_at = clock.now()
    case.write(actor, "counted", need=str(poll.need), rules_hash=poll.rules_hash)
    return poll


def _agreed(poll: Poll, rules: Rules) -> Figures:
    """What both tellers say; CountsDiffer names the lines on which they do not agree."""
    rows = [figures_of(row) for row in poll.paper_counts.all()]
    if len(rows) < 2:
        raise NotCounted(what=N_("两位计票人分别录入的数字"))
    if found := differences(rules, *rows):
        labels = {option.ref: option.label for option in poll.options.all()}
        raise CountsDiffer(tuple(difference_label(name, labels) for name in found))
    return rows[0]


def _decrypted(poll: Poll, rules: Rules) -> Figures:
    event = poll.events.filter(kind=EventKind.RESULT).first()
    if event is None:
        given = poll.scrutineers.filter(has_decrypted=True).count()
        raise NotDecrypted(given=given, needed=poll.threshold)
    cast = poll.events.filter(kind=EventKind.BALLOT).count()
    issued = poll.roll.filter(issued=Issued.ELECTRONIC).count()
    return Figures(issued, cast, cast, 0, ballots.lines_of(rules.form, event.payload))


def _write(poll: Poll, result: Result) -> None:
    options = {option.ref: option for option in poll.options.all()}
    Outcome.objects.bulk_create(
        Outcome(
            poll=poll,
            option=options[line.ref],
            approve=line.approve,
            oppose=line.oppose,
            abstain=line.abstain,
            marks=list(line.marks),
            passed=line.passed,
            chosen=line.chosen,
            rank=line.rank,
            grade=line.grade,
        )
        for line in result.lines
    )
    poll.need, poll.tied, poll.places = result.need, list(result.tied), result.places
