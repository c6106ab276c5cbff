"""`openrenda reset-password LOGIN`: a fresh one-time password; sessions end, a lock is lifted."""

import argparse

from openrenda.accounts import actions
from openrenda.accounts.selectors import user_of_login
from openrenda.cli.create_account import operator
from openrenda.orgs.selectors import the_congress


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("login", help="登录名 (login name)")
    parser.add_argument("--congress", default="", help="区的代号 (code of the congress; default: the first)")


def run(options: argparse.Namespace) -> int:
    """Prints the one-time password, which is stored nowhere."""
    congress = the_congress(options.congress)
    user = user_of_login(congress.pk, options.login)
    user, password = actions.reset_password(user_id=user.pk, actor=operator(congress.pk))
    print(f"登录名 {user.login}，新的初始密码 {password}（只显示这一次，登录后须更换；原有登录已全部退出）")
    return 0
