"""The security administrator gives and ends posts, never his own."""

from datetime import date

from django.db import transaction

from openrenda.accounts.errors import NotYourself
from openrenda.accounts.rules import may_give_posts, require
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotFound
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Person, Post, Unit
from openrenda.orgs.states import Role


@transaction.atomic
def give_post(*, person_id: int, role: Role, unit_id: int, starts_on: date, actor: Actor, title: str = "") -> Post:
    """Appoint somebody else. Raises SeparationOfDuties, WrongScope (orgs), NotYourself."""
    require(may_give_posts, actor)
    if person_id == actor.person_id:
        raise NotYourself
    if not Person.objects.filter(pk=person_id, congress_id=actor.congress_id).exists():
        raise NotFound("accounts.no_person")
    if not Unit.objects.filter(pk=unit_id, congress_id=actor.congress_id, dissolved_on=None).exists():
        raise Invalid(fields={"unit": N_("请选择一个现有的单位。")})
    if Post.objects.filter(person_id=person_id, role=role, unit_id=unit_id, ends_on=None).exists():
        raise Invalid(fields={"role": N_("这位同志在该单位已有同样的岗位。")})
    return orgs.appoint(person_id=person_id, role=role, unit_id=unit_id, starts_on=starts_on, actor=actor, title=title)


@transaction.atomic
def end_post(*, post_id: int, on: date, actor: Actor) -> Post:
    """End somebody else's post; `on` is its last day."""
    require(may_give_posts, actor)
    post = Post.objects.filter(pk=post_id, person__congress_id=actor.congress_id).first()
    if post is None:
        raise NotFound("accounts.no_post")
    if post.person_id == actor.person_id:
        raise NotYourself
    if on < post.starts_on:
        raise Invalid(fields={"on": N_("结束日期不能早于开始日期。")})
    return orgs.end_post(post_id=post_id, on=on, actor=actor)
