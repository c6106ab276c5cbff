"""The standing committee fixes the candidates, deputies read about them and choose (domain.md 4.2, 4.5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number, value
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import BookletTooLate, NoProject, NotDecided, NothingToVote, TooFewCandidates
from openrenda.livelihood.events import CandidatesFixed, CandidatesPublished, ResultTaken
from openrenda.livelihood.models import Project, Year
from openrenda.livelihood.rules import clocks
from openrenda.livelihood.rules.votes import Difference, ballot_order
from openrenda.livelihood.states import Outcome, ProjectState, YearState
from openrenda.livelihood.workflow import YEAR
from openrenda.meetings import actions as meetings
from openrenda.meetings.actions import Form, Method, OptionSpec, Poll
from openrenda.meetings.models import AgendaItem
from openrenda.meetings.selectors import items_about
from openrenda.meetings.states import ItemState
from openrenda.search.actions import touch

from .steps import CONGRESS, OFFICE, Locked, lock_all, lock_year, required, revise, take, write
from .telling import tell_proposers
from .values import ProjectResult

CHOOSE = "livelihood.choose"
"""Purpose of the vote, as it comes back with what the meeting decided."""


def subject_of_year(year: Year) -> SubjectRef:
    """What agenda items about a year point at."""
    return SubjectRef("livelihood.year", year.pk)


@transaction.atomic
def deliberate(
    *, year_id: int, project_ids: Iterable[int], actor: Actor, item_id: int | None = None, decided_by: str = "",
    decided_on: date | None = None,
) -> list[Project]:  # fmt: skip
    """The standing committee has heard and deliberated: by an item of its agenda that is decided, or as its minutes
    say."""
    year, _ = lock_year(year_id, actor)
    YEAR.take("deliberate", actor, year)
    said = _decided_by(year, item_id) if item_id is not None else required(200, decided_by=decided_by)["decided_by"]
    done = []
    for case in lock_all(project_ids, year):
        label = take(case, "deliberate", actor)
        write(case, kind="deliberated", text=label, note=said, actor=actor, who=OFFICE,
              on=(decided_on or clock.today()).isoformat())  # fmt: skip
        done.append(case.project)
    return done


def _decided_by(year: Year, item_id: int) -> str:
    item = items_about(subject_of_year(year)).filter(pk=item_id).first()
    if item is None:
        raise Invalid(fields={"item": N_("请选择审议这个年度项目的议程。")})
    if item.state not in (ItemState.PASSED, ItemState.HEARD):
        raise NotDecided
    return f"{item.meeting.title} {item.title}"[:200]


@transaction.atomic
def fix_candidates(
    *, year_id: int, project_ids: Iterable[int], actor: Actor, decided_by: str = "",
    numbers: Mapping[int, int] | None = None,
) -> Difference:  # fmt: skip
    """Fix who stands, with more candidates than places; the ballot's order follows category or strokes.

    `numbers` are those of a ballot that was printed long ago, for loads; nobody else may choose an order."""
    year, before = lock_year(year_id, actor)
    moved = YEAR.take("fix_candidates", actor, year)
    cases = lock_all(project_ids, year)
    difference = Difference(
        len(cases), year.quota, clocks.least_difference(year.congress_id),
        number(clocks.WARN_DIFF_RATIO, year.congress_id),
    )  # fmt: skip
    if not difference.is_enough:
        raise TooFewCandidates(candidates=len(cases), quota=year.quota, minimum=difference.minimum)
    places = _places(cases, year, numbers, actor)
    for case in cases:
        label = take(case, "fix", actor)
        case.project.cand_no = places[case.project.pk]
        write(case, kind="candidate_fixed", text=label, actor=actor, who=OFFICE, note=decided_by.strip()[:200])
        tell_proposers(case.project, Outcome.CANDIDATE, actor)
    year.state = moved.lands(YearState(year.state))
    year.candidates_fixed_on, year.candidates_decided_by = clock.today(), decided_by.strip()[:120]
    year.difference_percent = difference.percent
    year.save()
    record(actor, "livelihood.candidates_fixed", year, before=before, candidates=len(cases))
    publish(CandidatesFixed(year.pk), actor)
    return difference


def _places(cases: Sequence[Locked], year: Year, numbers: Mapping[int, int] | None, actor: Actor) -> dict[int, int]:
    if numbers is not None:
        if actor.origin != "load":
            raise NotAllowed("livelihood.order_is_ruled", N_("候选项目的排列按类别或者笔画，不能指定。"))
        if sorted(numbers) != sorted(case.project.pk for case in cases):
            raise Invalid(fields={"numbers": N_("候选编号与候选项目不一致。")})
        return dict(numbers)
    how = str(value(clocks.BALLOT_ORDER, year.congress_id))
    ordered = ballot_order([case.project for case in cases], how)
    return {project.pk: place for place, project in enumerate(ordered, start=1)}


@transaction.atomic
def publish_candidates(*, year_id: int, session_on: date, actor: Actor) -> Year:
    """The explanations go to every deputy, in time before the session, and to everybody for comment."""
    year, before = lock_year(year_id, actor)
    YEAR.take("publish_candidates", actor, year)
    least = number(clocks.BOOKLET_DAYS, year.congress_id)
    if (session_on - clock.today()).days < least:
        raise BookletTooLate(days=least)
    year.booklet_sent_on, year.session_on = clock.today(), session_on
    year.save()
    touch("livelihood.project", *year.projects.values_list("pk", flat=True))
    record(actor, "livelihood.candidates_published", year, before=before, session_on=session_on.isoformat())
    publish(CandidatesPublished(year.pk), actor)
    return year


@transaction.atomic
def put_to_vote(
    *, year_id: int, item_id: int, method: Method, actor: Actor, title: str = "", form: Form | None = None,
    key: str = "", threshold: int = 0,
) -> Poll:  # fmt: skip
    """Draw up the ballot of the session; what is decided comes back by itself (`take_result`)."""
    year, before = lock_year(year_id, actor)
    moved = YEAR.take("put_to_vote", actor, year)
    item_about(item_id, year)
    rows = list(year.projects.filter(state=ProjectState.CANDIDATE).order_by("cand_no"))
    if not rows:
        raise NothingToVote
    poll = meetings.put_to_vote(
        item_id=item_id,
        title=title.strip() or f"{year.year}年度民生实事项目票决",
        method=method,
        form=form or Form.SELECT,
        options=[OptionSpec(str(row.pk), row.name, row.category) for row in rows],
        quota=year.quota,
        threshold=threshold,
        key=key,
        purpose=CHOOSE,
        actor=actor,
    )
    year.state, year.poll_key = moved.lands(YearState(year.state)), poll.key
    year.save()
    record(actor, "livelihood.put_to_vote", year, before=before, poll=poll.key)
    return poll


def item_about(item_id: int, year: Year) -> AgendaItem:
    item = items_about(subject_of_year(year)).filter(pk=item_id).first()
    if item is None:
        raise Invalid(fields={"item": N_("请选择关于这个年度项目的议程。")})
    return item


@transaction.atomic
def take_result(
    *, year_id: int, results: Sequence[ProjectResult], actor: Actor, poll_key: str = "", on: date | None = None
) -> Year:
    """What deputies chose: final numbers by votes; who was not chosen goes to the reserve. Twice means nothing new.

    After a re-vote the result comes once more, with more chosen; what was chosen stays so."""
    year, before = lock_year(year_id, actor)
    moved = YEAR.take("take_result", actor, year)
    lines = {int(line.ref): line for line in results}
    cases = [case for case in lock_all(lines, year) if case.was in (ProjectState.CANDIDATE, ProjectState.VOTED_OUT)]
    if not cases and not year.projects.filter(pk__in=lines).exists():
        raise NoProject
    for case in cases:
        _settle(case, lines[case.project.pk], actor)
    _number_by_votes(year)
    year.state = moved.lands(YearState(year.state))
    year.voted_on = year.voted_on or on or clock.today()
    year.poll_key = poll_key or year.poll_key
    year.plan_due = clocks.plan_by(year.voted_on, year.congress_id).due
    year.save()
    record(actor, "livelihood.result_taken", year, before=before, poll=year.poll_key)
    publish(ResultTaken(year.pk), actor)
    return year


def _settle(case: Locked, line: ProjectResult, actor: Actor) -> None:
    project = case.project
    project.approve_votes, project.oppose_votes, project.abstain_votes = line.approve, line.oppose, line.abstain
    params = {"votes": str(line.approve)}
    if line.chosen:
        take(case, "vote_in", actor)
        project.investment_voted, project.is_reserved = project.investment_total, False
        text, outcome = N_("代表票决当选，得 {votes} 票"), Outcome.CHOSEN
    elif case.was == ProjectState.CANDIDATE:
        take(case, "vote_out", actor)
        project.is_reserved = True
        text, outcome = N_("得 {votes} 票，未当选，列入储备库"), Outcome.NOT_CHOSEN
    else:
        return
    write(case, kind="voted", text=text, params=params, actor=actor, who=CONGRESS, votes=line.approve)
    tell_proposers(project, outcome, actor)
    if line.chosen:
        revise(project, N_("代表票决通过"), CONGRESS)


def _number_by_votes(year: Year) -> None:
    """第1项 is the one with most votes; equal votes by place on the ballot. Numbers once given stay when more come."""
    rows = list(year.projects.filter(state=ProjectState.VOTED_IN).order_by("-approve_votes", "cand_no"))
    year.projects.filter(pk__in=[row.pk for row in rows]).update(final_no=None)
    for place, row in enumerate(rows, start=1):
        Project.objects.filter(pk=row.pk).update(final_no=place)
