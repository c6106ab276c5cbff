"""Forms of one field or none."""

from typing import cast

from openrenda.kernel.text import N_

from .base import ActForm, Text


class Plain(ActForm):
    """Nothing to fill in: the page says what will happen, the button does it."""


def one_text(name: str, label: str, hint: str = "", *, required: bool = True, rows: int = 4) -> type[ActForm]:
    """A form whose only field is a text."""
    field = Text(label=label, help_text=hint, required=required, rows=rows)
    return cast("type[ActForm]", type(f"{name.title()}Form", (ActForm,), {name: field, "__module__": __name__}))


SendBackForm = one_text("reason", N_("退回理由"), N_("代表会看到这段话。请写明要改什么、怎么改。"))
WithdrawForm = one_text("reason", N_("撤回理由"), N_("撤回后办理终止，不能恢复。"))
AskWithdrawalForm = one_text("reason", N_("为什么撤回"), N_("联名代表都同意以后，您才能撤回。"))
SupplementForm = one_text(
    "text", N_("补充说明"), N_("原文不再改动，补充说明附在后面，承办单位和代表工委都能看到。"), rows=6
)
AcceptForm = one_text(
    "opinion", N_("审查意见"), N_("可以不填。接收后系统自动编号，号码连续、不重复。"), required=False, rows=3
)
ApologyNote = N_("谁、什么时候、怎样向代表致歉")
UnrateableForm = one_text(
    "reason", N_("为什么无法反馈"), N_("例如：领衔代表已去世，且没有联名代表。按“未反馈”统计，不计入满意。")
)
RefuseReturnForm = one_text("reason", N_("不同意的理由"), N_("单位会看到。不同意后由该单位继续办理。"))
RefuseExtensionForm = one_text("reason", N_("不同意的理由"), N_("单位会看到，原定期限不变。"))
GrantExtensionForm = one_text(
    "note", N_("意见"), N_("可以不填。同意后答复期限改为自首次交办起六个月。"), required=False, rows=2
)
CoOpinionForm = one_text(
    "text", N_("会办意见"), N_("请写明本单位职责内能做什么、什么时候做。意见送主办单位，由主办单位汇总答复。"), rows=8
)
DenyContactForm = one_text("reason", N_("实际情况"), N_("请说明单位没有联系您，或者记录与实际不符的地方。"), rows=3)
ConfirmDoneForm = one_text("note", N_("您看到的情况"), N_("例如：6月3日到现场看过，路灯都亮了。"), rows=3)
DenyDoneForm = one_text("reason", N_("哪里没有落实"), N_("单位会看到。承诺继续有效，期限不变。"))
AnswerNudgeForm = one_text("answer", N_("回复"), N_("请写明进展、下一步和时间。"))
AnswerObjectionForm = one_text("answer", N_("答复代表"), N_("请说明是否调整承办单位以及理由。需要调整的，请另行改派。"))
