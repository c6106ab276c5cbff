"""What a resident comes for: three doors."""

from dataclasses import dataclass

from openrenda.kernel.text import N_


@dataclass(frozen=True, slots=True)
class Door:
    """A large action of the home page; `mark` draws its outline in a 48 by 48 box."""

    name: str
    what: str
    url_name: str
    mark: str


DOORS = (
    Door(
        N_("提意见"),
        N_("三步写完，可以拍照；交给您身边的代表和联络站。"),
        "liaison:opinion_new",
        "M8 9h32v24H24l-9 8v-8H8zM16 18h16M16 25h10",
    ),
    Door(
        N_("查进度"),
        N_("用编号和查询码，看走到了哪一步、等了多久。"),
        "liaison:track",
        "M21 7a14 14 0 1 0 0 28a14 14 0 1 0 0-28M31.5 31.5L42 42M21 14v8l5 4",
    ),
    Door(
        N_("找代表"),
        N_("按街道、社区或姓名找代表和接待日。"),
        "liaison:stations",
        "M24 8a8 8 0 1 0 0 16a8 8 0 1 0 0-16M8 42c1-9 7.5-13 16-13s15 4 16 13",
    ),
)
