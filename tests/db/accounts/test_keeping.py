"""Keeping accounts, posts, settings and the calendar: who may, and what is written down."""

from datetime import date
from typing import Any

import pytest

from openrenda.accounts import actions, audit_pages, directory, register, selectors, year
from openrenda.accounts.errors import HasLogin, LoginTaken, NotYourself
from openrenda.accounts.forms import AuditFilterForm
from openrenda.accounts.models import SignIn
from openrenda.audit.models import AuditEntry
from openrenda.kernel import calendars, parameters, recompute
from openrenda.kernel.errors import Invalid, NotAllowed, NotFound
from openrenda.kernel.models import CalendarDay
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.workdays import DayKind
from openrenda.orgs.actions import SeparationOfDuties
from openrenda.orgs.models import Post
from openrenda.orgs.states import OVERSEERS, Role
from tests.conftest import FrozenClock
from tests.makers.accounts import a_sign_in, a_user, sysadmin_actor, visitor
from tests.makers.orgs import a_congress, a_deputy, a_person, a_unit, staff_actor

ADMINS = {
    "sysadmin": Role.SYSADMIN,
    "secadmin": Role.SECADMIN,
    "auditor": Role.AUDITOR,
    "office": Role.SC_OFFICE,
    "rep": Role.SC_REP,
}


def wears(role: Any) -> Any:
    return staff_actor(role, "R01")


# --- 三员分立: who may what, spelled a second time --------------------------------------------------------------------

DEEDS = {
    "create": ({Role.SYSADMIN}, lambda a: actions.create_account(person_id=a_person().pk, login="new.one", actor=a)),
    "reset": ({Role.SYSADMIN}, lambda a: actions.reset_password(user_id=a_user(a_person()).pk, actor=a)),
    "deactivate": ({Role.SYSADMIN}, lambda a: actions.deactivate(user_id=a_user(a_person()).pk, actor=a)),
    "unlock": ({Role.SYSADMIN, Role.SECADMIN}, lambda a: actions.unlock(user_id=a_user(a_person()).pk, actor=a)),
    "end_session": (
        {Role.SECADMIN},
        lambda a: actions.end_sign_in(sign_in_id=a_sign_in(a_user(a_person())).pk, actor=a),
    ),
    "give_post": ({Role.SECADMIN}, lambda a: give(a, Role.UNIT_CLERK)),
    "mark_day": ({Role.SYSADMIN, Role.SC_OFFICE}, lambda a: mark(a, first=date(2027, 2, 6))),
    "recompute": ({Role.SC_OFFICE, Role.SC_REP}, lambda a: actions.apply_recompute(actor=a)),
    "security_setting": (
        {Role.SECADMIN},
        lambda a: actions.change_setting(key="accounts.idle_minutes", raw="10", reason="查", actor=a),
    ),
}


def give(actor: Any, role: Any, person: Any = None, unit: Any = "B03") -> Any:
    return actions.give_post(
        person_id=(person or a_person()).pk, role=role, unit_id=a_unit(unit).pk, starts_on=date(2025, 3, 1), actor=actor
    )


def mark(
    actor: Any,
    *,
    first: date = date(2027, 2, 6),
    last: date | None = None,
    kind: DayKind = DayKind.HOLIDAY,
    source: str = "国办发明电〔2026〕1号",
) -> Any:
    return actions.mark_days(first=first, last=last or first, kind=kind, source=source, actor=actor)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [*OVERSEERS, Role.SC_OFFICE, Role.SC_REP, Role.SC_LEADER, Role.UNIT_LEADER], ids=str)
def test_each_deed_is_only_its_own_administrators(deed: Any, role: Any) -> None:
    allowed, do = DEEDS[deed]
    if role in allowed:
        do(wears(role))
    else:
        with pytest.raises(NotAllowed):
            do(wears(role))


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in OVERSEERS for b in OVERSEERS if a != b])
def test_nobody_is_two_of_the_three(first: Any, second: Any) -> None:
    secadmin, person = wears(Role.SECADMIN), a_person()
    give(secadmin, first, person)
    with pytest.raises(SeparationOfDuties):
        give(secadmin, second, person)
    with pytest.raises(SeparationOfDuties):
        give(secadmin, Role.SC_REP, person)


def test_a_deputy_is_none_of_the_three() -> None:
    with pytest.raises(SeparationOfDuties):
        give(wears(Role.SECADMIN), Role.AUDITOR, a_deputy().person)


def test_nobody_gives_or_ends_his_own_post() -> None:
    secadmin = wears(Role.SECADMIN)
    me = Post.objects.get(person_id=secadmin.person_id)
    with pytest.raises(NotYourself):
        actions.give_post(
            person_id=me.person_id,
            role=Role.SECADMIN,
            unit_id=a_unit("R02").pk,
            starts_on=date(2025, 3, 1),
            actor=secadmin,
        )
    with pytest.raises(NotYourself):
        actions.end_post(post_id=me.pk, on=date(2025, 3, 10), actor=secadmin)


def test_nobody_switches_himself_off() -> None:
    sysadmin = wears(Role.SYSADMIN)
    user, _ = actions.create_account(person_id=sysadmin.person_id, login="me.myself", actor=sysadmin)
    with pytest.raises(NotYourself):
        actions.deactivate(user_id=user.pk, actor=sysadmin)


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_a_person_has_one_login_and_a_login_one_person() -> None:
    person = a_person()
    actions.create_account(person_id=person.pk, login="zhang.san", actor=sysadmin_actor())
    with pytest.raises(HasLogin):
        actions.create_account(person_id=person.pk, login="zhang.san2", actor=sysadmin_actor())
    with pytest.raises(LoginTaken):
        actions.create_account(person_id=a_person().pk, login="ZHANG.san", actor=sysadmin_actor())


@pytest.mark.parametrize("login", ["", "ab", "张三", "a b c", "-abc", "a" * 81, "a'; drop table"])
def test_a_login_name_is_letters_digits_and_few_signs(login: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_account(person_id=a_person().pk, login=login, actor=sysadmin_actor())
    assert "login" in refusal.value.fields


def test_a_reset_ends_sessions_lifts_the_lock_and_must_be_changed() -> None:
    user = a_user(a_person())
    row = a_sign_in(user)
    for _ in range(5):
        with pytest.raises(Invalid):
            actions.sign_in(login=user.login, password="wrong", actor=visitor())
    assert selectors.lock_of(user) is not None
    _, password = actions.reset_password(user_id=user.pk, actor=sysadmin_actor())
    row.refresh_from_db()
    assert row.end_reason == "password"
    assert selectors.lock_of(user) is None
    fresh = a_sign_in(user, password=password)
    assert fresh.user.must_change_password
    entry = AuditEntry.objects.get(kind="accounts.password_reset")
    assert password not in str(entry.__dict__)


def test_what_belongs_to_another_congress_is_unknown() -> None:
    a_congress()
    there = a_user(a_person(congress=a_congress("elsewhere")))
    for deed in (actions.reset_password, actions.unlock, actions.deactivate):
        with pytest.raises(NotFound):
            deed(user_id=there.pk, actor=sysadmin_actor())
    with pytest.raises(NotFound):
        actions.end_sign_in(sign_in_id=SignIn.objects.filter(user=there).latest("pk").pk, actor=wears(Role.SECADMIN))


@pytest.mark.parametrize("typed", ["欧阳", "欧阳明", "ouyang", "OYM", "oym", "ou.ming"])
def test_people_are_found_by_name_pinyin_initials_and_login(typed: Any) -> None:
    person = a_person("欧阳明")
    a_user(person, login="ou.ming")
    a_person("李四")
    rows, more = directory.people_page(a_congress().pk, query=typed)
    assert ([row.name for row in rows], more) == (["欧阳明"], "")


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_of_people_costs_three_queries(count: Any, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        a_deputy()
    congress_id = a_congress().pk
    with django_assert_num_queries(3):
        directory.people_page(congress_id)


def test_pages_of_people_follow_without_gap_or_double() -> None:
    made = {a_person(name).pk for name in ["王一", "王一", "王二", "李四", "赵六", "王一", "安然"]}
    seen, after = [], ""
    while True:
        rows, after = directory.people_page(a_congress().pk, after=after, size=2)
        seen += [row.id for row in rows]
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert made <= set(seen)


# --- settings ---------------------------------------------------------------------------------------------------------


def test_a_setting_is_changed_from_now_on_with_its_reason(clock: FrozenClock) -> None:
    before = clock.now
    secadmin = wears(Role.SECADMIN)
    clock.forward(days=1)
    actions.change_setting(key="accounts.idle_minutes", raw=" 15 ", reason="安全检查", actor=secadmin)
    parameter = parameters.parameter("accounts.idle_minutes")
    assert parameters.value(parameter, secadmin.congress_id) == 15
    assert parameters.value(parameter, secadmin.congress_id, at=before) == 30
    assert a_sign_in(a_user(a_person())).idle_minutes == 15
    [change] = register.history(parameter, secadmin.congress_id)
    assert (change.value, change.reason, change.by) == ("15", "安全检查", secadmin.name)
    entry = AuditEntry.objects.get(kind="accounts.setting_changed")
    assert entry.detail == {"key": "accounts.idle_minutes", "old": "30", "new": "15"}


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_setting_without_a_reason(reason: Any) -> None:
    with pytest.raises(Invalid):
        actions.change_setting(key="accounts.idle_minutes", raw="15", reason=reason, actor=wears(Role.SECADMIN))


@pytest.mark.parametrize(
    "parameter", [p for p in parameters.all_parameters() if p.key.startswith("accounts.")], ids=lambda p: p.key
)
def test_each_setting_has_bounds_that_hold(parameter: Any) -> None:
    secadmin = wears(Role.SECADMIN)
    for good in (parameter.minimum, parameter.maximum, parameter.default):
        actions.change_setting(key=parameter.key, raw=str(good), reason="试", actor=secadmin)
    for bad in (parameter.minimum - 1, parameter.maximum + 1, "1.5", "十", "", "１５"):
        with pytest.raises(Invalid):
            actions.change_setting(key=parameter.key, raw=str(bad), reason="试", actor=secadmin)


def test_what_the_standard_fixes_cannot_be_loosened() -> None:
    bounds = {p.key: (p.minimum, p.maximum) for p in parameters.all_parameters()}
    assert bounds["accounts.lock_failures"][1] == 5
    assert bounds["accounts.lock_minutes"][0] == 10
    assert bounds["accounts.idle_minutes"][1] == 30


def test_the_register_page_costs_one_query(django_assert_num_queries: Any) -> None:
    congress_id = a_congress().pk
    with django_assert_num_queries(1):
        groups = register.grouped(congress_id)
    assert "accounts" in {group.prefix for group in groups}


# --- calendar ---------------------------------------------------------------------------------------------------------


def test_a_notice_is_entered_day_by_day_with_its_source(django_capture_on_commit_callbacks: Any) -> None:
    office = wears(Role.SC_OFFICE)
    assert calendars.load_calendar().is_workday(date(2027, 2, 8))
    with django_capture_on_commit_callbacks(execute=True):
        mark(office, first=date(2027, 2, 6), last=date(2027, 2, 12))
        mark(office, first=date(2027, 2, 14), kind=DayKind.MAKEUP)
    cal = calendars.load_calendar()
    assert not cal.is_workday(date(2027, 2, 8))
    assert cal.is_workday(date(2027, 2, 14))
    assert AuditEntry.objects.filter(kind="accounts.calendar_day_marked").count() == 8
    page = year.year_of(2027)
    assert [(d.day.day, d.is_override) for d in page.special if d.day.month == 2 and d.is_override][:2] == [
        (6, True),
        (7, True),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        actions.clear_day(day=date(2027, 2, 8), actor=office)
    assert calendars.load_calendar().is_workday(date(2027, 2, 8))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"source": " "}, "source"), ({"last": date(2027, 2, 1)}, "last"), ({"last": date(2027, 3, 30)}, "last")],
)
def test_a_notice_without_source_or_with_dates_that_cannot_be_is_refused(change: Any, field: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        mark(wears(Role.SC_OFFICE), **change)
    assert field in refusal.value.fields
    assert not CalendarDay.objects.exists()


def test_the_year_agrees_with_the_notice_of_2025() -> None:
    page = year.year_of(2025)
    kinds = {day.day: day.kind for day in page.special}
    assert kinds[date(2025, 1, 28)] is DayKind.HOLIDAY
    assert kinds[date(2025, 1, 26)] is DayKind.MAKEUP
    assert page.workdays == 248


@pytest.mark.parametrize(("today", "short"), [(date(2025, 3, 10), False), (date(2026, 6, 1), True)])
def test_a_calendar_that_ends_soon_is_told(clock: FrozenClock, today: Any, short: Any) -> None:
    clock.at(today)
    page = year.year_of(2025)
    assert page.is_short == ((page.covered_until - today).days < 400)
    if page.covered_until == date(2026, 12, 31):
        assert page.is_short == short


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two open deadlines of a slice that does not exist, ten working days from 3 March 2025 as the notices stood."""
    monkeypatch.setattr(recompute, "_register", {})
    start = date(2025, 3, 3)
    cases = {1: date(2025, 3, 17), 2: date(2025, 3, 17)}

    def preview(congress_id: Any, cal: Any) -> Any:
        return [
            recompute.DueChange(SubjectRef("test.case", pk), f"事项{pk}", "办理", due, cal.add(start, 10))
            for pk, due in cases.items()
            if cal.add(start, 10) != due
        ]

    def apply(actor: Any, cal: Any) -> Any:
        changes = preview(actor.congress_id, cal)
        cases.update({change.subject.id: change.new_due for change in changes})
        return changes

    recompute.register_recompute("test.cases", "测试期限", preview, apply)
    return cases


def test_a_new_holiday_moves_open_deadlines_only_when_somebody_says_so(deadlines: dict[int, date]) -> None:
    congress_id = a_congress().pk
    assert year.pending_changes(congress_id) == []
    mark(wears(Role.SYSADMIN), first=date(2025, 3, 12))
    [group] = year.pending_changes(congress_id)
    assert [(c.title, c.old_due, c.new_due) for c in group.changes] == [
        ("事项1", date(2025, 3, 17), date(2025, 3, 18)),
        ("事项2", date(2025, 3, 17), date(2025, 3, 18)),
    ]
    assert deadlines[1] == date(2025, 3, 17)
    moved = actions.apply_recompute(actor=wears(Role.SC_REP))
    assert len(moved) == 2
    assert deadlines == {1: date(2025, 3, 18), 2: date(2025, 3, 18)}
    assert AuditEntry.objects.get(kind="accounts.deadlines_recomputed").detail == {
        "deadlines": "test.cases",
        "moved": 2,
    }
    assert year.pending_changes(congress_id) == []


def test_a_kind_of_deadline_registers_once(deadlines: dict[int, date]) -> None:
    with pytest.raises(ValueError, match="twice"):
        recompute.register_recompute("test.cases", "", lambda c, cal: [], lambda a, cal: [])


# --- the record -------------------------------------------------------------------------------------------------------


def test_the_record_is_filtered_and_paged(django_assert_num_queries: Any) -> None:
    office = wears(Role.SC_OFFICE)
    mark(office, first=date(2027, 2, 1), last=date(2027, 2, 28))
    mark(office, first=date(2027, 3, 1), last=date(2027, 3, 31))
    form = AuditFilterForm({"who": office.name, "kind": "accounts.calendar"})
    with django_assert_num_queries(1):
        page = audit_pages.page_of(office.congress_id, form, "")
    assert len(page.entries) == 50
    last = page.older.partition("before=")[2]
    rest = audit_pages.page_of(office.congress_id, form, last)
    assert len(rest.entries) == 9
    assert rest.older == ""
    day = audit_pages.page_of(
        office.congress_id, AuditFilterForm({"since": "2025-03-10", "until": "2025-03-10", "kind": "accounts.cal"}), ""
    )
    assert len(day.entries) == 50
    none = audit_pages.page_of(office.congress_id, AuditFilterForm({"until": "2025-03-09"}), "")
    assert none.entries == []


@pytest.mark.parametrize(
    "nonsense", [{"subject": "x:y"}, {"subject": ":" + "9" * 40}, {"since": "gestern"}, {"who": "\x00"}]
)
def test_a_filter_that_makes_no_sense_breaks_nothing(nonsense: Any) -> None:
    audit_pages.page_of(a_congress().pk, AuditFilterForm(nonsense), "-1")
    audit_pages.page_of(a_congress().pk, AuditFilterForm(nonsense), "9" * 40)
