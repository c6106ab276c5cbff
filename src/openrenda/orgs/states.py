"""Roles, kinds of units, levels of deputies (domain.md A)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class Role(Labelled):
    """What a post empowers to (domain.md A.2)."""

    DEPUTY = "DEPUTY", N_("人大代表")
    DEPUTY_LEAD = "DEPUTY_LEAD", N_("代表团团长")
    STATION_STAFF = "STATION_STAFF", N_("联络站联络员")
    STATION_HEAD = "STATION_HEAD", N_("联络站站长")
    STREET_NPC = "STREET_NPC", N_("街道人大工委")
    SC_REP = "SC_REP", N_("代表工委")
    SC_COMMITTEE = "SC_COMMITTEE", N_("对口工委")
    SC_OFFICE = "SC_OFFICE", N_("常委会办公室")
    SC_MEMBER = "SC_MEMBER", N_("常委会组成人员")
    SC_LEADER = "SC_LEADER", N_("主任、副主任")
    GOV_HUB = "GOV_HUB", N_("政府督查室")
    UNIT_ADMIN = "UNIT_ADMIN", N_("承办单位联络员")
    UNIT_CLERK = "UNIT_CLERK", N_("承办人")
    UNIT_LEADER = "UNIT_LEADER", N_("承办单位负责人")
    TELLER = "TELLER", N_("监票计票人")
    SYSADMIN = "SYSADMIN", N_("系统管理员")
    SECADMIN = "SECADMIN", N_("安全管理员")
    AUDITOR = "AUDITOR", N_("审计管理员")


MANDATE_ROLES = frozenset({Role.DEPUTY, Role.DEPUTY_LEAD, Role.SC_MEMBER})
"""Roles whose scope is a mandate; those of all others is a unit."""

OVERSEERS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
"""三员分立: nobody may hold two of them, nor one together with any other post."""


class UnitKind(Labelled):
    """Kinds of organisations (domain.md A.1)."""

    NPC = "npc", N_("人大机构")
    GOVERNMENT = "government", N_("政府")
    DEPARTMENT = "department", N_("政府部门")
    COURT = "court", N_("审判机关")
    PROCURATORATE = "procuratorate", N_("检察机关")
    SUPERVISION = "supervision", N_("监察机关")
    STREET = "street", N_("街道")
    COMMUNITY = "community", N_("社区")
    STATION = "station", N_("代表联络站")
    OTHER = "other", N_("其他")


class Organ(Labelled):
    """To whom the standing committee hands a matter (一府一委两院, or its own bodies)."""

    GOVERNMENT = "government", N_("政府")
    COURT = "court", N_("法院")
    PROCURATORATE = "procuratorate", N_("检察院")
    SUPERVISION = "supervision", N_("监委")
    NPC = "npc", N_("人大")


ORGAN_OF = {
    UnitKind.GOVERNMENT: Organ.GOVERNMENT,
    UnitKind.DEPARTMENT: Organ.GOVERNMENT,
    UnitKind.STREET: Organ.GOVERNMENT,
    UnitKind.COMMUNITY: Organ.GOVERNMENT,
    UnitKind.OTHER: Organ.GOVERNMENT,
    UnitKind.COURT: Organ.COURT,
    UnitKind.PROCURATORATE: Organ.PROCURATORATE,
    UnitKind.SUPERVISION: Organ.SUPERVISION,
    UnitKind.NPC: Organ.NPC,
    UnitKind.STATION: Organ.NPC,
}


class Level(Labelled):
    """Of which congress somebody is a deputy."""

    DISTRICT = "district", N_("区")
    CITY = "city", N_("市")
    PROVINCE = "province", N_("省")
    NATION = "nation", N_("全国")


class SessionPeriod(Labelled):
    """In session or between sessions."""

    IN_SESSION = "in_session", N_("大会期间")
    CLOSED = "closed", N_("闭会期间")
