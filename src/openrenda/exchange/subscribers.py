"""Whoever asked for a large export hears when it is there, or that it failed."""

from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.notifications.actions import notify

from . import tables
from .events import ExportEnded
from .models import Export

YOURS = N_("您要求导出这个列表。")


def tell_export(event: ExportEnded, meta: Meta) -> None:
    """One notice, to one person."""
    row = Export.objects.get(pk=event.export_id)
    notify(
        meta=meta,
        recipients=[row.by],
        subject=SubjectRef("exchange.export", row.pk),
        title=N_("“{table}”已导出，共{n}行") if event.is_ready else N_("“{table}”没有导出成功"),
        body=N_("请在{day}前下载，到期文件自动删除。") if event.is_ready else row.fault,
        why=YOURS,
        table=tables.get(row.table).label,
        n=row.rows,
        day=row.kept_until.date().isoformat() if row.kept_until else "",
    )
