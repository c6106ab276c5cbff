"""Refusals of files: each names the file and says what to do instead."""

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_


class FileRefused(Invalid):
    """A file that cannot be taken; `field` lets a form show the sentence beside its input."""

    code = "documents.refused"
    message = N_("“{name}”不能上传。")
    remedy = N_("请换成 JPG、PNG、WebP 图片，或 PDF、docx、xlsx 文件后再传。")

    def beside(self, field: str) -> "FileRefused":
        """The same refusal, for the form's field."""
        self.fields = {field: self.message} if field else {}
        return self


class EmptyFile(FileRefused):
    code = "documents.empty"
    message = N_("“{name}”是空文件，没有内容。请重新选择文件。")


class FileTooLarge(FileRefused):
    code = "documents.too_large"
    message = N_("“{name}”有 {size} MB，超过 {limit} MB 的上限，没有上传。请压缩后再传。")


class UnknownKind(FileRefused):
    code = "documents.unknown_kind"
    message = N_("“{name}”的内容不是可以接收的文件。请上传 JPG、PNG、WebP 图片，或 PDF、docx、xlsx 文件。")


class HeicPhoto(FileRefused):
    code = "documents.heic"
    message = N_("“{name}”是 HEIC 格式的照片，暂不能接收。请把手机相机格式改为“兼容性最佳”，或截屏后上传。")


class Video(FileRefused):
    code = "documents.video"
    message = N_("“{name}”是视频，暂不能接收。请截取能说明问题的画面，以图片上传。")


class OldOffice(FileRefused):
    code = "documents.old_office"
    message = N_("“{name}”是旧版 Office 文件。请另存为 docx 或 xlsx，或导出为 PDF 后再传。")


class BrokenFile(FileRefused):
    code = "documents.broken"
    message = N_("“{name}”不完整或已损坏，打不开。请重新保存后再传。")


class TooManyPixels(FileRefused):
    code = "documents.too_many_pixels"
    message = N_("“{name}”的画面太大（{width}×{height}）。请缩小尺寸后再传。")


class ActiveContent(FileRefused):
    code = "documents.active_content"
    message = N_("“{name}”含有宏、脚本或嵌入的程序，不能接收。请去掉后另存，或导出为普通 PDF 再传。")


class ZipBomb(FileRefused):
    code = "documents.zip_bomb"
    message = N_("“{name}”解开后过大，不能接收。请删去多余内容后再传。")


class EncryptedFile(FileRefused):
    code = "documents.encrypted"
    message = N_("“{name}”加了密码，经办人打不开。请去掉密码后再传。")


class TooManyFiles(FileRefused):
    code = "documents.too_many"
    message = N_("图片最多 {images} 张、附件最多 {files} 个，“{name}”没有保存。请先删去不需要的。")
