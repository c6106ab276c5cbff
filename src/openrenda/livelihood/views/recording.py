"""A report and its photos, a visit and its photos: written together or not at all."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from openrenda.documents.actions import store
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.livelihood import actions
from openrenda.livelihood.actions.values import Report
from openrenda.livelihood.models import Inspection, Progress


@transaction.atomic
def report(*, project_id: int, report: Report, photos: Sequence["UploadedFile[Any]"], actor: Actor) -> Progress:
    """The month's report; its photos are public."""
    row = actions.report_progress(project_id=project_id, report=report, actor=actor)
    _keep(photos, SubjectRef("livelihood.progress", row.pk), actor)
    return row


@transaction.atomic
def inspect(*, project_id: int, photos: Sequence["UploadedFile[Any]"], actor: Actor, **found: Any) -> Inspection:
    """What a group found; its photos are public."""
    row = actions.record_inspection(project_id=project_id, actor=actor, **found)
    _keep(photos, SubjectRef("livelihood.inspection", row.pk), actor)
    return row


def _keep(photos: Sequence["UploadedFile[Any]"], about: SubjectRef, actor: Actor) -> None:
    for photo in photos:
        store(upload=photo, subject=about, actor=actor, purpose="photo", public=True, field="photos")
