"""Lists of the house itself that may be taken out: people, sessions, settings, the calendar, the record, one's notices.

Their packages stand below this one and cannot declare them; their selectors and filters are theirs.
"""

from collections.abc import Iterator, Sequence

from openrenda.accounts import audit_pages, directory, register, selectors, year
from openrenda.accounts.forms import AuditFilterForm
from openrenda.accounts.models import SignIn
from openrenda.audit.models import AuditEntry
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.notifications import selectors as notices
from openrenda.orgs.states import Role
from openrenda.ui.filters import t

from . import tables
from .tables import BATCH, DAY, MOMENT, NUMBER, Asked, Column, Params, Table, Value, signed_in, walk, wearing

ORIGIN, NAME, LOGIN, NO_LOGIN = N_("网络地址"), N_("姓名"), N_("登录名"), N_("没有账号")


def _people(actor: Actor, params: Params) -> Iterator[directory.PersonRow]:
    narrowed = directory.people_asked(params)

    def batch(after: str | None) -> tuple[Sequence[directory.PersonRow], str]:
        return directory.people_page(actor.congress_id, **narrowed, after=after or "", size=BATCH)

    return walk(batch)


def _people_asked(_actor: Actor, params: Params) -> Asked:
    narrowed = directory.people_asked(params)
    login = {True: t(N_("有账号")), False: t(NO_LOGIN), None: ""}[narrowed["with_login"]]
    return ((N_("查找"), narrowed["query"]), (N_("账号"), login))


def _standing(row: directory.PersonRow) -> Value:
    if not row.login:
        return t(NO_LOGIN)
    return t(N_("在用") if row.is_active else N_("已停用"))


PEOPLE = Table(
    name="accounts.people",
    label=N_("人员与账号"),
    definition=N_("全部人员，今天的任职和登录名。"),
    who=wearing(Role.SYSADMIN, Role.SECADMIN),
    personal=True,
    rows=_people,
    asked=_people_asked,
    columns=(
        Column(NAME, lambda row: row.name),
        Column(N_("现任"), lambda row: row.capacities, width=44),
        Column(LOGIN, lambda row: row.login),
        Column(N_("账号"), _standing),
    ),
)


def _sessions(actor: Actor, _params: Params) -> Iterator[SignIn]:
    return iter(selectors.open_sign_ins(actor.congress_id))


SESSIONS = Table(
    name="accounts.sessions",
    label=N_("正在使用"),
    definition=N_("现在登录着的人。"),
    who=wearing(Role.SECADMIN),
    personal=True,
    rows=_sessions,
    columns=(
        Column(NAME, lambda row: row.user.person.name),
        Column(LOGIN, lambda row: row.user.login),
        Column(N_("登录于"), lambda row: row.began_at, MOMENT),
        Column(N_("最近操作"), lambda row: row.seen_at, MOMENT),
        Column(ORIGIN, lambda row: row.origin),
    ),
)


def _locks(actor: Actor, _params: Params) -> Iterator[selectors.LockRow]:
    return iter(selectors.locks_in_force(actor.congress_id))


LOCKS = Table(
    name="accounts.locks",
    label=N_("锁定中"),
    definition=N_("连续输错密码而锁定的登录名和网络地址。"),
    who=wearing(Role.SECADMIN),
    personal=True,
    rows=_locks,
    columns=(
        Column(NAME, lambda row: row.name or t(N_("不存在的登录名或网络地址"))),
        Column(LOGIN, lambda row: row.login),
        Column(N_("失败次数"), lambda row: row.failures, NUMBER),
        Column(N_("锁定至"), lambda row: row.locked_until, MOMENT),
    ),
)


def _settings(actor: Actor, _params: Params) -> Iterator[register.SettingRow]:
    return (row for group in register.grouped(actor.congress_id) for row in group.rows)


SETTINGS = Table(
    name="accounts.settings",
    label=N_("参数设置"),
    definition=N_("法律留给本区自己定的值。"),
    who=wearing(Role.SYSADMIN, Role.SECADMIN, Role.SC_OFFICE, Role.SC_REP),
    rows=_settings,
    columns=(
        Column(N_("参数"), lambda row: t(row.parameter.description), width=44),
        Column(N_("代码"), lambda row: row.parameter.key, width=30),
        Column(N_("现在的值"), lambda row: row.raw),
        Column(N_("默认值"), lambda row: str(row.parameter.default)),
        Column(N_("法律规定"), lambda row: row.parameter.fixed),
        Column(N_("依据"), lambda row: row.parameter.source, width=36),
    ),
)


def _special_days(_actor: Actor, params: Params) -> Iterator[year.SpecialDay]:
    return iter(year.year_of(year.year_asked(params)).special)


CALENDAR = Table(
    name="accounts.calendar",
    label=N_("特别的日子"),
    definition=N_("一年里放假和调休上班的日子。"),
    who=wearing(Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP),
    rows=_special_days,
    asked=lambda _actor, params: ((N_("年份"), str(year.year_asked(params))),),
    columns=(
        Column(N_("日期"), lambda day: day.day, DAY),
        Column(N_("是"), lambda day: day.kind),
        Column(N_("说明"), lambda day: day.note, width=28),
        Column(N_("依据"), lambda day: t(day.source), width=36),
        Column(N_("本区登记"), lambda day: day.is_override),
    ),
)


def _audit(actor: Actor, params: Params) -> Iterator[AuditEntry]:
    return audit_pages.all_of(actor.congress_id, audit_pages.filter_of(AuditFilterForm(dict(params))))


def _audit_asked(_actor: Actor, params: Params) -> Asked:
    form = AuditFilterForm(dict(params))
    given = form.cleaned_data if form.is_valid() else {}
    return [(str(field.label), given.get(name)) for name, field in form.fields.items()]


AUDIT = Table(
    name="accounts.audit",
    label=N_("操作记录"),
    definition=N_("每一步操作一行，最近的在前。之前、之后是对象内容的摘要（SHA-256）。"),
    who=wearing(Role.AUDITOR),
    personal=True,
    rows=_audit,
    asked=_audit_asked,
    columns=(
        Column(N_("编号"), lambda row: row.pk, NUMBER),
        Column(N_("时间"), lambda row: row.at, MOMENT),
        Column(N_("谁"), lambda row: row.actor_name),
        Column(N_("代码"), lambda row: row.actor_urn),
        Column(N_("身份"), lambda row: " ".join(f"{role}@{scope}" for role, scope in row.actor_roles)),
        Column(N_("代表谁"), lambda row: row.on_behalf_of),
        Column(ORIGIN, lambda row: row.origin),
        Column(N_("做了什么"), lambda row: row.kind, width=28),
        Column(N_("对象"), lambda row: row.subject_kind),
        Column(N_("对象编号"), lambda row: row.subject_id, NUMBER),
        Column(N_("之前"), lambda row: row.before),
        Column(N_("之后"), lambda row: row.after),
        Column(N_("细节"), audit_pages.detail_words, width=44),
    ),
)


def _notices(actor: Actor, params: Params) -> Iterator[notices.Notice]:
    unread_only = params.get("unread") == "1"

    def batch(before: int | None) -> tuple[Sequence[notices.Notice], int | None]:
        found = notices.inbox(actor.urn, before_id=before, unread_only=unread_only, size=BATCH)
        return found.notices, found.older_than

    return walk(batch)


NOTICES = Table(
    name="notifications.inbox",
    label=N_("我的通知"),
    definition=N_("发给您本人的通知，新的在前。"),
    who=signed_in,
    rows=_notices,
    asked=lambda _actor, params: ((N_("通知"), t(N_("只看未读")) if params.get("unread") == "1" else ""),),
    columns=(
        Column(N_("时间"), lambda row: row.created_at, MOMENT),
        Column(N_("通知"), lambda row: t(row.title, **row.params), width=44),
        Column(N_("内容"), lambda row: t(row.body, **row.params), width=44),
        Column(N_("有关"), lambda row: t(row.topic_label)),
        Column(N_("已读"), lambda row: row.is_read),
    ),
)


def offer() -> None:
    """Called once in ready."""
    tables.register(PEOPLE, SESSIONS, LOCKS, SETTINGS, CALENDAR, AUDIT, NOTICES)
