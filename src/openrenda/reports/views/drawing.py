"""The drawing behind the map: brought and replaced by the deputies' office."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.reports import actions
from openrenda.reports.forms import DrawingForm
from openrenda.reports.selectors import places
from openrenda.reports.selectors.places import Asked, Matters
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from .atlas import atlas


@needs_role(Role.SC_REP)
@require_http_methods(["GET", "HEAD", "POST"])
def drawing(request: ActorRequest) -> HttpResponse:
    """What is drawn now, and a file that replaces it."""
    congress_id = request.actor.congress_id
    form = DrawingForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.draw_streets, raw=form.raw(), actor=request.actor) is not None
    ):
        places.forget(congress_id)
        messages.success(request, N_("街道图已更新。"))
        return see_other(reverse("reports:drawing"))
    found = places.fresh_district(congress_id)
    drawn = {shape.unit_id for shape in found.outlines if shape.unit_id is not None}
    context = {
        "form": form,
        "atlas": atlas(found, Matters((), is_cut=False), Asked()),
        "missing": [name for pk, name in found.streets.items() if pk not in drawn] if drawn else [],
        "count": len(drawn),
    }
    return page(request, "reports/drawing.html", context, status=422 if request.method == "POST" else 200)
