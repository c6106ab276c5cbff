"""Files that are too large are thrown away while they arrive: no memory, no disk, and the rest of the form survives."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from openrenda.documents.rules.limits import FILE_BYTES


class OversizedUpload(InMemoryUploadedFile):
    """What is left of a file beyond the limit: its name and its size. `actions.store` refuses it in words."""


class LimitedTemporaryFile(TemporaryFileUploadHandler):
    """Last of FILE_UPLOAD_HANDLERS: to the disk up to the limit, from there on only counted."""

    received = 0

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        super().new_file(field_name, file_name, content_type, content_length, charset, content_type_extra)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= FILE_BYTES:
            self.file.write(raw_data)
        else:
            self.file.close()  # which deletes it

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        if self.received <= FILE_BYTES:
            return super().file_complete(file_size)
        return OversizedUpload(
            BytesIO(), self.field_name, self.file_name, self.content_type, self.received, self.charset
        )
