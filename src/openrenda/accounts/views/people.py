"""People, logins and posts."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts import actions, directory
from openrenda.accounts.forms import AccountForm, PersonForm, PostEndForm, PostForm
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.accounts.models import User
from openrenda.kernel import clock
from openrenda.orgs.states import Role
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

KEEPERS = (Role.SYSADMIN, Role.SECADMIN)
PERSON = "accounts/manage/person.html"


@needs_role(*KEEPERS)
@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Everybody, by pinyin; search by name, pinyin, initials or login."""
    narrowed = directory.people_asked(request.GET.dict())
    rows, older = directory.people_page(request.actor.congress_id, **narrowed, after=request.GET.get("after", ""))
    login = request.GET.get("login", "")
    context = {"rows": rows, "query": narrowed["query"], "login": login, "older": older}
    return page(request, "accounts/manage/people.html", context, fragment="results")


@needs_role(Role.SYSADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: ActorRequest) -> HttpResponse:
    """Enter somebody new."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = attempt(form, actions.add_person, actor=request.actor, **form.values())
        if person is not None:
            return see_other(reverse("accounts:person", args=[person.pk]))
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/manage/add_person.html", {"form": form}, status=status)


@needs_role(*KEEPERS)
@require_safe
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """One person: login, posts, mandates, sessions."""
    return _person(request, pk)


def _person(
    request: ActorRequest,
    pk: int,
    *,
    account_form: AccountForm | None = None,
    post_form: PostForm | None = None,
    end_form: PostEndForm | None = None,
    password: str = "",
    status: int = 200,
) -> HttpResponse:
    congress_id = request.actor.congress_id
    context = directory.person_page(congress_id, pk)
    return page(
        request,
        PERSON,
        {
            "it": context,
            "account_form": account_form or AccountForm(),
            "password": password,
            "end_form": end_form,
            "post_form": post_form
            or PostForm(units=directory.unit_choices(congress_id), initial={"starts_on": clock.today()}),
            "is_sysadmin": request.actor.has(Role.SYSADMIN),
            "is_secadmin": request.actor.has(Role.SECADMIN),
        },
        status=status,
    )


@needs_role(Role.SYSADMIN)
@never_cache
@require_POST
def create_account(request: ActorRequest, pk: int) -> HttpResponse:
    """A login; its one-time password is shown on the answer and never again."""
    form = AccountForm(request.POST)
    made = (
        attempt(form, actions.create_account, person_id=pk, actor=request.actor, **form.values())
        if form.is_valid()
        else None
    )
    if made is None:
        return _person(request, pk, account_form=form, status=422)
    return _person(request, pk, password=made[1])


@needs_role(Role.SYSADMIN)
@never_cache
@require_POST
def reset_password(request: ActorRequest, pk: int) -> HttpResponse:
    """A fresh one-time password, shown once."""
    user, password = actions.reset_password(user_id=pk, actor=request.actor)
    return _person(request, user.person_id, password=password)


def _one_step(role: tuple[Role, ...], step: Callable[..., User]) -> Callable[..., HttpResponseBase]:
    """A POST that does one thing to a login and goes back to its person."""

    @needs_role(*role)
    @require_POST
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        user = step(user_id=pk, actor=request.actor)
        return see_other(reverse("accounts:person", args=[user.person_id]))

    return view


unlock = _one_step(KEEPERS, actions.unlock)
deactivate = _one_step((Role.SYSADMIN,), actions.deactivate)
reactivate = _one_step((Role.SYSADMIN,), actions.reactivate)


@needs_role(Role.SECADMIN)
@require_POST
def give_post(request: ActorRequest, pk: int) -> HttpResponse:
    """Appoint."""
    form = PostForm(request.POST, units=directory.unit_choices(request.actor.congress_id))
    if not form.is_valid() or (
        attempt(form, actions.give_post, person_id=pk, actor=request.actor, **form.values()) is None
    ):
        return _person(request, pk, post_form=form, status=422)
    return see_other(reverse("accounts:person", args=[pk]))


@needs_role(Role.SECADMIN)
@require_POST
def end_post(request: ActorRequest, pk: int) -> HttpResponse:
    """End a post on a day."""
    post = directory.post_of(request.actor.congress_id, pk)
    form = PostEndForm(request.POST)
    if not form.is_valid() or attempt(form, actions.end_post, post_id=pk, actor=request.actor, **form.values()) is None:
        return _person(request, post.person_id, end_form=form, status=422)
    return see_other(reverse("accounts:person", args=[post.person_id]))
