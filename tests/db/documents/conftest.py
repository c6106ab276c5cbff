"""A folder of uploads of one's own, and a subject to attach to."""

from pathlib import Path

import pytest

from openrenda.kernel import subject
from openrenda.kernel.subject import SubjectRef
from tests.makers import orgs

CASE = SubjectRef("test.case", 7)
OTHER = SubjectRef("test.case", 8)


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 7 is public; only person:1 works on it. Case 8 is nobody's."""
    monkeypatch.setattr(subject, "_kinds", dict(subject._kinds))
    subject.register(
        "test.case",
        title=str,
        url=lambda pk, actor: f"/case/{pk}/",
        visible=lambda actor, pk: pk == 7,
        inside=lambda actor, pk: pk == 7 and actor.urn == "person:1",
    )


@pytest.fixture
def congress_id() -> int:
    return orgs.a_congress().pk
