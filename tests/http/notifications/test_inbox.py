"""The inbox in a browser: mine only, with the reason, by pages; the link at the end of a letter."""

import pytest
from django.test import Client
from django.urls import reverse

from openrenda.kernel import subject
from openrenda.notifications import actions, selectors
from openrenda.notifications.models import EmailPreference, Notification
from openrenda.orgs.states import Role
from tests.makers.accounts import a_user_in, client_of
from tests.makers.notifications import told

INBOX = "/inbox/"


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_kinds", dict(subject._kinds))
    subject.register(
        "liaison.opinion", title=str, url=lambda pk, actor: f"/ui/?case={pk}", visible=lambda actor, pk: pk == 7
    )


@pytest.fixture
def me() -> tuple[Client, str]:
    """A clerk's browser and urn."""
    user = a_user_in(Role.UNIT_CLERK, "B03")
    return client_of(user), f"person:{user.person_id}"


def text(client: Client, url: str = INBOX) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    told("public")
    for path in (INBOX, "/inbox/1/", "/inbox/preferences/"):
        response = client.get(path)
        assert response.status_code == 303
        assert response["Location"].startswith("/account/sign-in/?next=%2Finbox%2F")
    for path in ("/inbox/1/read/", "/inbox/read/"):
        assert client.post(path, {"up_to": "99"})["Location"].startswith("/account/sign-in/")
    assert Notification.objects.get().read_at is None


def test_an_empty_inbox_says_what_will_be_here(me: tuple[Client, str]) -> None:
    assert "还没有通知" in text(me[0])


def test_a_notice_says_what_happened_and_why_it_came(me: tuple[Client, str]) -> None:
    client, urn = me
    (mine,) = told(urn, number="YJ2025-S01-000127")
    told("person:0", number="YJ2025-S01-000999")
    page = text(client)
    for part in (
        "意见 YJ2025-S01-000127 已受理",
        "为什么我会收到",
        "您是桐荫联络站的联络员。",
        "<details",
        f"/inbox/{mine.pk}/",
    ):
        assert part in page
    assert "000999" not in page


def test_texts_are_escaped(me: tuple[Client, str]) -> None:
    client, urn = me
    told(urn, number="<script>alert(1)</script>")
    page = text(client)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_following_a_notice_reads_it_and_leads_on(me: tuple[Client, str]) -> None:
    client, urn = me
    (row,) = told(urn)
    response = client.get(reverse("notifications:open", args=[row.pk]))
    assert (response.status_code, response["Location"]) == (303, "/ui/?case=7")
    row.refresh_from_db()
    assert row.read_at is not None


def test_what_may_no_longer_be_seen_is_said_so(me: tuple[Client, str]) -> None:
    client, urn = me
    (row,) = told(urn, subject=subject.SubjectRef("liaison.opinion", 8))
    assert "看不到这件事的详情" in text(client, reverse("notifications:open", args=[row.pk]))


def test_the_notices_of_others_are_unknown(me: tuple[Client, str]) -> None:
    client, _ = me
    (row,) = told("person:0")
    assert client.get(reverse("notifications:open", args=[row.pk])).status_code == 404
    assert client.post(reverse("notifications:read", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_marking_one_and_all(me: tuple[Client, str]) -> None:
    client, urn = me
    rows = [told(urn)[0] for _ in range(3)]
    assert client.post(reverse("notifications:read", args=[rows[0].pk])).status_code == 303
    assert selectors.unread_count(urn) == 2
    assert client.post(reverse("notifications:read_all"), {"up_to": str(rows[1].pk)}).status_code == 303
    assert selectors.unread_count(urn) == 1
    client.post(reverse("notifications:read_all"), {"up_to": "x"})
    assert selectors.unread_count(urn) == 1


def test_pages_and_the_unread(me: tuple[Client, str]) -> None:
    client, urn = me
    rows = [told(urn, number=f"第{number}号")[0] for number in range(25)]
    first = text(client)
    assert "第24号" in first
    assert "第4号" not in first
    older = f"/inbox/?before={rows[5].pk}"
    assert older in first
    assert "第4号" in text(client, older)
    actions.mark_all_read(recipient=urn, up_to_id=rows[23].pk)
    unread = text(client, "/inbox/?unread=1")
    assert "第24号" in unread
    assert "第23号" not in unread
    assert client.get("/inbox/?before=abc").status_code == 200


def test_a_fragment_is_the_list_alone(me: tuple[Client, str]) -> None:
    client, urn = me
    told(urn)
    part = client.get(INBOX, headers={"HX-Request": "true"}).content.decode()
    assert "意见 YJ2025-S01-000127 已受理" in part
    assert "<html" not in part


def test_the_header_counts_what_is_unread(me: tuple[Client, str]) -> None:
    client, urn = me
    told(urn)
    told(urn)
    page = text(client)
    assert 'href="/inbox/"' in page
    assert "条未读" in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_inbox_costs_the_same_at_any_length(
    me: tuple[Client, str], count: int, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    client, urn = me
    for _ in range(count):
        told(urn)
    text(client)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        text(client)


# --- letters ----------------------------------------------------------------------------------------------------------


def test_choosing_topics(me: tuple[Client, str]) -> None:
    client, urn = me
    url = reverse("notifications:preferences")
    assert "联络站与群众意见" in text(client, url)
    response = client.post(url, {"topics": []})
    assert response.status_code == 303
    assert set(EmailPreference.objects.values_list("recipient", "wanted")) == {(urn, False)}
    assert "设置已保存" in text(client, response["Location"])
    client.post(url, {"topics": ["liaison"]})
    assert EmailPreference.objects.get(topic="liaison").wanted
    assert client.post(url, {"topics": ["made up"]}).status_code == 422


def test_the_link_in_a_letter_asks_first_and_needs_no_account(client: Client) -> None:
    (row,) = told("opinion:55")
    url = reverse("notifications:stop", args=[actions.opt_out_token(row)])
    assert "确认退订" in text(client, url)
    assert not EmailPreference.objects.exists(), "a scanner that follows links ends nothing"
    done = client.post(url).content.decode()
    assert "已退订" in done
    assert EmailPreference.objects.get(recipient="opinion:55", topic="liaison").wanted is False
    assert "已恢复" in client.post(url, {"wanted": "1"}).content.decode()
    assert EmailPreference.objects.get().wanted is True


def test_a_mail_program_may_end_letters_by_itself() -> None:
    """RFC 8058: a POST from elsewhere, without a cookie or our form's mark."""
    (row,) = told("opinion:55")
    strict = Client(enforce_csrf_checks=True)
    url = reverse("notifications:stop", args=[actions.opt_out_token(row)])
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert EmailPreference.objects.get().wanted is False


def test_a_link_that_was_cut_says_so(client: Client) -> None:
    response = client.get(reverse("notifications:stop", args=["cut"]))
    assert response.status_code == 422
    assert "退订链接不完整" in response.content.decode()
