"""`openrenda create-account LOGIN`: a login from the server itself; how the first administrator comes in."""

import argparse
import getpass

from django.db import transaction

from openrenda.accounts import actions
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.selectors import the_congress, unit_by_code
from openrenda.orgs.states import MANDATE_ROLES, Role


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose login, and with which post."""
    parser.add_argument("login", help="登录名 (login name)")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--name", help="姓名：新登记一个人 (enter a new person)")
    who.add_argument("--person", type=int, help="已有人员的编号 (the id of a person who is known)")
    parser.add_argument("--email", default="", help="电子邮箱 (e-mail of a new person)")
    posts = [str(role) for role in Role if role not in MANDATE_ROLES]
    parser.add_argument("--role", choices=posts, help="同时授予的岗位 (a post given at once)")
    parser.add_argument("--unit", help="岗位所在单位的编号 (code of the post's unit)")
    parser.add_argument("--congress", default="", help="区的代号 (code of the congress; default: the first)")


def run(options: argparse.Namespace) -> int:
    """Prints the one-time password, which is stored nowhere."""
    if (options.role is None) != (options.unit is None):
        raise Invalid("cli.post_needs_both", N_("--role 和 --unit 要一起给。"), N_("请补上另一个。"))
    congress = the_congress(options.congress)
    actor = operator(congress.pk)
    with transaction.atomic():
        person_id = options.person
        if person_id is None:
            person_id = actions.add_person(name=options.name, phone="", email=options.email, actor=actor).pk
        if options.role is not None:
            unit = unit_by_code(congress.pk, options.unit)
            orgs.appoint(
                person_id=person_id, role=Role(options.role), unit_id=unit.pk, starts_on=clock.today(), actor=actor
            )
        user, password = actions.create_account(person_id=person_id, login=options.login, actor=actor)
    print(f"登录名 {user.login}，初始密码 {password}（只显示这一次，第一次登录须更换）")
    return 0


def operator(congress_id: int) -> Actor:
    """Whoever runs our commands on the server keeps accounts; each act is recorded under his name there."""
    roles = frozenset({(str(Role.SYSADMIN), 0)})
    name = getpass.getuser()
    return Actor(urn=f"cli:{name}", name=name, congress_id=congress_id, roles=roles, origin="cli")
