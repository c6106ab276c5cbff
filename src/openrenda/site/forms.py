"""What is typed about other names."""

import re
from typing import Any

from openrenda.kernel.text import N_
from openrenda.search.models import SynonymKind
from openrenda.ui.fields import Line, One, SectionedForm

_BETWEEN = re.compile(r"[\s,，、;；/]+")


class SynonymsForm(SectionedForm):
    """Words for one place or one thing."""

    words = Line(
        label=N_("互相代替的叫法"),
        limit=300,
        help_text=N_("用顿号或空格隔开，例如：渡口里家属院、渡口里大院。每个 2 至 20 个字，最多 12 个。"),
    )
    kind = One(label=N_("是什么"), of=SynonymKind, initial=SynonymKind.PLACE)
    note = Line(label=N_("说明"), required=False, help_text=N_("给以后维护的同志看，例如：2016年更名。"))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = tuple(filter(None, _BETWEEN.split(data["words"])))
        return {"words": words, "kind": SynonymKind(data["kind"]), "note": data["note"]}
