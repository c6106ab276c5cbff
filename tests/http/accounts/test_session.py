"""Sessions in a browser: where they lead, how long they last, what ends them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from openrenda.accounts import actions, selectors
from openrenda.accounts.models import SignIn
from openrenda.audit.models import AuditEntry
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Post
from openrenda.orgs.states import Role
from tests.conftest import FrozenClock
from tests.makers.accounts import (
    PASSWORD,
    a_deputy_user,
    a_sign_in,
    a_user,
    a_user_in,
    client_in,
    client_of,
    sysadmin_actor,
)
from tests.makers.orgs import a_congress, a_deputy, a_person, a_staff_member, a_unit, setup_actor

SIGN_IN = "/account/sign-in/"
ACCOUNT = "/account/"


def sign_in(client: Client, user: Any, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": user.login, "password": PASSWORD, **more})


def asked_to_sign_in(answer: Any) -> Any:
    return answer.status_code == 303 and answer["Location"].startswith(SIGN_IN)


def test_the_form_signs_in_and_leads_back() -> None:
    user, client = a_user_in(Role.SC_REP, "R02"), Client()
    assert client.get(SIGN_IN + "?next=/manage/calendar/").status_code == 200
    answer = sign_in(client, user, next="/manage/calendar/")
    assert (answer.status_code, answer["Location"]) == (303, "/manage/calendar/")
    page = client.get("/manage/calendar/")
    assert page.status_code == 200
    assert user.person.name in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "evil",
        "",
    ],
)
def test_next_never_leads_elsewhere(where: Any) -> None:
    answer = sign_in(Client(), a_user_in(Role.SC_REP, "R02"), next=where)
    assert (answer.status_code, answer["Location"]) == (303, "/work/")


def test_a_wrong_password_answers_422_in_words_and_keeps_the_name() -> None:
    a_user_in(Role.SC_REP, "R02", login="shenruolan")
    answer = Client().post(SIGN_IN, {"login": "shenruolan", "password": "wrong", "next": "/work/"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名或密码不对。还可以再试 4 次" in html
    assert 'value="shenruolan"' in html
    assert "wrong" not in html.replace("wrong_", "")


def test_the_session_key_changes_at_sign_in_and_what_was_planted_is_gone() -> None:
    user, client = a_user_in(Role.SC_REP, "R02"), Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, user)
    assert client.session.session_key != before
    assert "planted" not in client.session
    assert not type(session)().exists(before)


def test_the_session_cookie_is_closed_to_scripts_and_to_other_sites() -> None:
    client = client_in(Role.SC_REP, "R02")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_half_an_hour_without_a_click_ends_it_and_says_so(clock: FrozenClock) -> None:
    client = client_in(Role.SC_REP, "R02")
    clock.forward(minutes=29)
    assert client.get(ACCOUNT).status_code == 200
    clock.forward(minutes=29)
    assert client.get(ACCOUNT).status_code == 200, "each click begins the half hour anew"
    clock.forward(minutes=30)
    answer = client.get(ACCOUNT)
    assert asked_to_sign_in(answer)
    assert "长时间没有操作" in client.get(answer["Location"]).content.decode()
    row = SignIn.objects.latest("pk")
    assert row.end_reason == "idle"
    assert AuditEntry.objects.filter(kind="accounts.session_timed_out", subject_id=row.pk).exists()


def test_twelve_hours_end_it_however_busy(clock: FrozenClock) -> None:
    client = client_in(Role.SC_REP, "R02")
    for _ in range(35):
        clock.forward(minutes=20)
        assert client.get(ACCOUNT).status_code == 200
    clock.forward(minutes=20)
    assert asked_to_sign_in(client.get(ACCOUNT))
    assert SignIn.objects.latest("pk").end_reason == "lifetime"


def test_a_form_sent_after_the_session_ended_leads_back_to_the_form(clock: FrozenClock) -> None:
    client = client_in(Role.SYSADMIN)
    clock.forward(hours=1)
    answer = client.post(
        "/manage/people/new/", {"name": "张三"}, headers={"referer": "http://testserver/manage/people/new/?a=1"}
    )
    assert asked_to_sign_in(answer)
    assert "next=%2Fmanage%2Fpeople%2Fnew%2F%3Fa%3D1" in answer["Location"]


def test_htmx_is_told_to_load_the_sign_in_page_whole() -> None:
    answer = Client().get(
        "/manage/people/", headers={"hx-request": "true", "hx-current-url": "http://testserver/manage/people/?q=z"}
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/account/sign-in/?next=%2Fmanage%2Fpeople%2F%3Fq%3Dz"


def test_signing_out_ends_the_session_for_good_and_twice_is_no_error() -> None:
    client = client_in(Role.SC_REP, "R02")
    stolen = client.cookies["sessionid"].value
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").status_code == 303
    assert client.post("/account/sign-out/").status_code == 303
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert asked_to_sign_in(thief.get(ACCOUNT))
    assert SignIn.objects.latest("pk").end_reason == "signed_out"
    assert AuditEntry.objects.filter(kind="accounts.signed_out").count() >= 1


def test_sign_in_and_out_want_a_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"login": "a", "password": "b"}).status_code == 403
    assert client.post("/account/sign-out/").status_code == 403


# --- passwords --------------------------------------------------------------------------------------------------------


def test_a_one_time_password_opens_only_the_page_where_it_is_changed() -> None:
    user, client = a_user(a_staff_member(Role.SC_REP, "R02"), fresh=True), Client()
    client.post(SIGN_IN, {"login": user.login, "password": user.once, "next": "/manage/calendar/"})
    answer = client.get("/manage/calendar/")
    assert (answer.status_code, answer["Location"]) == (303, "/account/password/?next=%2Fmanage%2Fcalendar%2F")
    assert client.post("/manage/calendar/mark/", {}).status_code == 303
    form = {"old": user.once, "new": "Hua-Li-2025", "again": "Hua-Li-2025", "next": "/manage/calendar/"}
    assert client.post("/account/password/", form)["Location"] == "/manage/calendar/"
    assert client.get("/manage/calendar/").status_code == 200


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("Short-1", "密码至少要 10 个字符。"),
        ("alllowercase", "大写字母、小写字母、数字、符号中至少要有 3 类。"),
        ("user-name-1A", "密码里不能含有登录名或姓名的拼音。"),
        ("Zhangsan-2025", "密码里不能含有登录名或姓名的拼音。"),
        (PASSWORD, "新密码不能和现在的一样。"),
        ("Aa1-" * 40, "密码太长"),
        ("", "请填写这一项。"),
    ],
)
def test_a_weak_password_is_refused_in_words(new: Any, sentence: Any) -> None:
    user = a_user(a_person("张三"), login="user-name")
    answer = client_of(user).post("/account/password/", {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_two_different_new_passwords_and_a_wrong_old_one_are_told() -> None:
    client = client_of(a_user(a_person()))
    answer = client.post("/account/password/", {"old": PASSWORD, "new": "Hua-Li-2025", "again": "Hua-Li-2026"})
    assert "两次输入的新密码不一样。" in answer.content.decode()
    for _ in range(4):
        answer = client.post("/account/password/", {"old": "wrong", "new": "Hua-Li-2025", "again": "Hua-Li-2025"})
        assert "现在的密码不对。" in answer.content.decode()
    answer = client.post("/account/password/", {"old": "wrong", "new": "Hua-Li-2025", "again": "Hua-Li-2025"})
    assert "连续输错次数太多" in answer.content.decode(), "a stolen session cannot guess for ever"


def test_a_new_password_ends_other_sessions_and_keeps_this_one() -> None:
    user = a_user(a_person())
    here, there = client_of(user), client_of(user)
    key = here.session.session_key
    here.post("/account/password/", {"old": PASSWORD, "new": "Hua-Li-2025", "again": "Hua-Li-2025"})
    assert here.get(ACCOUNT).status_code == 200
    assert here.session.session_key != key
    assert asked_to_sign_in(there.get(ACCOUNT))


def test_after_ninety_days_the_password_must_be_changed(clock: FrozenClock) -> None:
    user = a_user(a_person())
    clock.forward(days=90)
    client = Client()
    sign_in(client, user, next=ACCOUNT)
    assert client.get(ACCOUNT).status_code == 200
    clock.forward(minutes=1)
    client = Client()
    sign_in(client, user, next=ACCOUNT)
    assert client.get(ACCOUNT)["Location"].startswith("/account/password/")
    assert "密码已到更换期限" in client.get("/account/password/").content.decode()


# --- hats -------------------------------------------------------------------------------------------------------------


def two_hats() -> Any:
    """A deputy who also works at the standing committee's office: login, mandate hat, post hat."""
    mandate = a_deputy(station="S01")
    post = orgs.appoint(
        person_id=mandate.person_id,
        role=Role.SC_OFFICE,
        unit_id=a_unit("R01").pk,
        starts_on=mandate.starts_on,
        actor=setup_actor(a_congress()),
    )
    return a_deputy_user(mandate), f"mandate:{mandate.pk}", f"unit:{post.unit_id}", post


def test_who_has_several_hats_chooses_one_and_it_is_remembered() -> None:
    user, deputy, office, _ = two_hats()
    client = Client()
    answer = sign_in(client, user, next="/manage/")
    assert answer["Location"] == "/account/hat/?next=/manage/"
    assert client.get("/manage/calendar/").status_code == 404, (
        "the deputy's hat, first in the list, opens no administration"
    )
    assert client.post("/account/hat/", {"hat": office, "next": "/manage/"})["Location"] == "/manage/"
    assert client.get("/manage/calendar/").status_code == 200
    assert AuditEntry.objects.filter(kind="accounts.hat_chosen", detail__hat=office).count() == 1
    again = Client()
    assert sign_in(again, user, next="/manage/")["Location"] == "/manage/"
    assert again.get("/manage/calendar/").status_code == 200
    client.post("/account/hat/", {"hat": deputy})
    assert client.get("/manage/calendar/").status_code == 404


@pytest.mark.parametrize("hat", ["unit:999999", "mandate:999999", "", "x" * 41])
def test_a_hat_one_does_not_have_is_refused(hat: Any) -> None:
    user, *_ = two_hats()
    answer = client_of(user).post("/account/hat/", {"hat": hat})
    assert answer.status_code in {403, 404}


def test_an_ended_post_loses_its_power_at_the_next_click(clock: FrozenClock) -> None:
    user = a_user_in(Role.SC_OFFICE, "R01")
    client = client_of(user)
    assert client.get("/manage/calendar/").status_code == 200
    post = Post.objects.get(person=user.person)
    orgs.end_post(post_id=post.pk, on=clock.today, actor=setup_actor(a_congress()))
    assert client.get("/manage/calendar/").status_code == 200, "the last day is worked"
    clock.forward(hours=15, minutes=1)
    client = client_of(user)
    assert client.get("/manage/calendar/").status_code == 404
    assert "您目前没有任职" in client.get("/account/hat/").content.decode()


def test_the_remembered_hat_that_ended_gives_way_to_the_one_left(clock: FrozenClock) -> None:
    user, deputy, office, post = two_hats()
    client = client_of(user)
    client.post("/account/hat/", {"hat": office})
    orgs.end_post(post_id=post.pk, on=clock.today, actor=setup_actor(a_congress()))
    clock.forward(days=1)
    row = a_sign_in(user)
    assert selectors.worn(selectors.hats_today(user), row.hat, user.last_hat).key == deputy


@pytest.mark.parametrize("posts", [1, 12])
def test_knowing_who_asks_costs_four_queries_however_many_posts(posts: Any) -> None:
    person = a_staff_member(Role.UNIT_CLERK, "B03")
    units = ["R01", "R02", "R03", "R04", "G00", "G01", "B04", "F01", "P01", "J01", "J02"][: posts - 1]
    for code in units:
        orgs.appoint(
            person_id=person.pk,
            role=Role.UNIT_CLERK,
            unit_id=a_unit(code).pk,
            starts_on=a_deputy().starts_on,
            actor=setup_actor(a_congress()),
        )
    client = client_of(a_user(person))
    client.get("/i18n/setlang/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/i18n/setlang/")
    assert len(queries) == 4, [q["sql"][:90] for q in queries]


def test_a_visitor_costs_no_query_but_the_congress_once() -> None:
    a_congress()
    client = Client()
    client.get("/i18n/setlang/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/i18n/setlang/")
    assert len(queries) == 0


def test_switching_a_login_off_ends_its_sessions_at_once() -> None:
    user = a_user_in(Role.SC_REP, "R02")
    client = client_of(user)
    actions.deactivate(user_id=user.pk, actor=sysadmin_actor())
    assert asked_to_sign_in(client.get(ACCOUNT))


# --- where from -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "origin"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (1, "", "127.0.0.1"),
        (1, "not an address", ""),
        (2, "1.2.3.4, 10.0.0.1", "1.2.3.4"),
    ],
)
def test_only_our_own_proxies_are_believed(settings: Settings, proxies: Any, forwarded: Any, origin: Any) -> None:
    settings.TRUSTED_PROXIES = proxies
    user = a_user_in(Role.SC_REP, "R02")
    Client().post(SIGN_IN, {"login": user.login, "password": PASSWORD}, headers={"x-forwarded-for": forwarded})
    assert SignIn.objects.latest("pk").origin == origin
