"""Where one searches: among what everybody may read, or among what one may open in the workbench."""

from dataclasses import dataclass

from openrenda.kernel.text import N_


@dataclass(frozen=True, slots=True)
class Side:
    """The words and addresses of one search."""

    label: str
    placeholder: str
    lead: str
    how: str
    other: str
    results: str
    hints: str
    layout: str
    is_inside: bool


PUBLIC = Side(
    label=N_("搜索"),
    placeholder=N_("姓名、编号或几个字"),
    lead=N_("公开的群众意见、代表建议、民生实事，还有代表、联络站和承办单位。"),
    how=N_("姓名可以打拼音或首字母（zyq 找周延庆），编号可以只打数字，几个词之间空一格就是都要有。"),
    other=N_("在工作台里搜索（含您能办的未公开事项）"),
    results="site:search",
    hints="site:hints",
    layout="ui/public.html",
    is_inside=False,
)
INSIDE = Side(
    label=N_("搜索工作台"),
    placeholder=N_("姓名、编号或几个字"),
    lead=N_("您现在的身份能打开的意见、建议、项目和会议议程，含未公开的。"),
    how=N_("姓名可以打拼音或首字母，编号可以只打数字，几个词之间空一格就是都要有。按 / 键随时回到搜索框。"),
    other=N_("在公开的内容里搜索"),
    results="site:work_search",
    hints="site:work_hints",
    layout="ui/work.html",
    is_inside=True,
)


def other(side: Side) -> Side:
    """The other one."""
    return PUBLIC if side.is_inside else INSIDE
