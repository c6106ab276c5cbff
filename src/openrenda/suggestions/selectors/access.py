"""The one gate to a suggestion."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Organ, Role
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.models import Assignment, Cosigner, Feedback, Reply, Suggestion
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import CosignState, Importance, ReplyState, State

WHOLE = (Role.SC_REP, Role.SC_OFFICE)
"""Offices that see every suggestion that was submitted."""

PRIVATE = (State.DRAFT, State.COSIGNING)
ASKED = (CosignState.INVITED, CosignState.CONFIRMED, CosignState.DECLINED)
"""Deputies who were asked to sign may read what they were asked about."""
SHOWN = ("lead__person", "delegation", "main_unit", "oversight_unit", "category", "session", "group", "register_line")


def visible(actor: Actor) -> QuerySet[Suggestion]:
    """Suggestions this actor may open in the workbench (signatories, units concerned, offices). No query yet.

    A draft is its deputies' own; a withdrawn draft too.
    """
    rows = Suggestion.objects.filter(congress_id=actor.congress_id)
    reach = Q(pk__in=[])
    mandates = actor.scopes(Role.DEPUTY)
    if mandates:
        asked = Cosigner.objects.filter(mandate_id__in=mandates, state__in=ASKED)
        reach |= Q(lead_id__in=mandates) | Q(pk__in=asked.values("suggestion_id"))
    if actor.has(*WHOLE):
        reach |= ~Q(state__in=PRIVATE) & Q(submitted_at__isnull=False)
    if actor.has(Role.SC_LEADER):
        reach |= Q(shelf__isnull=False)
    if committees := actor.scopes(Role.SC_COMMITTEE):
        reach |= Q(oversight_unit_id__in=committees, shelf__isnull=False)
    if actor.has(Role.GOV_HUB):
        reach |= Q(organ=Organ.GOVERNMENT, first_assigned_on__isnull=False)
        reach |= Q(pk__in=Assignment.objects.filter(is_hub=True).values("suggestion_id"))
    if units := actor.scopes(*UNIT_ROLES):
        reach |= Q(pk__in=Assignment.objects.filter(unit_id__in=units).values("suggestion_id"))
    return rows.filter(reach)


def suggestion_for(actor: Actor, pk: int) -> Suggestion:
    """The only way an edge obtains a suggestion; NotFound when unknown or not to be seen. One query."""
    found = visible(actor).filter(pk=pk).select_related(*SHOWN).first()
    if found is None:
        raise NoSuggestion
    return found


def reply_for(actor: Actor, pk: int) -> Reply:
    """A reply of a suggestion that this actor may open, deputies only issued ones; NotFound otherwise. One query."""
    rows = Reply.objects.filter(pk=pk, suggestion__in=visible(actor)).select_related("suggestion", "assignment__unit")
    if not sees_drafts(actor):
        rows = rows.filter(state=ReplyState.ISSUED)
    found = rows.first()
    if found is None:
        raise NoSuggestion
    return found


def sees_drafts(actor: Actor) -> bool:
    """Replies on their way are for units and offices, not for the deputies whom they answer."""
    return actor.has(*WHOLE, Role.GOV_HUB, *UNIT_ROLES)


def feedback_seen_by(actor: Actor, suggestion: Suggestion) -> QuerySet[Feedback]:
    """Deputies see their own verdict only, until the case is closed (domain.md A.2); offices and units see all."""
    rows = suggestion.feedbacks.select_related("mandate__person")
    if suggestion.state == State.CLOSED or sees_drafts(actor) or actor.has(Role.SC_COMMITTEE, Role.SC_LEADER):
        return rows
    return rows.filter(mandate_id__in=actor.scopes(Role.DEPUTY))


def is_key(suggestion: Suggestion) -> bool:
    """Is it under special supervision?"""
    return suggestion.importance != Importance.NORMAL


def subject_title(pk: int) -> str:
    """How a suggestion is called in notices, files and the audit. One query."""
    row = Suggestion.objects.filter(pk=pk).only("key", "title").first()
    return "" if row is None else f"{number_of(row.key)} {row.title}".strip()


def subject_url(pk: int, actor: Actor) -> str:
    """Its page for this actor: the workbench's, or the public one. Two queries at most."""
    if visible(actor).filter(pk=pk).exists():
        return reverse("suggestions:work", args=[pk])
    key = Suggestion.objects.filter(pk=pk).values_list("key", flat=True).first()
    return reverse("suggestions:case", args=[key]) if key else reverse("suggestions:index")


def subject_visible(actor: Actor, pk: int) -> bool:
    """May this actor see what hangs on it: whoever may open it in the workbench, or anybody when it is out in full."""
    if not actor.is_anonymous and visible(actor).filter(pk=pk).exists():
        return True
    return Suggestion.objects.filter(pk=pk, congress_id=actor.congress_id, publicity="full").exists()
