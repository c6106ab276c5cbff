"""A drawing for every kind of project, where there is no photo yet. Categories are free words: a few of them decide."""

DRAWINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("parking", ("停车", "充电")),
    ("elder", ("养老", "民政", "助餐", "老年")),
    ("housing", ("小区", "住房", "房")),
    ("school", ("教育", "学", "托育", "幼")),
    ("health", ("医疗", "卫生", "健康服务")),
    ("market", ("市场", "商业", "食品")),
    ("park", ("园林", "绿化", "公园")),
    ("environment", ("环境", "水", "污", "垃圾", "环卫")),
    ("sport", ("体育", "健身", "文化")),
    ("jobs", ("就业", "创业", "社会保障")),
    ("safety", ("安全", "消防", "应急", "治安")),
    ("road", ("道路", "交通", "城市", "路", "市政")),
)


def drawing(category: str, name: str = "") -> str:
    """The static file."""
    for words in (category, name):
        for file, signs in DRAWINGS:
            if any(sign in words for sign in signs):
                return f"livelihood/pictures/{file}.svg"
    return "livelihood/pictures/other.svg"
