"""What seems the same matter stands beside a suggestion, for offices; two may be laid side by side and grouped."""

from django.urls import reverse

from openrenda.suggestions import actions
from tests.http.suggestions import walk
from tests.http.suggestions.conftest import Enter, Scene

TITLE = "关于更换桐花里路灯的建议"
AGAIN = "关于桐花里路灯更换的建议"


def test_offices_see_what_is_alike_and_deputies_do_not(scene: Scene, enter: Enter) -> None:
    one, two = walk.to(scene, "accepted", title=TITLE), walk.to(scene, "accepted", title=AGAIN)
    page = enter("rep").get(reverse("suggestions:work", args=[one.pk])).content.decode()
    assert "可能是同一件事" in page
    assert reverse("suggestions:beside", args=[one.pk, two.pk]) in page
    assert "可能是同一件事" not in enter("lead").get(reverse("suggestions:work", args=[one.pk])).content.decode()


def test_side_by_side_they_are_marked_and_grouped_with_one_tick_set(scene: Scene, enter: Enter) -> None:
    one, two = walk.to(scene, "accepted", title=TITLE), walk.to(scene, "accepted", title=AGAIN)
    page = enter("rep").get(reverse("suggestions:beside", args=[one.pk, two.pk])).content.decode()
    assert "<mark>" in page
    group = reverse("suggestions:act", args=[one.pk, "group"])
    assert f"{group}?with={two.pk}" in page
    asked = enter("rep").get(f"{group}?with={two.pk}").content.decode()
    assert f'value="{two.pk}" checked' in asked or f'checked value="{two.pk}"' in asked
    assert enter("rep").post(group, {"suggestion_ids": [two.pk]}).status_code == 303
    again = enter("rep").get(reverse("suggestions:beside", args=[one.pk, two.pk])).content.decode()
    assert "已经并案" in again
    assert "可能是同一件事" not in enter("rep").get(reverse("suggestions:work", args=[one.pk])).content.decode()


def test_what_may_not_be_opened_is_not_laid_beside(scene: Scene, enter: Enter) -> None:
    one, draft = walk.to(scene, "accepted", title=TITLE), walk.to(scene, "draft", title=AGAIN)
    assert enter("rep").get(reverse("suggestions:beside", args=[one.pk, draft.pk])).status_code == 404
    assert enter("rep").get(reverse("suggestions:beside", args=[one.pk, one.pk])).status_code == 404
    assert enter("rep").get(reverse("suggestions:beside", args=[one.pk, 10**9])).status_code == 404


def test_the_main_one_may_leave_over_the_page(scene: Scene, enter: Enter) -> None:
    one, two = walk.to(scene, "accepted", title=TITLE), walk.to(scene, "accepted", title=AGAIN)
    actions.group_same_matter(main_id=one.pk, suggestion_ids=[two.pk], actor=scene.rep)
    url = reverse("suggestions:act", args=[one.pk, "ungroup"])
    assert enter("rep").post(url).status_code == 303
    two.refresh_from_db()
    assert two.group_id is None
