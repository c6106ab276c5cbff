"""Papers and photos that go with a suggestion's text."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from openrenda.documents.actions import store
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.workflow import SUGGESTION

SUBJECT = "suggestions.suggestion"


@transaction.atomic
def attach_files(*, suggestion_id: int, files: "Sequence[UploadedFile[Any]]", actor: Actor) -> Suggestion:
    """The lead deputy adds papers while the text may still be changed: all of them or none."""
    suggestion = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion_id)
    SUGGESTION.take("edit", actor, suggestion)
    for upload in files:
        store(upload=upload, subject=SubjectRef(SUBJECT, suggestion.pk), actor=actor, purpose="attachment")
    return suggestion
