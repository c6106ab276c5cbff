"""What everybody may see: a year's projects, one project's life, published ideas."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.documents import pdf
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.livelihood.selectors import asked, pages, places
from openrenda.livelihood.selectors.pages import YearPage
from openrenda.ui.filters import t
from openrenda.ui.render import page, see_other
from openrenda.ui.shapes import FacetGroup, Link

from . import booklet as paper
from . import charts, faces, idea_faces, queries
from .district_map import Place, draw
from .shapes import CardFace


@require_safe
@public
def index(request: ActorRequest) -> HttpResponse:
    """To the newest year with something to show."""
    latest = pages.latest_year(request.actor.congress_id)
    if latest is None:
        return page(request, "livelihood/empty.html")
    return see_other(reverse("livelihood:year", args=[latest.year]))


@require_safe
@public
def year(request: ActorRequest, year: int) -> HttpResponse:
    """The year's projects, where they are, how they were chosen, how the year goes."""
    found = pages.year_page(request.actor.congress_id, year)
    return page(request, "livelihood/year.html", {**_year(found), **_call(request)})


def _year(found: YearPage) -> dict[str, Any]:
    voted = found.year.voted_on is not None
    shown = [row for row in found.rows if row.is_chosen or not voted]
    cards = [faces.card(row, n) for n, row in enumerate(shown, start=1)]
    spots = places.spots(found.year.congress_id) if cards else []
    words = {"year": found.year.year, "n": len(cards)}
    candidates = bool(cards) and not voted
    title = (
        N_("{year}年，这{n}个里选哪些")
        if candidates
        else N_("{year}年，要办好这{n}件事")
        if cards
        else N_("{year}年民生实事")
    )
    return {
        "year": found.year,
        "years": [
            Link(t(N_("{year}年"), year=n), reverse("livelihood:year", args=[n]), current=n == found.year.year)
            for n in found.years
        ],
        "title": t(title, **words),
        "lead": N_("候选项目由常委会确定，等全体代表投票选出。")
        if candidates
        else N_("每一件由全体人大代表投票选出，进度和花费每月公开。")
        if cards
        else "",
        "cards": cards,
        "cards_title": N_("候选项目") if candidates else N_("代表选出的项目"),
        "map": draw(spots, [_place(card) for card in cards]),
        "vote": faces.vote(found),
        "phases": faces.phases(found.year),
        "sums": faces.year_sums(found),
        "idea_count": found.published_ideas,
        "booklet_url": reverse("livelihood:booklet", args=[found.year.year]) if found.year.booklet_sent_on else "",
    }


def _place(card: CardFace) -> Place:
    return Place(card.number, card.lng, card.lat, card.street_ids)


def _call(request: ActorRequest) -> dict[str, Any]:
    call = places.open_call(request.actor.congress_id)
    return {
        "call_open": call is not None,
        "call_year": call.year if call else 0,
        "call_closes": call.closes_on if call else None,
    }


@require_safe
@public
def project(request: ActorRequest, year: int, serial: int) -> HttpResponse:
    """One project from the first idea to the judgement."""
    found = pages.project_page(request.actor.congress_id, year, serial)
    p = found.row.project
    context = {
        "p": p,
        "card": faces.card(found.row),
        "crumbs": _crumbs(year, p.name),
        "facts": faces.facts(p),
        "sums": faces.project_sums(p),
        "chart": charts.months(faces.month_rows(found.progress)),
        "milestones": found.milestones if p.plan_published_on else (),
        "plan_text": p.plan_text if p.plan_published_on else "",
        "adjustments": faces.adjustments(found.adjustments),
        "evaluations": faces.evaluations(found.evaluations),
        "story": faces.story(found),
        "ideas": [idea_faces.row(idea) for idea in found.ideas],
        "vote_words": t(N_("{n}票赞成"), n=p.approve_votes) if p.approve_votes is not None else "",
        "proof_url": faces.proof_url(p.year),
        "group": _group(p),
    }
    return page(request, "livelihood/project.html", context)


def _group(p: Any) -> str:
    group = getattr(p, "group", None)
    return f"{group.name}（{t(N_('组长'))}：{group.leader}）" if group else ""


def _crumbs(year: int, here: str) -> list[Link]:
    return [
        Link(N_("民生实事"), reverse("livelihood:index")),
        Link(t(N_("{year}年"), year=year), reverse("livelihood:year", args=[year])),
        Link(here),
    ]


@require_safe
@public
def booklet(request: ActorRequest, year: int) -> HttpResponse:
    """The explanations that went to every deputy, as PDF."""
    found = pages.the_year(request.actor.congress_id, year)
    if found.booklet_sent_on is None:
        raise NotFound
    made = pdf.render("livelihood/booklet.typ", paper.data(found))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="projects-{year}.pdf"'
    return answer


@require_safe
@public
def ideas(request: ActorRequest, year: int) -> HttpResponse:
    """What people proposed, as far as they agreed to show it."""
    the_year = pages.the_year(request.actor.congress_id, year)
    category = asked.category(request.GET.dict())
    rows = pages.public_ideas(the_year, category, queries.number(request, "before"))
    shown = rows[: pages.IDEAS_PAGE]
    names = [(name, name, None) for name in pages.idea_categories(the_year)]
    context = {
        "year": the_year,
        "crumbs": _crumbs(year, N_("大家提了什么")),
        "rows": [idea_faces.row(row) for row in shown],
        "facets": [FacetGroup(N_("类别"), queries.answers(request, "category", names))] if len(names) > 1 else [],
        "clear": request.path if category else "",
        "older": queries.here_with(request, before=shown[-1].pk) if len(rows) > len(shown) else "",
    }
    return page(request, "livelihood/ideas.html", context)


@require_safe
@public
def idea(request: ActorRequest, key: str) -> HttpResponse:
    """The story of one published idea."""
    found, steps = pages.public_idea(request.actor.congress_id, key)
    context = {"idea": idea_faces.face(found, steps), "crumbs": _crumbs(found.year.year, found.key)}
    return page(request, "livelihood/idea.html", context)
