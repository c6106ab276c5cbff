"""Offices keep the other names; the page shows what they do."""

from django.test import Client
from django.urls import reverse

from openrenda.audit.models import AuditEntry
from openrenda.orgs.states import Role
from openrenda.search.models import SynonymGroup
from tests.makers import liaison
from tests.makers.accounts import client_in


def the_group() -> SynonymGroup:
    return SynonymGroup.objects.get()


def added(client: Client, words: str = "渡口里家属院、渡口里大院") -> int:
    answer = client.post(reverse("site:synonym_add"), {"words": words, "kind": "place", "note": "老叫法"})
    return answer.status_code


def test_a_group_is_added_shows_its_effect_changes_and_goes() -> None:
    liaison.a_published_opinion(liaison.a_cast(), title="渡口里家属院下水道返味")
    client = client_in(Role.SC_REP, "R02")
    assert added(client) == 303
    page = reverse("site:synonym_group", args=[the_group().pk])
    html = client.get(page).content.decode()
    assert "渡口里大院" in html
    assert html.count(">0<") == 1, "alone the new name finds nothing"
    assert html.count(">1<") == 3, "together each finds what the old name finds"
    assert client.get(reverse("site:search"), {"q": "渡口里大院"}).content.decode().count("下水道返味") == 1
    changed = client.post(page, {"words": "渡口里家属院 机械厂大院", "kind": "place", "note": ""})
    assert changed.status_code == 303
    assert "下水道返味" not in client.get(reverse("site:search"), {"q": "渡口里大院"}).content.decode()
    assert client.post(reverse("site:synonym_remove", args=[the_group().pk])).status_code == 303
    assert not SynonymGroup.objects.exists()
    kinds = AuditEntry.objects.filter(kind__startswith="search.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["search.synonyms_added", "search.synonyms_changed", "search.synonyms_removed"]


def test_what_cannot_be_taken_comes_back_with_its_reason() -> None:
    client = client_in(Role.SC_OFFICE)
    assert added(client, "渡口里") == 422
    assert added(client) == 303
    answer = client.post(reverse("site:synonym_add"), {"words": "渡口里大院、老院", "kind": "place"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "已经在另一组同义词里" in html
    assert "渡口里大院、老院" in html, "nothing typed is lost"


def test_the_security_officer_looks_but_does_not_change() -> None:
    client = client_in(Role.SECADMIN)
    assert client.get(reverse("site:synonyms")).status_code == 200
    assert "添加一组" not in client.get(reverse("site:synonyms")).content.decode()
    assert added(client) == 403
