"""What offices usually do, in officials' and in residents' words: known of the office's name, before any case.

Departments of districts have the same names and much the same duties everywhere, so the list holds for any of them;
it is a hint like others, and what a district's own cases say outweighs it. An office is found by a part of its name.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from .values import STREET

DUTIES: Mapping[str, str] = {
    "教育": (
        "学校 小学 中学 中小学 幼儿园 入学 招生 学区 划片 学位 教师 课后服务 课后延时 学生 家长 "
        "校外培训 培训机构 托管 作业 学前教育 义务教育 民办学校 教学"
    ),
    "卫生健康": (
        "医院 卫生院 社区卫生服务中心 医生 家庭医生 看病 就诊 门诊 儿科 疫苗 接种 体检 托育 "
        "婴幼儿 照护 传染病 公共卫生 献血 急救 中医 康复 心理健康 控烟"
    ),
    "住房和城乡建设": (
        "住房 物业 物业公司 物业费 业委会 业主 维修资金 小区 车位 电梯 加装电梯 公租房 保障房 "
        "供暖 暖气 供热 燃气 天然气 自来水 二次供水 道路建设 修路 断头路 人行道 路面 公交 "
        "公交线路 公交站 建筑质量 危房 工地 充电桩 充电设施"
    ),
    "城市管理": (
        "环卫 垃圾 垃圾分类 投放 保洁 公厕 市容 占道 摆摊 摊贩 流动摊点 夜市 早市 油烟 烧烤 "
        "噪声扰民 夜间施工 渣土 扬尘 违建 违法建设 广告牌 小广告 路灯 照明 井盖 窨井 排水 积水 "
        "下水道 共享单车 停车场 泊位 盲道 道路养护 坑洼 市政设施"
    ),
    "自然资源": "规划 用地 土地 不动产 不动产登记 房产证 规划许可 地块 控规 规划调整 测绘 地质灾害 林地",
    "民政": (
        "养老 老人 老年人 助餐 食堂 日间照料 敬老院 养老院 适老化 高龄津贴 高龄补贴 低保 救助 "
        "困难家庭 临时救助 残疾人 留守儿童 孤儿 殡葬 婚姻登记 婚俗 社区工作者 居委会 社会组织 志愿 "
        "地名"
    ),
    "人力资源": (
        "就业 招聘 招聘会 失业 创业 技能培训 社保 社保卡 养老保险 工伤 工资 欠薪 劳动合同 "
        "劳动仲裁 灵活就业 农民工 毕业生 公益岗位 退休 人才"
    ),
    "财政": "财政 资金 预算 补贴资金 政府采购 专项资金 国库 拨款",
    "发展和改革": "规划 项目立项 价格 收费标准 营商环境 电价 能源 粮食 信用 重大项目 产业政策",
    "商务": (
        "商场 商圈 商业街 菜市场 农贸市场 便民市场 便利店 夜间经济 消费 消费券 招商 外贸 电商 "
        "快递 家政 加油站 一刻钟便民生活圈"
    ),
    "文化": ("文化 图书馆 图书室 文化馆 博物馆 文物 古建 非遗 遗址 演出 戏曲 旅游 景区 民宿 讲解 网吧"),
    "市场监督": (
        "食品安全 食品 餐饮 后厨 外卖 药店 药品 价格 乱收费 明码标价 计量 短斤少两 缺斤短两 假货 "
        "消费投诉 退款 预付卡 营业执照 特种设备 电梯安全 广告 质量"
    ),
    "应急管理": "应急 安全生产 隐患 防汛 防灾 预警 地震 危险化学品 烟花爆竹 避难场所 演练 坍塌",
    "生态环境": (
        "环境 污染 污水 废气 异味 臭味 黑臭 噪声 扬尘 大气 雾霾 水质 土壤 固废 排污 环评 工厂排放 垃圾焚烧 重污染"
    ),
    "农业农村": "农业 农村 农民 种植 养殖 耕地 宅基地 农药 农产品 乡村 村集体",
    "公安": (
        "治安 派出所 民警 偷盗 小偷 盗窃 诈骗 反诈 监控 打架 扰民 养犬 犬只 狗 群租 出租房 "
        "户口 身份证 居住证 燃放 赌博 飙车"
    ),
    "交通巡防": (
        "交通 堵车 拥堵 红绿灯 信号灯 斑马线 标线 标志 违停 停车 乱停 机动车 非机动车道 "
        "电动车逆行 逆行 交警 路口 左转 掉头 限行 货车 护栏 减速带 上下学 停车位"
    ),
    "交警": ("交通 堵车 拥堵 红绿灯 信号灯 斑马线 标线 违停 停车 非机动车道 逆行 交警 路口 货车 护栏 减速带"),
    "交通运输": "公交 公交线路 公交站 出租车 网约车 公路 客运 货运 驾校",
    "司法": "法律 法律援助 法律顾问 律师 公证 人民调解 调解 普法 法治宣传 社区矫正 仲裁 行政复议",
    "退役军人": "退役军人 退伍 军人 军属 优抚 烈士 优待证 双拥 转业",
    "医疗保障": ("医保 报销 医保卡 异地就医 门诊统筹 大病保险 药品目录 生育保险 慢性病 定点医院 定点药店 住院"),
    "园林绿化": ("绿化 绿地 树 树木 修剪 树枝 行道树 公园 游园 草坪 花 飞絮 杨絮 病虫害 绿道 补植 广场 口袋公园 砍树"),
    "城市更新": "老旧小区 改造 老旧小区改造 家属院 防水 雨污分流 管网 加装电梯 棚户区 片区更新 拆迁 征收",
    "安置房": "安置房 回迁 回迁房 分房 过渡费 交房 安置 回迁小区 办证",
    "大数据": (
        "政务服务 一网通办 网上办 App 小程序 数据 材料 证照 办事大厅 办事窗口 自助机 跑腿 系统 "
        "平台 数字化 12345 热线 帮办代办 电子证照"
    ),
    "信访": "信访 上访 投诉渠道 接访",
    "审计": "审计 账目 经济责任",
    "国有资产": "国有资产 国有 国企 闲置 闲置房产 公房 招租 租金 出租 经营性资产 盘活",
    "体育": "体育 健身 健身器材 健身路径 球场 篮球 足球 乒乓球 羽毛球 游泳 跑道 全民健身 体育场 运动",
    "水利": "河 河道 河流 水渠 堤 河岸 水库 灌溉 清淤 防洪 河长 水系 内涝 河水 泵站 节水",
    "消防": ("消防 消火栓 灭火器 火灾 起火 着火 消防通道 消防车 充电 电动自行车充电 楼道堆物 楼道充电 烟感 疏散 电瓶"),
    "法院": "法院 诉讼 执行 判决 胜诉 立案 审判 庭审 法官 老赖 失信 官司",
    "检察": "检察 检察院 公益诉讼 批捕 监督",
    "监察": "监察 腐败 举报干部 微腐败 作风",
}
OF_STREETS = "社区 街道 楼道 楼上楼下 邻居 邻里 居民 院里 居委会 小广告 物业 业委会 自治 日间照料 活动室 协调 调解"


@lru_cache(maxsize=512)
def words_of(name: str) -> frozenset[str]:
    """Duty words of an office of that name; empty if it is like none of the list."""
    return frozenset(word for part, words in DUTIES.items() if part in name for word in words.split())


def duties_of(units: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    """By unit id, for (id, name); streets share one list under STREET."""
    found = {pk: words_of(name) for pk, name in units}
    return {pk: words for pk, words in found.items() if words} | {STREET: frozenset(OF_STREETS.split())}


def all_words() -> list[str]:
    """Every word of the list, in order: how often cases use them is learned."""
    return sorted({word for words in (*DUTIES.values(), OF_STREETS) for word in words.split()})
