"""Refusals of this slice, each with a sentence and a way out."""

from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.text import N_


class NoPoll(NotFound):
    """Unknown, or not to be seen by this actor."""

    code = "voting.not_found"
    message = N_("没有找到这次表决。")
    remedy = N_("请核对地址，或从表决列表重新进入。")


class QuorumMissing(Conflict):
    """Too few are present (地方组织法 §14, §51)."""

    code = "voting.no_quorum"
    message = N_("实到 {present} 人，不足法定的 {needed} 人，不能表决。")
    remedy = N_("请等应到人员签到后再试。")


class NoDifference(Invalid):
    """差额 is required: more candidates than places."""

    code = "voting.no_difference"
    message = N_("候选 {candidates} 项、应选 {quota} 项，不符合差额要求（至少多 {percent}%）。")
    remedy = N_("请增加候选项目，或者减少应选数。")


class TwoTellers(Conflict):
    """A third person's figures."""

    code = "voting.two_tellers"
    message = N_("已有两位计票人分别录入，第三人不能再录。")
    remedy = N_("如数字有误，请由原计票人重新录入。")


class CountsDiffer(Conflict):
    """The two tellers' entries are not the same."""

    code = "voting.counts_differ"
    message = N_("两位计票人录入的数字不一致：{lines}。")
    remedy = N_("请各自对照原始计票单核对，由录错的一方重新录入。")

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(lines="、".join(lines))
        self.lines = lines


class FiguresWrong(Invalid):
    """Figures that cannot be."""

    code = "voting.figures_wrong"
    message = N_("计票数字不合理：{why}。")
    remedy = N_("请对照计票单改好后重新录入。")


class SheetMissing(Conflict):
    """No picture of the signed tally sheet."""

    code = "voting.sheet_missing"
    message = N_("还没有上传签字的计票单照片。")
    remedy = N_("请拍下监票人、计票人签字的计票单并上传，再确认结果。")


class AlreadyIssued(Conflict):
    """One ballot per deputy."""

    code = "voting.already_issued"
    message = N_("{name}已经领过票。")
    remedy = N_("每人一票。如设备故障，请监票人先收回电子凭证，再改发纸质票。")


class NotPresent(Conflict):
    """Only those present vote; no proxies."""

    code = "voting.not_present"
    message = N_("{name}没有签到，不能领票。")
    remedy = N_("请先签到；缺席代表的票不能由他人代投。")


class SlipNotWithdrawn(Conflict):
    """A paper ballot in place of an electronic one needs the slip back first."""

    code = "voting.slip_not_withdrawn"
    message = N_("{name}领过电子凭证，还没有收回，不能改发纸质票。")
    remedy = N_("请监票人扫描这张凭证，以“设备故障，改投纸质票”收回后再发纸质票。")


class NotOpen(Conflict):
    """Outside of the time of voting."""

    code = "voting.not_open"
    message = N_("现在不在投票时间内。")
    remedy = N_("请等主持人宣布开始投票；已经结束的，不能再投。")


class BallotRefused(Invalid):
    """The cryptography says no; `fault` is its name."""

    code = "voting.ballot_refused"
    message = N_("这张选票没有通过校验（{fault}）：{detail}")
    remedy = N_("您的票没有计入。请刷新页面重新投一次；仍不行请找监票人改投纸质票。")


class UnknownCredential(Conflict):
    """The slip does not belong to this poll."""

    code = "voting.unknown_credential"
    message = N_("这张凭证不属于本次表决。")
    remedy = N_("请核对凭证上的表决名称；确认无误请找监票人。")


class CredentialWithdrawn(Conflict):
    """The slip was taken out of use."""

    code = "voting.credential_withdrawn"
    message = N_("这张凭证已经收回，不能再用。")
    remedy = N_("请找监票人领取纸质票。")


class AlreadyVoted(Conflict):
    """One ballot per credential; `tracker` is what stands on the board."""

    code = "voting.already_voted"
    message = N_("这张凭证已经投过票，追踪号是 {tracker}。")
    remedy = N_("您可以在公示板上用这个追踪号找到已投的票。如果不是您本人投的，请立即告诉监票人。")

    def __init__(self, tracker: str) -> None:
        super().__init__(tracker=tracker)
        self.tracker = tracker


class CredentialsWrong(Invalid):
    """The public list cannot be used."""

    code = "voting.credentials_wrong"
    message = N_("凭证清单不能使用：{why}。")
    remedy = N_("请重新生成凭证，再提交公开清单。")


class CeremonyOutOfOrder(Conflict):
    """A key message in the wrong round."""

    code = "voting.ceremony_out_of_order"
    message = N_("现在还不是这一轮：{why}。")
    remedy = N_("请等其他监票人完成上一轮后刷新页面。")


class KeyRefused(Invalid):
    """A key message did not pass; `who` names whose it is."""

    code = "voting.key_refused"
    message = N_("{who}的密钥材料没有通过校验（{fault}）：{detail}")
    remedy = N_("请由本人用自己的密钥种子重新提交；种子遗失请由常委会办公室重新开始密钥生成。")


class PartialRefused(Invalid):
    """A partial decryption is wrong; `who` names whose it is."""

    code = "voting.partial_refused"
    message = N_("{who}的部分解密没有通过校验（{fault}）：{detail}")
    remedy = N_("请由本人用本次表决的密钥种子重新解密；其他监票人可以继续，达到门限即可。")


class NotTrustee(Conflict):
    """Keys are the scrutineers' own."""

    code = "voting.not_trustee"
    message = N_("只有本次表决的监票人能提交密钥材料。")
    remedy = N_("请以监票人代表的身份登录。")


class NotDecrypted(Conflict):
    """Fewer scrutineers than the threshold have decrypted."""

    code = "voting.not_decrypted"
    message = N_("已有 {given} 位监票人解密，需要 {needed} 位。")
    remedy = N_("请其余监票人打开“解密”页面完成。")


class NotCounted(Conflict):
    """Figures are missing."""

    code = "voting.not_counted"
    message = N_("还缺：{what}。")
    remedy = N_("请补齐后再计票。")


class RulingUnfit(Invalid):
    """The decision does not answer what the count left open."""

    code = "voting.ruling_unfit"
    message = N_("这项决定与计票结果不符。")
    remedy = N_("请按计票结果给出的选项作出决定。")


class RulingMissing(Conflict):
    """The count left something to the presidium."""

    code = "voting.ruling_missing"
    message = N_("计票结果需要主席团先作决定：{need}。")
    remedy = N_("请登记主席团的决定后再公布。")


class ChainFault(Conflict):
    """The board does not rebuild."""

    code = "voting.board_fault"
    message = N_("公示板记录不完整，不能继续。")
    remedy = N_("请立即停止操作并联系系统管理员。")


class MarksWrong(Invalid):
    """A named vote with marks that the rules do not know."""

    code = "voting.marks_wrong"
    message = N_("表决意见填写不完整或超过应选数。")
    remedy = N_("请每一项都选一个意见；选择式表决不能超过应选数。")
