"""The configuration register."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts import actions, register
from openrenda.accounts.forms import SettingForm
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.accounts.rules import may_set
from openrenda.kernel import parameters
from openrenda.orgs.states import Role
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

READERS = (Role.SYSADMIN, Role.SECADMIN, Role.SC_OFFICE, Role.SC_REP)


@needs_role(*READERS)
@require_safe
def settings(request: ActorRequest) -> HttpResponse:
    """Every setting with its value, default and source."""
    return page(request, "accounts/manage/settings.html", {"groups": register.grouped(request.actor.congress_id)})


@needs_role(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: ActorRequest, key: str) -> HttpResponse:
    """One setting: what it means, its history, and a new value with a reason."""
    row = register.row_of(parameters.parameter(key), request.actor.congress_id)
    form = SettingForm(request.POST or None, parameter=row.parameter, initial={"value": row.raw})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.change_setting, key=key, actor=request.actor, **form.values()) is not None
    ):
        return see_other(reverse("accounts:setting", args=[key]))
    history = register.history(row.parameter, request.actor.congress_id)
    context = {"row": row, "form": form, "verdict": may_set(key)(request.actor, None), "history": history}
    return page(request, "accounts/manage/setting.html", context, status=422 if request.method == "POST" else 200)
