"""How a case is put into words on its pages: whose turn it is, the clocks, facts as pairs."""

from collections.abc import Mapping
from typing import Any

from openrenda.documents.selectors import FileRow, files_of
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors import CasePage, ClockRow
from openrenda.liaison.states import (
    Channel,
    IdentityMode,
    Nature,
    OpinionState,
    PublishState,
    ReferralState,
    Satisfaction,
    SensitiveFlag,
    Solved,
)
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.shapes import ClockFace, Photo

S = OpinionState
TURN: Mapping[OpinionState, str] = {
    S.SUBMITTED: N_("轮到联络站：登记，并决定是否受理。"),
    S.REGISTERED: N_("轮到联络站：当场答复，或分类转办。"),
    S.CLASSIFIED: N_("轮到联络站：决定交给谁办。"),
    S.REFERRED: N_("轮到承办单位：签收，或说明理由退回。"),
    S.HANDLING: N_("轮到承办单位：正在办理。"),
    S.RESULT: N_("轮到联络站：审核结果，反馈给群众。"),
    S.CONVERTED: N_("已由代表写成建议，正按代表建议办理。"),
    S.ESCALATED: N_("已交上级人大代表反映，等上级回音。"),
    S.ANSWERED: N_("轮到反映人：看看答复，评价满意不满意。"),
    S.FED_BACK: N_("轮到反映人：看看结果，评价满意不满意。"),
    S.REWORK: N_("反映人不满意，轮到承办方重新办理。"),
    S.CLOSED: N_("已经办结。"),
    S.NOT_ACCEPTED: N_("没有受理，已告诉反映人可以去哪里。"),
    S.WITHDRAWN: N_("反映人已经撤回。"),
    S.MERGED: N_("已与同一件事的另一件合在一起办。"),
}
AWAITING: Mapping[str, str] = {
    str(Role.STREET_NPC): N_("轮到街道人大工委：审批转办。"),
    str(Role.SC_REP): N_("轮到代表工委：审批转办。"),
    str(Role.GOV_HUB): N_("轮到区政府督查室：分办到部门。"),
    str(Role.STATION_HEAD): N_("轮到站长：决定是否再次重办。"),
}


def turn(opinion: Opinion) -> str:
    """Whose turn it is, in a sentence."""
    return AWAITING.get(opinion.awaiting_role) or TURN[OpinionState(opinion.state)]


def case_context(about: CasePage) -> dict[str, Any]:
    """What the case page shows beside the moves. One query, for the photos."""
    opinion = about.opinion
    return {
        "state_label": OpinionState(opinion.state).label,
        "publish_label": PublishState(opinion.publish_state).label,
        "whose_turn": turn(opinion),
        "running": [face(row) for row in about.clocks if row.met_on is None and not row.is_superseded],
        "stopped": [face(row) for row in about.clocks if row.met_on is not None],
        "facts": _facts(about),
        "verdict": _verdict(opinion),
        "photos": photos(opinion.pk),
        "hop_labels": {state.value: state.label for state in ReferralState},
    }


def face(row: ClockRow) -> ClockFace:
    """A clock with how its day was computed."""
    return ClockFace(
        label=row.kind.label,
        due=row.due,
        lamp=row.lamp,
        days_left=None if row.met_on else row.days_left,
        done_on=row.met_on,
        basis=row.basis,
        steps=row.steps,
        note=row.note,
    )


def photos(opinion_id: int) -> list[Photo]:
    """The writer's photos, for those who work on the case. One query."""
    rows: list[FileRow] = files_of(SubjectRef("liaison.opinion", opinion_id))
    return [
        Photo(row.url, t(N_("群众附的照片 {n}"), n=number), row.thumb_url)
        for number, row in enumerate(rows, 1)
        if row.is_image
    ]


def _facts(about: CasePage) -> list[tuple[str, str]]:
    opinion = about.opinion
    flags = "、".join(t(SensitiveFlag(flag).label) for flag in opinion.sensitive_flags)
    shares = N_("同意告诉承办单位") if opinion.may_share else N_("不告诉承办单位")
    publishes = N_("同意公开摘要") if opinion.may_publish else N_("不同意公开")
    return [
        (N_("在哪里"), opinion.place),
        (N_("类别"), str(opinion.category or "")),
        (N_("性质"), t(Nature(opinion.nature).label)),
        (N_("来源"), t(Channel(opinion.channel).label)),
        (N_("联络站"), str(opinion.station)),
        (N_("代表"), "、".join(about.deputies)),
        (N_("承办单位"), str(opinion.handler_unit or "")),
        (N_("上级代表"), opinion.escalated_to),
        (N_("特别留意"), flags),
        (N_("署名"), t(IdentityMode(opinion.identity_mode).label)),
        (N_("同意事项"), f"{t(shares)}；{t(publishes)}"),
        (N_("并入"), str(opinion.merged_into or "")),
    ]


def _verdict(opinion: Opinion) -> list[tuple[str, str]]:
    return [
        (N_("评价"), t(Satisfaction(opinion.satisfaction).label)),
        (N_("评价原因"), opinion.rating_reason),
        (N_("是否解决"), t(Solved(opinion.solved).label)),
        (N_("群众补充"), opinion.solved_note),
        (N_("回访结果"), opinion.revisit_result),
    ]
