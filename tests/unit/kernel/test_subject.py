"""Who may see what something points at."""

import pytest

from openrenda.kernel import subject
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from tests.makers.kernel import an_actor

REF = SubjectRef("test.case", 7)
VISITOR = Actor.anonymous(1)


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_kinds", {})


def test_an_unregistered_kind_is_not_to_be_seen() -> None:
    assert not subject.visible(an_actor(), REF)
    assert not subject.visible_inside(an_actor(), REF)
    with pytest.raises(KeyError):
        subject.known("test.case")


def test_the_inside_of_a_public_thing_is_for_those_who_signed_in() -> None:
    subject.register("test.case", title=str, url=lambda pk, actor: f"/{pk}/", visible=lambda actor, pk: pk == 7)
    assert subject.visible(VISITOR, REF)
    assert not subject.visible_inside(VISITOR, REF)
    assert subject.visible_inside(an_actor(), REF)
    assert not subject.visible_inside(an_actor(), SubjectRef("test.case", 8))
    assert subject.kinds() == ("test.case",)


def test_the_owner_may_say_otherwise() -> None:
    subject.register(
        "test.case", title=str, url=lambda pk, actor: "", visible=lambda actor, pk: True,
        inside=lambda actor, pk: actor.urn == "person:1",
    )  # fmt: skip
    assert subject.visible_inside(an_actor("person:1"), REF)
    assert not subject.visible_inside(an_actor("person:2"), REF)


def test_it_reads_as_kind_and_number() -> None:
    assert str(REF) == "test.case:7"
