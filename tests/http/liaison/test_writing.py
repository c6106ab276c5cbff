"""A resident writes: two steps on the server, nothing typed is lost, one record however often it is sent."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from openrenda.documents.models import StoredFile
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import Channel
from tests.makers.stations import PHONE, Scene

FORM = "/opinions/new/?station=S01"
ID_CARD = "110101199003078515"


def fields(answer: HttpResponse) -> dict[str, str]:
    """What the page's form would send again, hidden fields included."""
    html = answer.content.decode()
    found = re.findall(r'<input[^>]*\bname="([^"]+)"[^>]*>', html)
    values = {}
    for name in found:
        tag = next(t for t in re.findall(r"<input[^>]*>", html) if f'name="{name}"' in t)
        value = re.search(r'value="([^"]*)"', tag)
        if 'type="hidden"' in tag:
            values[name] = value.group(1) if value else ""
    values.pop("csrfmiddlewaretoken", None)
    return values


def typed(client: Client, path: str = FORM, **given: str) -> dict[str, object]:
    """The first page, filled in."""
    words = {"content": "路灯三天不亮了。请快修。", "place": "桐荫路口", "name": "王女士", "phone": PHONE}
    return {**fields(client.get(path)), "identity_mode": "withheld", **words, **given, "step": "preview"}


def sent(client: Client, path: str = FORM, **given: str) -> HttpResponse:
    """Both pages, one after the other."""
    shown = client.post(path, typed(client, path, **given))
    assert shown.status_code == 200, shown.content.decode()
    return client.post(
        path, {**fields(shown), "title": "路灯不亮", "masking": given.get("masking", "mask"), "step": "send"}
    )


def a_photo(name: str = "灯.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def test_what_is_public_is_said_before_anything_is_asked(scene: Scene, client: Client) -> None:
    html = client.get(FORM).content.decode()
    assert html.index("永远不公开") < html.index('name="content"')


def test_sent_and_receipted(scene: Scene, client: Client) -> None:
    answer = sent(client, may_publish="on")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/opinions/new/receipt/")
    opinion = Opinion.objects.get()
    assert (opinion.title, opinion.place, opinion.may_publish, opinion.may_share) == (
        "路灯不亮",
        "桐荫路口",
        True,
        False,
    )
    assert opinion.channel == Channel.ONLINE
    receipt = client.get("/opinions/new/receipt/").content.decode()
    assert opinion.number in receipt
    assert re.search(r"\b\d{8}\b", receipt)


def test_the_receipt_is_for_the_browser_that_sent_the_form(scene: Scene, client: Client, clock: object) -> None:
    sent(client)
    assert Client().get("/opinions/new/receipt/").status_code == 303
    clock.forward(minutes=16)  # type: ignore[attr-defined]  # the fixture of tests/conftest.py
    assert client.get("/opinions/new/receipt/").status_code == 303


def test_once_written_down_the_code_is_gone(scene: Scene, client: Client) -> None:
    sent(client)
    client.post("/opinions/new/receipt/done/")
    assert client.get("/opinions/new/receipt/").status_code == 303


def test_nothing_is_stored_before_it_was_confirmed(scene: Scene, client: Client) -> None:
    answer = client.post(FORM, typed(client))
    assert "公众看到的样子" in answer.content.decode()
    assert not Opinion.objects.exists()


def test_back_from_the_preview_everything_stands_there_again(scene: Scene, client: Client) -> None:
    shown = client.post(FORM, typed(client, may_share="on"))
    html = client.post(FORM, {**fields(shown), "title": "路灯不亮", "step": "edit"}).content.decode()
    assert "路灯三天不亮了。请快修。" in html
    assert 'value="桐荫路口"' in html
    assert re.search(r'name="may_share"[^>]*checked', html)
    assert not re.search(r'name="may_publish"[^>]*checked', html)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", ""),
        ("name", ""),
        ("phone", ""),
        ("phone", "打我电话"),
        ("email", "不是邮箱"),
        ("content", "长" * 2001),
    ],
)
def test_a_refused_form_keeps_what_was_typed(scene: Scene, client: Client, field: str, value: str) -> None:
    answer = client.post(FORM, typed(client, **{field: value}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in html
    assert 'value="桐荫路口"' in html


def test_a_hundred_kilobytes_are_refused_kindly(scene: Scene, client: Client) -> None:
    answer = client.post(FORM, typed(client, content="很长的话。" * 20_000))
    assert answer.status_code == 422
    assert "请写得短一些" in answer.content.decode()


def test_markup_is_text(scene: Scene, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    shown = client.post(FORM, typed(client, content=f"{evil}路灯不亮", name=evil[:30]))
    assert evil not in shown.content.decode()
    assert "&lt;script&gt;" in shown.content.decode()


def test_personal_numbers_are_shown_and_masked(scene: Scene, client: Client) -> None:
    shown = client.post(FORM, typed(client, content=f"我的身份证{ID_CARD}，请查。"))
    html = shown.content.decode()
    assert ID_CARD in html
    assert "1101**************" in html
    client.post(FORM, {**fields(shown), "title": "请查", "masking": "mask", "step": "send"})
    assert ID_CARD not in Opinion.objects.get().content


def test_personal_numbers_stay_by_explicit_choice_and_never_become_public(scene: Scene, client: Client) -> None:
    sent(client, content=f"我的身份证{ID_CARD}，请查。", masking="keep")
    opinion = Opinion.objects.get()
    assert ID_CARD in opinion.content
    assert ID_CARD not in opinion.public_summary


def test_sent_twice_it_is_one_record_with_one_receipt(scene: Scene, client: Client) -> None:
    shown = client.post(FORM, typed(client))
    once = {**fields(shown), "title": "路灯不亮", "step": "send"}
    receipts = []
    for _ in range(2):
        client.post(FORM, once)
        receipts.append(re.findall(r'copy-text">([^<]+)<', client.get("/opinions/new/receipt/").content.decode()))
    assert Opinion.objects.count() == 1
    assert receipts[0] == receipts[1]
    assert len(receipts[0]) == 2


def test_photos_go_through_the_preview(scene: Scene, client: Client) -> None:
    shown = client.post(FORM, {**typed(client), "photos": [a_photo()]})
    assert shown.content.decode().count("/thumb") == 1
    client.post(FORM, {**fields(shown), "title": "路灯不亮", "step": "send"})
    stored = StoredFile.objects.get()
    assert (stored.subject_kind, stored.subject_id, stored.public) == (
        "liaison.opinion",
        Opinion.objects.get().pk,
        False,
    )


def test_a_false_photo_is_named_and_the_text_kept(scene: Scene, client: Client) -> None:
    fake = SimpleUploadedFile("灯.jpg", b"MZ" + b"\0" * 200, content_type="image/jpeg")
    answer = client.post(FORM, {**typed(client), "photos": [fake]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "灯.jpg" in html
    assert "路灯三天不亮了" in html


def test_ten_photos_are_one_too_many(scene: Scene, client: Client) -> None:
    answer = client.post(FORM, {**typed(client), "photos": [a_photo(f"{n}.jpg") for n in range(10)]})
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_nobody_attaches_somebody_elses_photo(scene: Scene, client: Client) -> None:
    answer = client.post(FORM, {**typed(client), "kept": "abc:def:ghi"})
    assert answer.status_code == 422


def test_a_deputys_code_leads_to_the_form_addressed_to_her(scene: Scene, client: Client) -> None:
    path = client.get(f"/d/{scene.deputy.qr_token}/").headers["Location"]
    assert "写给周延庆代表" in client.get(path).content.decode()
    sent(client, path)
    opinion = Opinion.objects.get()
    assert (opinion.deputy_id, opinion.channel) == (scene.deputy.pk, Channel.QR)


@pytest.mark.parametrize(
    "path",
    [
        "/s/nobody-knows/",
        "/d/nobody-knows/",
        "/opinions/new/?station=X99",
        "/stations/X99/",
        "/deputies/X99/",
        "/opinions/YJ2025-S01-000009/",
    ],
)
def test_what_is_unknown_is_not_found(scene: Scene, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_signed_in_clerk_writes_as_a_resident(scene: Scene, client_as: object) -> None:
    from_within = client_as(None, "")  # type: ignore[operator]  # the fixture of this folder
    sent(from_within)
    assert Opinion.objects.get().steps.get(move="submit").who == "反映人"
