"""The standard list of subjects (domain.md 12.1), with the grouping often used in reports. A district may
bring its own."""

from openrenda.kernel.text import N_
from openrenda.liaison.states import OfficialGroup as G

TAXONOMY: dict[str, tuple[str, G, tuple[str, ...]]] = {
    "C01": (
        N_("城建与住房"),
        G.CITY,
        (
            N_("老旧小区改造"),
            N_("安置房"),
            N_("加装电梯"),
            N_("物业维修资金"),
            N_("市政道路"),
            N_("排水供水供暖"),
            N_("充电设施"),
        ),
    ),
    "C02": (N_("交通出行"), G.CITY, (N_("停车"), N_("公交"), N_("信号标线"), N_("慢行"), N_("断头路"))),
    "C03": (
        N_("城市管理"),
        G.CITY,
        (N_("垃圾分类"), N_("公厕"), N_("市容摊点"), N_("油烟噪声"), N_("违建"), N_("犬类")),
    ),
    "C04": (N_("生态绿化"), G.RURAL, (N_("绿化公园"), N_("扬尘"), N_("水环境"), N_("飞絮"))),
    "C05": (N_("教育"), G.CULTURE, (N_("学前教育"), N_("义务教育"), N_("课后供餐"), N_("校园周边"))),
    "C06": (N_("卫生养老托育"), G.CULTURE, (N_("养老"), N_("卫生服务"), N_("托育"), N_("康复"))),
    "C07": (N_("就业民政"), G.LAW, (N_("就业"), N_("救助"), N_("退役军人"), N_("社区工作者"))),
    "C08": (N_("文体旅游"), G.CULTURE, (N_("文化设施"), N_("健身"), N_("文保"), N_("活动"))),
    "C09": (N_("经济发展"), G.ECONOMY, (N_("夜间经济"), N_("商贸"), N_("中小企业"), N_("用地楼宇"))),
    "C10": (N_("公共安全"), G.LAW, (N_("消防"), N_("食品药品"), N_("治安反诈"), N_("应急"))),
    "C11": (N_("政务数据"), G.LAW, (N_("一网通办"), N_("证照"))),
    "C12": (N_("法治司法"), G.LAW, (N_("执行"), N_("调解"), N_("检察"))),
}
