"""A project is worked out: proposed, edited, shortlisted, scored, examined, discussed."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock, numbering, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid
from openrenda.kernel.text import N_
from openrenda.livelihood.models import Idea, Project, Score, ScreeningOpinion, Year
from openrenda.livelihood.rules import who
from openrenda.livelihood.states import Criterion, Fund, IdeaState, OpinionKind, Outcome, ProjectState
from openrenda.livelihood.workflow import IDEA, YEAR
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role
from openrenda.search.actions import touch

from .steps import HUB, OFFICE, Locked, known, lock, lock_year, not_in_future, required, take, write
from .telling import tell_ideas
from .values import ProjectText

_LINES = {"name": 80, "category": 20, "place": 200, "beneficiaries": 200, "fund_source": 300, "leader": 80,
          "land_status": 200}  # fmt: skip
_BLOCKS = {"content": 4000, "target": 2000, "annual_goal": 2000}
_AS_GIVEN = ("investment_total", "fund_code", "starts_on", "finishes_on", "is_multi_year", "lng", "lat")


@transaction.atomic
def propose_project(
    *, year_id: int, text: ProjectText, actor: Actor, idea_ids: Iterable[int] = (), serial: int | None = None
) -> Project:
    """The government makes a project, as a rule out of several ideas, which are merged into it."""
    year, _ = lock_year(year_id, actor)
    YEAR.take("propose", actor, year)
    project = new_project(year, text, actor, serial=serial)
    ideas = list(Idea.objects.select_for_update().filter(pk__in=set(idea_ids), year=year).order_by("pk"))
    if len(ideas) != len(set(idea_ids)):
        raise Invalid(fields={"ideas": N_("请重新选择这一项。")})
    for idea in ideas:
        idea.state = IDEA.take("merge", actor, idea).lands(IdeaState(idea.state))
        idea.project, idea.settled_on = project, clock.today()
        idea.save()
        touch("livelihood.idea", idea.pk)
        record(actor, "livelihood.idea_settled", idea, outcome=str(IdeaState.MERGED))
    tell_ideas([idea.pk for idea in ideas], Outcome.MERGED, actor, project=project)
    return project


def new_project(
    year: Year, text: ProjectText, actor: Actor, *, serial: int | None = None, came_from: Project | None = None,
    state: ProjectState = ProjectState.IDEA_POOL,
) -> Project:  # fmt: skip
    """A row with the next number of its year, and the first line of its story."""
    name = texts.line(text.name, "name")
    series = f"MSXM-{year.year}"
    if serial is not None:
        numbering.start_after(series, actor.congress_id, serial)
    project = Project(
        congress_id=actor.congress_id, year=year, state=state, name=name, content=text.content or name,
        serial=serial or numbering.take(series, actor.congress_id), came_from=came_from, created_at=clock.now(),
        updated_at=clock.now(),
    )  # fmt: skip
    _fill(project, text, actor)
    project.save(force_insert=True)
    _relate(project, text, actor)
    case = Locked(project, "", ProjectState(state))
    write(case, kind="project_proposed", text=N_("列入项目储备"), actor=actor, who=HUB, is_public=False)
    return project


def project_of_idea(idea: Idea, actor: Actor) -> Project:
    """An idea that is a project by itself."""
    YEAR.take("propose", actor, idea.year)
    text = ProjectText(
        name=idea.title, category=idea.category, content=idea.content, place=idea.place,
        beneficiaries=idea.beneficiaries, investment_total=idea.estimate,
    )  # fmt: skip
    return new_project(idea.year, text, actor)


def _fill(project: Project, text: ProjectText, actor: Actor) -> None:
    """Set what is given; what is empty stays."""
    for limits, clean in ((_LINES, texts.line), (_BLOCKS, texts.block)):
        for field, limit in limits.items():
            if value := getattr(text, field):
                setattr(project, field, clean(value, field, limit))
    for field in _AS_GIVEN:
        if (value := getattr(text, field)) is not None:
            setattr(project, field, value)
    _sound(project)
    if text.lead_unit_id is not None:
        (project.lead_unit,) = known(Unit, [text.lead_unit_id], actor, "lead_unit")


def _sound(project: Project) -> None:
    if project.investment_total is not None and project.investment_total < 0:
        raise Invalid(fields={"investment_total": N_("投资不能小于零。")})
    if project.starts_on and project.finishes_on and project.finishes_on < project.starts_on:
        raise Invalid(fields={"finishes_on": N_("完成时限不能早于开工日期。")})


def _relate(project: Project, text: ProjectText, actor: Actor) -> None:
    if text.street_ids is not None:
        project.streets.set(known(Unit, text.street_ids, actor, "streets"))
    if text.co_unit_ids is not None:
        project.co_units.set(known(Unit, text.co_unit_ids, actor, "co_units"))


@transaction.atomic
def edit_project(*, project_id: int, text: ProjectText, actor: Actor) -> Project:
    """Change what is given; each change is a line in the story that names the fields."""
    case = lock(project_id, actor)
    take(case, "edit", actor)
    _fill(case.project, text, actor)
    _relate(case.project, text, actor)
    empty = ProjectText()
    given = [f.name for f in fields(text) if getattr(text, f.name) != getattr(empty, f.name)]
    write(case, kind="project_edited", text=N_("修改项目内容"), actor=actor, who=HUB, is_public=False,
          fields=",".join(given))  # fmt: skip
    return case.project


@transaction.atomic
def shortlist_project(*, project_id: int, actor: Actor) -> Project:
    """Complete, with a target that can be counted: among the first candidates."""
    case = lock(project_id, actor)
    label = take(case, "shortlist", actor)
    write(case, kind="shortlisted", text=label, actor=actor, who=HUB)
    return case.project


@transaction.atomic
def send_back_project(*, project_id: int, reason: str, actor: Actor) -> Project:
    """Not this year, or not so: back to the pool."""
    case = lock(project_id, actor)
    label = take(case, "send_back", actor)
    note = required(reason=reason)["reason"]
    write(case, kind="sent_back", text=label, note=note, actor=actor, who=office_of(actor), is_public=False)
    return case.project


@transaction.atomic
def score_project(*, project_id: int, marks: Mapping[Criterion, int], actor: Actor, comment: str = "") -> Score:
    """One person's marks, 0 to 10 by each of ten criteria; again means instead."""
    case = lock(project_id, actor)
    take(case, "score", actor)
    if {str(c) for c in marks} != {str(c) for c in Criterion} or any(not 0 <= m <= 10 for m in marks.values()):
        raise Invalid(fields={"marks": N_("十项标准都要评，每项 0 至 10 分。")})
    row, _ = Score.objects.update_or_create(
        project=case.project, scorer=actor.urn,
        defaults={
            "scorer_name": actor.name[:80], "marks": {str(c): int(m) for c, m in marks.items()},
            "total": sum(int(m) for m in marks.values()), "comment": comment.strip()[:500], "at": clock.now(),
        },
    )  # fmt: skip
    record(actor, "livelihood.scored", case.project, before=case.before, total=row.total)
    return row


@transaction.atomic
def give_opinion(
    *, project_id: int, kind: OpinionKind, is_positive: bool, text: str, actor: Actor, unit_id: int | None = None
) -> ScreeningOpinion:
    """Lawful? Affordable? Said by a unit that is not the one in charge."""
    case = lock(project_id, actor)
    take(case, "give_opinion", actor)
    own = sorted(actor.scopes(Role.UNIT_LEADER) - {case.project.lead_unit_id})
    unit_id = (own[0] if own else None) if unit_id is None else unit_id
    if unit_id is None or unit_id == case.project.lead_unit_id:
        raise Invalid(fields={"unit": N_("请选择提出意见的单位；责任单位不能审查自己的项目。")})
    if not who.is_hub(actor, case.project) and unit_id not in own:
        raise Invalid(fields={"unit": N_("只能以本单位名义提出意见。")})
    (unit,) = known(Unit, [unit_id], actor, "unit")
    row = ScreeningOpinion.objects.create(
        project=case.project, kind=OpinionKind(kind), unit=unit, is_positive=is_positive, by=actor.urn,
        at=clock.now(), text=required(text=text)["text"],
    )  # fmt: skip
    write(case, kind="opinion_given", text=N_("{kind}意见"), params={"kind": OpinionKind(kind).label}, actor=actor,
          who=str(unit), is_public=False, positive=is_positive)  # fmt: skip
    return row


@transaction.atomic
def discuss_party(*, project_ids: Iterable[int], decided_on: date, actor: Actor, note: str = "") -> list[Project]:
    """The party committee has studied the first candidates; all or none."""
    not_in_future("decided_on", decided_on)
    done = []
    for pk in sorted(set(project_ids)):
        case = lock(pk, actor)
        label = take(case, "discuss_party", actor)
        write(case, kind="party_discussed", text=label, note=note.strip(), actor=actor, who=office_of(actor),
              on=decided_on.isoformat())  # fmt: skip
        done.append(case.project)
    return done


def office_of(actor: Actor) -> str:
    """How the story names who acted."""
    return OFFICE if actor.has(Role.SC_OFFICE) else HUB


@transaction.atomic
def reuse_project(*, project_id: int, year_id: int, actor: Actor) -> Project:
    """Out of the reserve into a later year's pool: a new row, so that the old year's vote stays as it was."""
    year, _ = lock_year(year_id, actor)
    YEAR.take("propose", actor, year)
    old = lock(project_id, actor).project
    if old.state not in (ProjectState.VOTED_OUT, ProjectState.IDEA_POOL) or old.year.year >= year.year:
        raise Conflict("livelihood.not_in_reserve", N_("只有以前年度储备库里的项目可以再次提出。"))
    return new_project(year, text_of(old), actor, came_from=old)


def text_of(old: Project) -> ProjectText:
    """What a project promises, for its next row; without dates, which belong to the old year."""
    text = ProjectText(
        name=old.name, category=old.category, content=old.content, target=old.target, place=old.place,
        beneficiaries=old.beneficiaries, investment_total=old.investment_total, fund_source=old.fund_source,
        fund_code=Fund(old.fund_code) if old.fund_code else None, lead_unit_id=old.lead_unit_id, leader=old.leader,
        is_multi_year=old.is_multi_year, lng=old.lng, lat=old.lat, land_status=old.land_status,
    )  # fmt: skip
    return replace(
        text,
        street_ids=tuple(old.streets.values_list("pk", flat=True)),
        co_unit_ids=tuple(old.co_units.values_list("pk", flat=True)),
    )
