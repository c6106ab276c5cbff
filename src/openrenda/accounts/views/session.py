"""Signing in and out, one's hat, one's password, one's account."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts import actions, selectors
from openrenda.accounts.forms import HatForm, PasswordForm, SignInForm
from openrenda.accounts.gates import public, signed_in
from openrenda.accounts.http import (
    ActorRequest,
    agent_of,
    close_session,
    local_path,
    open_session,
    renew_session,
)
from openrenda.accounts.passwords import rules_of
from openrenda.accounts.states import SignInEnd
from openrenda.kernel.errors import NotFound
from openrenda.orgs.selectors import Hat
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

CHOOSE_HAT = "/account/hat/"
SESSION_ENDS = {str(end): end.label for end in SignInEnd}


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ActorRequest) -> HttpResponse:
    """The form; a right answer leads back to where one came from."""
    back = local_path(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        if request.sign_in is not None:
            return see_other(back)
        return page(request, "accounts/sign_in.html", _sign_in_context(request, SignInForm(initial={"next": back})))
    form = SignInForm(request.POST)
    row = (
        attempt(form, actions.sign_in, actor=request.actor, agent=agent_of(request), **form.values())
        if form.is_valid()
        else None
    )
    if row is None:
        return page(request, "accounts/sign_in.html", _sign_in_context(request, form), status=422)
    open_session(request, row)
    return see_other(_first_stop(selectors.hats_today(row.user), row.hat, back))


def _sign_in_context(request: ActorRequest, form: SignInForm) -> dict[str, object]:
    return {"form": form, "why": SESSION_ENDS.get(request.GET.get("why", ""), "")}


def _first_stop(hats: list[Hat], remembered: str, back: str) -> str:
    """Who has several hats and has not chosen one yet is asked first."""
    if len(hats) > 1 and remembered not in {hat.key for hat in hats}:
        return f"{CHOOSE_HAT}?next={back}"
    return back


@public
@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    """Leave; twice is no error."""
    if request.sign_in is not None:
        actions.sign_out(sign_in_id=request.sign_in.pk, actor=request.actor)
    close_session(request)
    return see_other("/account/sign-in/?why=signed_out")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hat(request: ActorRequest) -> HttpResponse:
    """Choose in which capacity to act."""
    back = local_path(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        return page(request, "accounts/hat.html", {"hats": request.hats, "worn": request.hat, "next": back})
    form = HatForm(request.POST)
    if not form.is_valid() or request.sign_in is None:
        raise NotFound
    actions.wear_hat(sign_in_id=request.sign_in.pk, key=form.cleaned_data["hat"], actor=request.actor)
    renew_session(request)
    return see_other(back)


@signed_in
@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """A new password; other sessions end with it."""
    assert request.sign_in is not None, "signed_in has seen to it"
    user, back = request.sign_in.user, local_path(request.POST.get("next") or request.GET.get("next"))
    form = PasswordForm(request.POST or None, initial={"next": back})
    if request.method == "POST" and form.is_valid():
        wanted = {"user_id": user.pk, "actor": request.actor, "keep_sign_in": request.sign_in.pk, **form.values()}
        if attempt(form, actions.change_password, **wanted) is not None:
            renew_session(request)
            return see_other(back)
    context = {"form": form, "user": user, "rules": rules_of(request.actor.congress_id)}
    return page(request, "accounts/password.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_safe
def account(request: ActorRequest) -> HttpResponse:
    """One's own login, hats and last sessions."""
    assert request.sign_in is not None, "signed_in has seen to it"
    user = request.sign_in.user
    context = {"user": user, "hats": request.hats, "worn": request.hat, "sign_ins": selectors.sign_ins_of(user)}
    return page(request, "accounts/account.html", {**context, "this": request.sign_in})
