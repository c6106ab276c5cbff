"""Who may keep accounts, posts, settings and the calendar (三员分立: none of these roles touches a case)."""

from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, any_of, deny
from openrenda.orgs.states import Role


def _role(role: Role, code: str, message: str) -> Rule:
    def check(actor: Actor, target: Any) -> Verdict:
        return ALLOWED if actor.has(role) else deny(code, message, N_("如您有其他职务，请先切换身份。"))

    return check


is_sysadmin = _role(Role.SYSADMIN, "accounts.sysadmin_only", N_("这一步由系统管理员办理。"))
is_secadmin = _role(Role.SECADMIN, "accounts.secadmin_only", N_("这一步由安全管理员办理。"))
is_sc_office = _role(Role.SC_OFFICE, "accounts.office_only", N_("这一步由常委会办公室办理。"))
is_sc_rep = _role(Role.SC_REP, "accounts.office_or_rep_only", N_("这一步由常委会办公室或代表工委办理。"))

may_keep_accounts = is_sysadmin
may_unlock = any_of(is_sysadmin, is_secadmin)
may_end_sessions = is_secadmin
may_give_posts = is_secadmin
may_edit_calendar = any_of(is_sysadmin, is_sc_office)
may_apply_calendar = any_of(is_sc_office, is_sc_rep)


def may_set(key: str) -> Rule:
    """Security settings are the security administrator's; the district's own rules are entered by the system's."""
    return is_secadmin if key.startswith("accounts.") else is_sysadmin


def require(rule: Rule, actor: Actor, target: Any = None) -> None:
    """Raise NotAllowed with the rule's reason."""
    verdict = rule(actor, target)
    if not verdict:
        raise NotAllowed.by(verdict)
