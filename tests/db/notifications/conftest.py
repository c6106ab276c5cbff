"""A real mail server on this machine, and a subject to speak of."""

from collections.abc import Iterator

import pytest

from openrenda.kernel import subject
from tests.makers.notifications import Letterbox, a_letterbox


@pytest.fixture
def letterbox(settings: pytest.FixtureRequest) -> Iterator[Letterbox]:
    with a_letterbox() as (box, host, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port  # type: ignore[attr-defined]
        settings.BASE_URL = "https://renda.example.org"  # type: ignore[attr-defined]
        yield box


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_kinds", {})
    subject.register(
        "liaison.opinion",
        title=str,
        url=lambda pk, actor: f"/track/{pk}/" if actor.urn.startswith("opinion:") else f"/work/{pk}/",
        visible=lambda actor, pk: pk == 7,
    )
    subject.register("orgs.unit", title=str, url=lambda pk, actor: "/", visible=lambda actor, pk: True)
