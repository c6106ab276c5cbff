"""Every row is judged: what is wrong is said with its column, what offices write differently is understood."""

from datetime import date

import pytest

from openrenda.exchange.values import Outcome
from openrenda.kernel.actor import Actor
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Mandate
from openrenda.orgs.states import Role, SessionPeriod, UnitKind
from openrenda.suggestions.actions.register import Past
from openrenda.suggestions.imports import KIND
from openrenda.suggestions.states import Publicity, Rating, ReplyClass
from tests.makers.orgs import a_deputy, a_unit, actor_of, setup_actor
from tests.makers.register import FROM_RATING, FROM_REPLY, a_row, checked, without
from tests.makers.suggestions import a_category

WRONG = [
    (a_row(编号="四十一"), "number", "不是编号数字"),
    (a_row(编号="0"), "number", "不是编号数字"),
    (a_row(标题=""), "title", "不能为空"),
    (a_row(标题="长" * 81), "title", "最多 {limit} 个字"),
    (a_row(类别="没有这一类"), "category", "没有“{value}”这个类别"),
    (a_row(领衔代表="D999"), "lead", "代表名册中没有"),
    (a_row(联名代表="D900"), "cosigners", "领衔代表不能同时联名"),
    (a_row(联名代表="D998；D999"), "cosigners", "代表名册中没有"),
    (a_row(主办单位="没有这个局"), "unit", "没有找到单位"),
    (a_row(主办单位=""), "unit", "不能为空"),
    (a_row(主办单位="云汀区人民政府"), "unit", "没有找到单位"),
    (a_row(会办单位="城管局；没有这个局"), "co_units", "没有找到单位"),
    (a_row(提出日期="2025-02-30"), "filed_on", "不存在"),
    (a_row(交办日期="2025-02-17"), "assigned_on", "早于前一个环节"),
    (a_row(签收日期="2025-03-04"), "signed_on", "早于前一个环节"),
    (a_row(签收日期="2025-05-21"), "replied_on", "早于前一个环节"),
    (a_row(答复日期="2025-10-01"), "replied_on", "还没有到"),
    (a_row(交办日期=""), "assigned_on", "要有交办日期"),
    (a_row(沟通日期="2025-03-01"), "met_on", "早于前一个环节"),
    (a_row(沟通方式="心灵感应"), "way", "不在可用的取值里"),
    (a_row(沟通方式=""), "way", "要有沟通方式"),
    (a_row(答复日期=""), "replied_on", "有答复分类的，要有答复日期"),
    (a_row(答复分类=""), "class", "有答复日期的，要有答复分类"),
    (a_row(答复分类="E"), "class", "不在可用的取值里"),
    (a_row(答复分类="B"), "promise_due", "B 类答复要有承诺"),
    (a_row(答复分类="B", 承诺事项="完成路面"), "promise_due", "要有承诺期限"),
    (a_row(答复分类="B", 承诺期限="2025-12-31"), "promise", "要有承诺事项"),
    (a_row(答复分类="B", 承诺事项="完成路面", 承诺期限="2025-05-20"), "promise_due", "要在答复之后"),
    (a_row(答复分类="B", 承诺事项="完成路面", 承诺期限="2095-12-31"), "promise_due", "请核对年份"),
    (without(*FROM_REPLY, 结果评价="满意") | {"结果评价": "满意"}, "result", "还没有答复"),
    (a_row(结果评价=""), "result", "有态度评价的，要有结果评价"),
    (a_row(结果评价="凑合"), "result", "不在可用的取值里"),
    (a_row(评价日期="2025-05-19"), "rated_on", "早于前一个环节"),
    (a_row(重办="2025-07-15重新答复|改为满意|补做"), "again", "“不满意”的才有重办"),
    (a_row(结果评价="不满意", 重办="2025-05-20重新答复|改为满意|补做"), "again", "要在首次答复和评价之后"),
    (a_row(结果评价="不满意", 重办="七月重新答复"), "again", "应写成"),
    (a_row(退办="退给了别人"), "returned", "应写成"),
    (a_row(退办="2025-03-06由城管局退办:不是本单位职能,2025-03-07改交桐荫街道"), "returned", "与主办单位不同"),
    (a_row(退办="2025-03-06由住建局退办:不是本单位职能,2025-03-07改交住建局"), "returned", "同一个单位"),
    (a_row(退办="2025-03-04由城管局退办:不是本单位职能,2025-03-07改交住建局"), "returned", "早于前一个环节"),
    (a_row(公开="看情况"), "publicity", "不在可用的取值里"),
    (a_row(年度="2019"), "year", "没有登记{year}年"),
    (a_row(年度="去年"), "year", "不是年份"),
    (a_row(届次="十五届三次"), "session", "没有登记第{term}届"),
    (a_row(正文="【机密】某设施位置。"), "text", "密级"),
    (a_row(来源意见="YJ2025-S01-000001"), "sources", "没有找到意见"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "reason"), WRONG, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_wrong_is_said_with_its_column(
    district: Congress, row: dict[str, str], column: str, reason: str
) -> None:
    [finding] = checked([row], district)
    assert finding.outcome == Outcome.BAD
    assert [f for f in finding.faults if f.column == column and reason in f.reason], finding.faults


def test_all_faults_of_a_row_are_found_at_once(district: Congress) -> None:
    [finding] = checked([a_row(主办单位="没有这个局", 领衔代表="D999", 答复分类="E")], district)
    assert {fault.column for fault in finding.faults} == {"unit", "lead", "class"}


def test_a_right_row_is_read_as_it_stands(district: Congress, lead: Mandate) -> None:
    past = right(a_row(), district)
    assert (past.key, past.lead.pk, past.period) == ("JY-16-5-041", lead.pk, SessionPeriod.IN_SESSION)
    assert past.unit == a_unit("B03")
    assert past.problem == "院内雨污合流，每逢夏季返溢。"
    assert past.proposal == "列入今年改造计划。"
    assert past.publicity == Publicity.FULL


def right(row: dict[str, str], district: Congress) -> Past:
    [finding] = checked([row], district)
    assert finding.faults == ()
    assert isinstance(finding.parsed, Past)
    return finding.parsed


@pytest.mark.parametrize(
    "name", ["B03", "b03", "住建局", "区住房和城乡建设局", "云汀区住房和城乡建设局", "住房和城乡建设局", "区住建局"]
)
def test_a_unit_goes_by_code_name_or_short_name(district: Congress, name: str) -> None:
    assert right(a_row(主办单位=name), district).unit == a_unit("B03")


@pytest.mark.parametrize("name", ["D900", "李绍武", "李　绍武", "李绍武（D900）", "李绍武等3人"])
def test_a_deputy_goes_by_code_or_name(district: Congress, lead: Mandate, name: str) -> None:
    assert right(a_row(领衔代表=name), district).lead == lead


def test_two_deputies_of_one_name_are_named(district: Congress, lead: Mandate) -> None:
    other = a_deputy("李绍武", code="D901", delegation="望河代表团")
    [finding] = checked([a_row(领衔代表="李绍武")], district)
    [fault] = finding.faults
    assert "D900" in str(fault.params["names"])
    assert "望河代表团" in str(fault.params["names"])
    assert right(a_row(领衔代表="D901"), district).lead == other


def test_a_deputy_whose_mandate_had_ended_did_not_file(district: Congress, lead: Mandate) -> None:
    orgs.end_mandate(mandate_id=lead.pk, on=date(2025, 1, 31), reason="调离", actor=setup_actor(district))
    [finding] = checked([a_row()], district)
    assert "不在任" in finding.faults[0].reason


@pytest.mark.parametrize(
    ("text", "meant"), [("A类", "A"), ("b", "B"), ("C（因条件限制）", "C"), ("已解决", "A"), ("留作参考", "D")]
)
def test_classes_in_offices_words(district: Congress, text: str, meant: str) -> None:
    promise = {"承诺事项": "完成路面", "承诺期限": "2025-12-31"}
    reply = right(a_row(答复分类=text, **promise), district).reply
    assert reply is not None
    assert reply.reply_class == ReplyClass(meant)


def test_one_column_of_satisfaction_is_result_and_attitude(district: Congress) -> None:
    rating = right(a_row(态度评价="", 结果评价="比较满意"), district).rating
    assert rating is not None
    assert (rating.attitude, rating.result) == (Rating.FAIR, Rating.FAIR)


@pytest.mark.parametrize("name", ["老旧小区类", "老旧小区改造", "老旧"])
def test_a_subject_is_found_by_a_near_name_if_only_one_fits(district: Congress, name: str) -> None:
    assert right(a_row(类别=name), district).category_id == a_category("老旧小区").pk


def test_where_the_register_is_silent_nothing_is_published(district: Congress) -> None:
    past = right(without("公开", "正文", "答复正文"), district)
    assert past.publicity == Publicity.PENDING
    assert "没有记载" in past.problem


def test_personal_numbers_are_said_and_do_not_hinder(district: Congress) -> None:
    [finding] = checked([a_row(正文="请联系13800001234。建议：修。")], district)
    assert finding.outcome == Outcome.ADD
    assert [note.column for note in finding.notes] == ["text"]


class TestUnitsThatEnded:
    @pytest.fixture
    def ended(self, district: Congress) -> None:
        actor = setup_actor(district)
        old = orgs.add_unit(
            code="B99",
            name="区房产管理局",
            short_name="房管局",
            kind=UnitKind.DEPARTMENT,
            parent_id=a_unit("G00").pk,
            actor=actor,
        )
        orgs.dissolve_unit(unit_id=old.pk, on=date(2025, 6, 30), successor_id=a_unit("B03").pk, actor=actor)

    def test_what_it_answered_stays_its_own(self, district: Congress, ended: None) -> None:
        assert right(a_row(主办单位="房管局"), district).unit == a_unit("B99")

    def test_what_is_still_open_goes_to_its_successor_and_that_is_said(self, district: Congress, ended: None) -> None:
        row = without(*FROM_REPLY, 主办单位="房管局")
        assert right(row, district).unit == a_unit("B03")
        [finding] = checked([row], district)
        assert [note.column for note in finding.notes] == ["unit"]

    def test_a_name_of_two_units_is_not_guessed(self, district: Congress) -> None:
        orgs.add_unit(
            code="B98", name="市住建局驻区分局", short_name="住建局", kind=UnitKind.DEPARTMENT,
            parent_id=a_unit("G00").pk,
            actor=setup_actor(district),
        )  # fmt: skip
        [finding] = checked([a_row()], district)
        assert "B03" in str(finding.faults[0].params["names"])
        assert "B98" in str(finding.faults[0].params["names"])


class TestNumbers:
    def test_the_same_number_twice_is_a_fault_of_the_second(self, district: Congress) -> None:
        first, second = checked([a_row(), a_row(标题="关于别的事的建议")], district)
        assert first.outcome == Outcome.ADD
        assert second.faults[0].params == {"line": 2}

    def test_closed_period_goes_on_in_one_series_where_no_number_is_used_twice(self, district: Congress) -> None:
        closed = a_row(编号="42", 提出场合="闭会", 提出日期="2025-03-03", 标题="闭会的建议")
        _, finding = checked([a_row(), closed], district)
        assert isinstance(finding.parsed, Past)
        assert finding.parsed.key == "JY-16-5-042"

    @pytest.mark.parametrize("number", ["B041", "闭会第41号", "41"])
    def test_closed_period_has_its_own_series_where_it_begins_anew(self, district: Congress, number: str) -> None:
        closed = a_row(编号=number, 提出场合="闭会", 提出日期="2025-03-03", 标题="闭会的建议")
        _, finding = checked([a_row(), closed], district)
        assert isinstance(finding.parsed, Past)
        assert finding.parsed.key == "JY-16-5-B041"

    def test_without_a_year_the_day_of_filing_tells_the_session(self, district: Congress, lead: Mandate) -> None:
        term = lead.term
        orgs.record_session(
            term_id=term.pk,
            number=4,
            opened_on=date(2024, 2, 20),
            closed_on=date(2024, 2, 23),
            actor=setup_actor(district),
        )
        dates = {
            "提出日期": "2024-02-20",
            "交办日期": "2024-03-05",
            "签收日期": "",
            "沟通日期": "2024-04-15",
            "答复日期": "2024-05-20",
        }
        now, before = checked([a_row(), a_row(**dates)], district)
        assert isinstance(now.parsed, Past)
        assert isinstance(before.parsed, Past)
        assert [now.parsed.key, before.parsed.key] == ["JY-16-5-041", "JY-16-4-041"]
        assert before.parsed.year == 2024


def test_only_the_deputies_office_and_the_operator_may(district: Congress) -> None:
    assert KIND.may(actor_of(Role.SC_REP, "R02"))
    assert KIND.may(Actor.system("import", district.pk))
    assert not KIND.may(actor_of(Role.GOV_HUB, "G01"))
    assert not KIND.may(actor_of(Role.UNIT_CLERK, "B03"))


def test_a_hundred_rows_cost_no_more_queries_than_one(
    district: Congress, django_assert_max_num_queries: object
) -> None:
    rows = [a_row(编号=str(n), 标题=f"第{n}件") for n in range(1, 101)]
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert {f.outcome for f in checked(rows, district)} == {Outcome.ADD}


def test_rated_but_not_answered_is_one_fault_only(district: Congress) -> None:
    [finding] = checked([without(*FROM_RATING, *FROM_REPLY)], district)
    assert finding.faults == ()
