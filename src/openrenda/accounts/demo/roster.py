"""Who is who in the demonstration: login, role, made-up name, and in one sentence what the role can do."""

from dataclasses import dataclass

from openrenda.accounts.states import DemoGroup
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role

PREFIX = "demo-"


@dataclass(frozen=True, slots=True)
class StaffRole:
    """An account with a post at the unit that `place` names (places.py); the person is made up."""

    key: str
    group: DemoGroup
    role: Role
    place: str
    name: str
    can: str

    @property
    def login(self) -> str:
        return PREFIX + self.key


@dataclass(frozen=True, slots=True)
class DeputyRole:
    """An account for a deputy of the district; `place` says which (places.py)."""

    key: str
    group: DemoGroup
    role: Role
    place: str
    can: str

    @property
    def login(self) -> str:
        return PREFIX + self.key


DEPUTIES = (
    DeputyRole("deputy", DemoGroup.DEPUTIES, Role.DEPUTY, "deputy",
               N_("听取意见，把群众意见转成建议，撰写、联名和提出建议，确认面商，评价办理。")),
    DeputyRole("deputy-2", DemoGroup.DEPUTIES, Role.DEPUTY, "deputy_2",
               N_("同站的另一位代表：收到联名邀请，可以联名或谢绝。")),
    DeputyRole("deputy-lead", DemoGroup.DEPUTIES, Role.DEPUTY_LEAD, "deputy_lead",
               N_("代表团团长：除代表职权外，召集本团活动。")),
    DeputyRole("sc-member", DemoGroup.DEPUTIES, Role.SC_MEMBER, "sc_member",
               N_("常委会组成人员：除代表职权外，参加常委会审议和评议。")),
)  # fmt: skip

_UNIT_WORK = {
    Role.UNIT_ADMIN: N_("承办单位联络员：签收、转给承办人、申请退回或延期。"),
    Role.UNIT_CLERK: N_("承办人：与代表面商，起草答复，报告承诺进展。"),
    Role.UNIT_LEADER: N_("单位负责人：审签答复；重新办理时由更高一级签发。"),
}


def _trio(key: str, group: DemoGroup, place: str, *names: str) -> tuple[StaffRole, ...]:
    short = {Role.UNIT_ADMIN: "admin", Role.UNIT_CLERK: "clerk", Role.UNIT_LEADER: "leader"}
    return tuple(
        StaffRole(f"{key}-{short[role]}", group, role, place, name, can)
        for (role, can), name in zip(_UNIT_WORK.items(), names, strict=True)
    )


STAFF = (
    StaffRole("station-staff", DemoGroup.STATIONS, Role.STATION_STAFF, "station", "蓝小舟",
              N_("登记来访群众的意见，安排代表接待日，办结后回访。")),
    StaffRole("station-head", DemoGroup.STATIONS, Role.STATION_HEAD, "station", "韦长庚",
              N_("把意见分类，转给社区、街道、部门或代表，审核反馈和公开。")),
    StaffRole("street-npc", DemoGroup.STATIONS, Role.STREET_NPC, "street", "陆明远",
              N_("看本街道所有联络站，协调街道能解决的意见，核实履职登记。")),
    StaffRole("sc-rep", DemoGroup.STANDING_COMMITTEE, Role.SC_REP, "sc_rep", "沈若兰",
              N_("审查、编号、交办代表建议，掌握办理进度，管理代表名册，决定公开。")),
    StaffRole("sc-committee", DemoGroup.STANDING_COMMITTEE, Role.SC_COMMITTEE, "sc_committee", "顾文澜",
              N_("对口督办建议，跟踪重点建议和回头看。")),
    StaffRole("sc-office", DemoGroup.STANDING_COMMITTEE, Role.SC_OFFICE, "sc_office", "许清源",
              N_("管理会议、文号和公开，维护工作日历。")),
    StaffRole("sc-leader", DemoGroup.STANDING_COMMITTEE, Role.SC_LEADER, "sc_leader", "钟怀瑾",
              N_("签发，领衔督办重点建议；同时也是代表的，可以切换身份。")),
    StaffRole("teller", DemoGroup.STANDING_COMMITTEE, Role.TELLER, "sc_office", "计思源",
              N_("计票人：独立录入纸质表决票的计票结果，与另一位计票人核对。")),
    StaffRole("teller-2", DemoGroup.STANDING_COMMITTEE, Role.TELLER, "sc_rep", "甄一帆",
              N_("另一位计票人：看不到前一位录入的数字，两人一致才能计票。")),
    StaffRole("gov-hub", DemoGroup.GOVERNMENT, Role.GOV_HUB, "gov_hub", "穆知行",
              N_("把交给政府的建议分给各承办单位，审核退回、延期和答复。")),
    *_trio("dept", DemoGroup.GOVERNMENT, "department", "祝安然", "尤思齐", "贺景行"),
    *_trio("dept-2", DemoGroup.GOVERNMENT, "department_2", "柏晓晴", "闵向东", "岑立言"),
    *_trio("street", DemoGroup.GOVERNMENT, "street", "翁如意", "左青山", "成守一"),
    *_trio("community", DemoGroup.GOVERNMENT, "community", "饶春妮", "茅新雨", "荀大年"),
    *_trio("court", DemoGroup.COURT, "court", "庞正则", "楚云开", "骆持平"),
    StaffRole("sysadmin", DemoGroup.ADMINISTRATION, Role.SYSADMIN, "sc_office", "郎守成",
              N_("系统管理员：开账号、重置密码，维护日历和业务参数；不授权、不看记录、不碰业务。")),
    StaffRole("secadmin", DemoGroup.ADMINISTRATION, Role.SECADMIN, "sc_office", "甄慎之",
              N_("安全管理员：授予和结束岗位，查看并终止登录，解锁，管安全参数。")),
    StaffRole("auditor", DemoGroup.ADMINISTRATION, Role.AUDITOR, "sc_office", "闻人鉴",
              N_("审计管理员：只查看和导出操作记录，不能改任何东西。")),
)  # fmt: skip

_ALL: tuple[DeputyRole | StaffRole, ...] = (*DEPUTIES, *STAFF)
CAN = {entry.login: (entry.group, entry.role, entry.can) for entry in _ALL}
ORDER = {login: position for position, login in enumerate(CAN)}
