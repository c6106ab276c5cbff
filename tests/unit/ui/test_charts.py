"""Charts as values."""

from openrenda.ui.charts import SLOT, TALL, Series, heat, trend


def test_panels_share_one_scale_and_say_the_most() -> None:
    found = trend(["1月", "2月", "3月"], [Series("收到", [4, 8, 0]), Series("答复", [1, 2, 2], "second")])
    assert found is not None
    first, second = found.panels
    assert (first.total, first.most, first.most_at) == (12, 8, "2月")
    assert [bar.height for bar in first.columns] == [TALL / 2, TALL]
    assert [bar.height for bar in second.columns] == [TALL / 8, TALL / 4, TALL / 4]
    assert first.columns[1].y == 0
    assert all(bar.x + bar.width <= found.width == 3 * SLOT for bar in first.columns)


def test_the_table_tells_what_the_panels_tell_and_more() -> None:
    found = trend(["1月"], [Series("收到", [4])], table_only=[Series("办结", [3])])
    assert found is not None
    assert found.heads == ["收到", "办结"]
    assert found.rows == [("1月", [4, 3])]


def test_where_nothing_happened_there_is_no_chart() -> None:
    assert trend(["1月"], [Series("收到", [0])]) is None
    assert trend([], []) is None
    assert heat(["东"], [("停车", [(0, "")])]) is None
    assert heat([], []) is None


def test_heat_grows_with_the_count_and_zero_is_none() -> None:
    found = heat(["东", "西", "南"], [("停车", [(0, ""), (1, "/a"), (9, "/b")])])
    assert found is not None
    assert [cell.weight for cell in found.rows[0].cells] == [0, 1, 5]
    assert found.rows[0].total == 10


def test_a_single_case_is_not_the_darkest() -> None:
    found = heat(["东"], [("停车", [(1, "")])])
    assert found is not None
    assert found.rows[0].cells[0].weight == 1
