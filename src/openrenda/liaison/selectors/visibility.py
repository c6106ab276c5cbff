"""Who sees which opinion. Every list and every single look-up of the workbench starts here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Opinion, OpinionDeputy, Referral
from openrenda.liaison.rules.who import UNIT_ROLES
from openrenda.liaison.states import ReferralState, RouteLevel
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role

WHOLE_DISTRICT = (Role.SC_REP, Role.SC_LEADER, Role.SC_OFFICE)
NEVER_THERE = (ReferralState.PROPOSED, ReferralState.DECLINED)
"""A hop that was only thought of gives no unit a right to look."""


def visible_to(actor: Actor) -> QuerySet[Opinion]:
    """What this actor may open in the workbench; the resident sees just the own one. No query by itself."""
    rows = Opinion.objects.filter(congress_id=actor.congress_id)
    if actor.urn.startswith("opinion:"):
        return rows.filter(pk=int(actor.urn.removeprefix("opinion:")))
    if actor.has(*WHOLE_DISTRICT):
        return rows
    reach = Q(pk__in=[])
    if stations := actor.scopes(Role.STATION_STAFF, Role.STATION_HEAD):
        reach |= Q(station_id__in=stations)
    if streets := actor.scopes(Role.STREET_NPC):
        reach |= Q(street_id__in=streets)
    if actor.has(Role.GOV_HUB):
        reach |= Q(awaiting_role=Role.GOV_HUB) | _had(Q(level=RouteLevel.DEPARTMENT))
    if units := actor.scopes(*UNIT_ROLES):
        reach |= Q(handler_unit_id__in=units) | _had(Q(unit_id__in=units))
    if mandates := actor.scopes(Role.DEPUTY):
        reach |= _near(mandates)
    return rows.filter(reach)


def _had(which: Q) -> Q:
    """A hop that was really sent there, also a former one."""
    return Q(Exists(Referral.objects.filter(which, opinion_id=OuterRef("pk")).exclude(state__in=NEVER_THERE)))


def _near(mandates: frozenset[int]) -> Q:
    """A deputy sees the station served, and what was said or given to the deputy anywhere."""
    stations = Mandate.objects.filter(pk__in=mandates).values("station_id")
    parts = OpinionDeputy.objects.filter(opinion_id=OuterRef("pk"), mandate_id__in=mandates)
    return Q(deputy_id__in=mandates) | Q(station_id__in=stations) | Q(Exists(parts))
