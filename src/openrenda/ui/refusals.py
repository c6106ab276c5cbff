"""Refusals as pages: what happened, why, what to do. One way for our own errors and for Django's."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse

from openrenda.kernel.errors import Invalid, NotAllowed, NotFound, OpenRendaError
from openrenda.kernel.text import N_

from . import current
from .filters import t
from .render import is_htmx, jinja, page

TITLES = {
    400: N_("这个请求看不懂"),
    403: N_("没有找到这一页"),
    404: N_("没有找到这一页"),
    405: N_("这个地址不能这样用"),
    409: N_("这一步没有完成"),
    413: N_("上传的内容太大"),
    422: N_("有些内容需要修改"),
    429: N_("操作太频繁"),
}


STALE_TITLE = N_("这次提交没有被接受")


class TooLarge(OpenRendaError):
    """The upload exceeds what one form may carry."""

    status = 413
    code = "ui.too_large"
    message = N_("这次提交的文件或文字超出了上限，没有保存。")
    remedy = N_("每张照片请不超过10MB、一次不超过9张；文字请分几次提交。返回上一页，您写的内容还在。")


class StaleForm(OpenRendaError):
    """The form's token does not fit the visitor's cookie."""

    status = 403
    code = "ui.stale_form"
    message = N_("这个页面打开得太久，或者浏览器没有保存我们的安全标记，所以这次提交没有被接受。")
    remedy = N_("请返回上一页并刷新，再提交一次；您写的内容会保留。若仍不行，请允许本站使用Cookie。")


class BadRequest(OpenRendaError):
    """The request cannot be read."""

    code = "ui.bad_request"
    message = N_("浏览器发来的内容不完整或者格式不对。")
    remedy = N_("请返回上一页，刷新后再试。")


def answer(request: HttpRequest, refusal: OpenRendaError, *, title: str = "") -> HttpResponse:
    """JSON for programs, a notice for htmx, else a page."""
    hidden = isinstance(refusal, NotAllowed) and request.method in {"GET", "HEAD"}
    shown = NotFound() if hidden else refusal
    heading = title or TITLES.get(shown.status, TITLES[409])
    if isinstance(shown, NotAllowed):
        heading = N_("您现在的身份不能做这一步")
    message, remedy = t(shown.message, **shown.params), t(shown.remedy, **shown.params)
    fields = _sentences(shown)
    if _wants_json(request):
        return JsonResponse(
            {"code": shown.code, "message": message, "remedy": remedy, "fields": fields},
            status=shown.status, json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip
    if is_htmx(request):
        with current.rendering(request):
            html = (
                jinja()
                .get_template("ui/errors/fragment.html")
                .render({"title": heading, "message": message, "remedy": remedy})
            )
        # htmx swaps 422; the notice takes the place of what was to change.
        return HttpResponse(html, status=422, headers={"X-Refusal-Status": str(shown.status)})
    context = {
        "layout": "ui/work.html" if request.path.startswith(("/work/", "/manage/")) else "ui/public.html",
        "title": heading, "message": message, "remedy": remedy, "fields": list(fields.values()),
        "back_url": _back(request),
    }  # fmt: skip
    return page(request, "ui/errors/refusal.html", context, status=shown.status)


def _sentences(refusal: OpenRendaError) -> dict[str, str]:
    if not isinstance(refusal, Invalid):
        return {}
    return {name: t(message, **refusal.params) for name, message in refusal.fields.items()}


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(_TYPES) == "application/json"


_TYPES: Sequence[str] = ("text/html", "application/json")


def _back(request: HttpRequest) -> str:
    """The page the reader came from, if it is ours and another one."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    address = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "" if address == request.get_full_path() and request.method == "GET" else address
