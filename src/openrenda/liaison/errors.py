"""Refusals of the slice."""

from collections.abc import Sequence

from openrenda.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from openrenda.kernel.pii import Finding
from openrenda.kernel.text import N_


class NoOpinion(NotFound):
    code = "liaison.no_opinion"
    message = N_("没有找到这件意见。")
    remedy = N_("它可能不在您的职责范围内。请核对编号，或返回工作台。")


class NoStation(NotFound):
    code = "liaison.no_station"
    message = N_("没有找到这个联络站。")
    remedy = N_("请从联络站列表重新进入。")


class NoReception(NotFound):
    code = "liaison.no_reception"
    message = N_("没有找到这次接待。")
    remedy = N_("请从联络站页面重新进入。")


class StationClosed(Conflict):
    code = "liaison.station_closed"
    message = N_("这个联络站暂时不接收意见。")
    remedy = N_("请选择附近的联络站，或选择街道联络站。")


class TrackRefused(NotFound):
    """One refusal for all: unknown number, wrong code, somebody else's code, too many tries."""

    code = "liaison.track_refused"
    message = N_("编号或查询码不对，或者尝试次数过多。")
    remedy = N_("请核对回执上的编号和查询码，一小时后再试。查询码遗失，请带身份证明到联络站重置。")


class PersonalNumbersFound(Invalid):
    """The writer must choose: mask them, or confirm that they shall stay (they never become public)."""

    code = "liaison.personal_numbers"
    message = N_("内容里有身份证号、手机号、车牌或银行卡号。")
    remedy = N_("建议遮盖；确实需要保留的，请确认。无论怎样，公开的摘要里都不会出现。")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(fields={"content": N_("请选择遮盖个人号码，或确认保留。")})
        self.findings = tuple(findings)


class FormUsed(Conflict):
    """The form was sent before, with other words."""

    code = "liaison.form_used"
    message = N_("这张表已经提交过，内容与这次不同。")
    remedy = N_("请重新打开提交页面再写；上一次提交的请凭编号和查询码查看。")


class AnonymousOnline(Invalid):
    code = "liaison.anonymous_online"
    message = N_("网上提交请留下称呼和电话。")
    remedy = N_("可以选择不公开身份；不愿留联系方式的，请到联络站当面反映。")


class WrongUnit(Invalid):
    code = "liaison.wrong_unit"
    message = N_("这个单位与所选的去向不符。")
    remedy = N_("请重新选择去向和单位。")


class WrongDeputy(Invalid):
    code = "liaison.wrong_deputy"
    message = N_("这位代表现在不能承担这件事。")
    remedy = N_("请选择在任的代表。")


class WrongCategory(Invalid):
    code = "liaison.wrong_category"
    message = N_("请选择一个在用的类别。")
    remedy = N_("大类下面还有小类的，请选到小类。")


class BadMerge(Invalid):
    code = "liaison.bad_merge"
    message = N_("不能并到这一件：它已结束、还没有登记、已被并件，或不在您的范围内。")
    remedy = N_("请选择仍在办理的主件。")


class NotJoinable(Invalid):
    code = "liaison.not_joinable"
    message = N_("这一件已经办结，或者不再公开，现在不能加入。")
    remedy = N_("您写的都还在，可以作为新的意见提交。")


class ExtensionUsed(Conflict):
    code = "liaison.extension_used"
    message = N_("延期只能申请一次，且须在期限届满前申请。")
    remedy = N_("请按期办理，办不完的先回复进展。")


class BadExtension(Invalid):
    code = "liaison.bad_extension"
    message = N_("延期天数须在 1 至 {limit} 个工作日之间。")
    remedy = N_("请改短延期天数。")


class LateNotice(Invalid):
    code = "liaison.late_notice"
    message = N_("接待日公告晚于提前 {days} 天的要求。")
    remedy = N_("请写明理由，或顺延接待日。")

    def __init__(self, days: int) -> None:
        super().__init__(fields={"late_reason": N_("请写明为什么没有按期公告。")}, days=days)


class BadTimes(Invalid):
    code = "liaison.bad_times"
    message = N_("结束时间应晚于开始时间，且都在同一天、不早于今天。")
    remedy = N_("请改好时间。")


class NotBookable(Conflict):
    code = "liaison.not_bookable"
    message = N_("这次接待现在不能预约。")
    remedy = N_("请选择其他接待日；也可以不预约，当天直接到站。")


class BookingRefused(NotAllowed):
    code = "liaison.booking_refused"
    message = N_("取消码不对。")
    remedy = N_("请核对预约回执上的取消码，或打电话给联络站。")
