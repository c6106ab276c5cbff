"""What can be wrong with a ballot, a key or an archive: every refusal has a name and says it in two languages."""

from enum import Enum
from typing import NoReturn


class FaultCode(Enum):
    """The name of a refusal, with its sentence in Chinese and English."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> "FaultCode":
        member = object.__new__(cls)
        member._value_ = code
        member.zh, member.en = zh, en
        return member

    # Bytes and writing
    ARCHIVE_MALFORMED = (
        "archive_malformed",
        "档案的封装字节与格式不符",
        "The archive's wrapping is not as the format writes it",
    )
    ARCHIVE_TRUNCATED = "archive_truncated", "档案在条目中间断开", "The archive ends in the middle of an entry"
    ARCHIVE_HEADER = (
        "archive_header",
        "档案的首个条目不是规定的文件头",
        "The archive does not begin with its header entry",
    )
    ENTRY_ALTERED = "entry_altered", "条目内容与其摘要不符", "An entry's content does not match its digest"
    ENTRY_UNREFERENCED = "entry_unreferenced", "有条目不属于任何事件", "An entry belongs to no event"
    ENTRY_MISMATCH = (
        "entry_mismatch",
        "事件与其前面的数据条目不符",
        "An event does not match the data entries before it",
    )
    JSON_NOT_CANONICAL = "json_not_canonical", "数据不是规定的写法", "Data is not written in the canonical way"
    FIELDS_WRONG = "fields_wrong", "数据的字段与格式不符", "Data does not have the fields of the format"
    DECIMAL_NOT_CANONICAL = "decimal_not_canonical", "数字不是规范的十进制写法", "A number is not a canonical decimal"
    SCALAR_OUT_OF_RANGE = "scalar_out_of_range", "指数超出范围", "An exponent is out of range"
    NOT_IN_GROUP = "not_in_group", "数值不在规定的群内", "A value is not a member of the group"
    NEUTRAL_ELEMENT = "neutral_element", "此处不得为单位元", "The neutral element is forbidden here"

    # The order of events
    EVENT_MALFORMED = "event_malformed", "事件的内容与格式不符", "An event is not as the format writes it"
    CHAIN_BROKEN = (
        "chain_broken",
        "事件链断开：上一事件或序号不符",
        "The chain of events is broken: wrong parent or height",
    )
    SETUP_MISSING = "setup_missing", "没有开始事件", "The setup event is missing"
    SETUP_REPEATED = "setup_repeated", "出现第二个开始事件", "There is a second setup event"
    END_BALLOTS_MISSING = "end_ballots_missing", "没有结束投票事件", "The event that ends voting is missing"
    BALLOT_AFTER_END = "ballot_after_end", "结束投票后又出现选票", "There is a ballot after voting ended"
    ENCRYPTED_TALLY_MISSING = "encrypted_tally_missing", "没有密文合计事件", "The encrypted tally is missing"
    RESULT_MISSING = "result_missing", "没有结果事件", "The result is missing"
    EVENT_ORDER = "event_order", "事件的次序不对", "The events are in a wrong order"

    # The setup
    ELECTION_MALFORMED = "election_malformed", "选举文件与格式不符", "The election is not as the format writes it"
    GROUP_UNKNOWN = "group_unknown", "选举使用的群不是 BELENIOS-2048", "The election's group is not BELENIOS-2048"
    PUBLIC_KEY_WRONG = (
        "public_key_wrong",
        "选举公钥与监票人的公钥不符",
        "The election's key does not follow from the trustees' keys",
    )
    CREDENTIALS_MALFORMED = (
        "credentials_malformed",
        "投票凭证名单与格式不符",
        "The list of credentials is not as the format writes it",
    )
    CREDENTIAL_REPEATED = "credential_repeated", "投票凭证名单中有重复", "A credential stands twice on the list"
    CREDENTIAL_WEIGHTED = (
        "credential_weighted",
        "投票凭证带有权重，一人应为一票",
        "A credential carries a weight; one person has one vote",
    )
    CREDENTIAL_ILL_FORMED = "credential_ill_formed", "投票凭证写错或校验位不符", "The credential is misspelt"

    # Trustees and their keys
    TRUSTEES_MALFORMED = (
        "trustees_malformed",
        "监票人公钥文件与格式不符",
        "The trustees' record is not as the format writes it",
    )
    TRUSTEE_CERTIFICATE = "trustee_certificate", "监票人的证书无效", "A trustee's certificate is invalid"
    TRUSTEE_POLYNOMIAL = "trustee_polynomial", "监票人的多项式承诺无效", "A trustee's polynomial commitment is invalid"
    TRUSTEE_SECRET = (
        "trustee_secret",
        "监票人发出的密钥份额无法解开或不符",
        "A share sent by a trustee cannot be opened or is wrong",
    )
    TRUSTEE_KEY = "trustee_key", "监票人的公钥无效", "A trustee's public key is invalid"
    TRUSTEE_UNKNOWN = "trustee_unknown", "该密钥不属于名单上的监票人", "The key belongs to none of the trustees"

    # Ballots
    BALLOT_MALFORMED = "ballot_malformed", "选票与格式不符", "The ballot is not as the format writes it"
    BALLOT_OTHER_ELECTION = "ballot_other_election", "选票属于另一次选举", "The ballot is for another election"
    BALLOT_SIGNATURE = "ballot_signature", "选票的签名无效", "The ballot's signature is invalid"
    BALLOT_INDIVIDUAL_PROOF = (
        "ballot_individual_proof",
        "单项证明无效：某项既非选也非不选",
        "A mark is not proved to be 0 or 1",
    )
    BALLOT_OVERALL_PROOF = (
        "ballot_overall_proof",
        "总数证明无效：所选项数不在范围内",
        "The number of marks is not proved to be allowed",
    )
    BALLOT_BLANK_PROOF = "ballot_blank_proof", "空白票证明无效", "The proof about a blank vote is invalid"
    CREDENTIAL_UNKNOWN = "credential_unknown", "选票的凭证不在名单上", "The ballot's credential is not on the list"
    CREDENTIAL_USED_TWICE = "credential_used_twice", "同一凭证有两张选票", "A credential was used for two ballots"
    BALLOT_REPLAYED = "ballot_replayed", "同一张选票出现两次", "The same ballot appears twice"

    # Tally, decryption, result
    NUM_TALLIED_WRONG = "num_tallied_wrong", "密文合计所称的票数不对", "The tally names a wrong number of ballots"
    ENCRYPTED_TALLY_WRONG = (
        "encrypted_tally_wrong",
        "密文合计与选票不符",
        "The encrypted tally is not the product of the ballots",
    )
    PARTIAL_MALFORMED = "partial_malformed", "部分解密与格式不符", "A partial decryption is not as the format writes it"
    PARTIAL_OWNER_UNKNOWN = (
        "partial_owner_unknown",
        "部分解密的监票人不存在",
        "A partial decryption's owner does not exist",
    )
    PARTIAL_REPEATED = "partial_repeated", "同一监票人有两份部分解密", "A trustee has two partial decryptions"
    PARTIAL_PROOF = "partial_proof", "部分解密的证明无效", "A partial decryption's proof is invalid"
    PARTIALS_TOO_FEW = "partials_too_few", "部分解密的份数不足", "There are too few partial decryptions"
    RESULT_WRONG = "result_wrong", "结果与解密不符", "The result is not what the decryptions say"

    # What was announced in the chamber
    EXPECTED_ELECTION = (
        "expected_election",
        "选举指纹与宣读的不同",
        "The election's fingerprint is not the one announced",
    )
    EXPECTED_TRUSTEES = (
        "expected_trustees",
        "监票人公钥指纹与宣读的不同",
        "The trustees' fingerprint is not the one announced",
    )
    EXPECTED_CREDENTIALS = (
        "expected_credentials",
        "凭证名单指纹与宣读的不同",
        "The credentials' fingerprint is not the one announced",
    )
    EXPECTED_FINAL_EVENT = (
        "expected_final_event",
        "最终事件摘要与会议记录的不同",
        "The final event is not the one in the minutes",
    )
    EXPECTED_CREDENTIAL_COUNT = (
        "expected_credential_count",
        "凭证数与应到人数不符",
        "The number of credentials is not the number entitled",
    )
    EXPECTED_BALLOTS = "expected_ballots", "选票数与宣布的不同", "The number of ballots is not the one announced"
    WITHDRAWN_CREDENTIAL_USED = "withdrawn_credential_used", "已收回的凭证投了票", "A withdrawn credential was used"


class Fault(Exception):
    """Refused. `detail` says where, in words of no language: `ballot=3 answer=1`."""

    def __init__(self, code: FaultCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def name(self) -> str:
        """The name, as the command line prints it."""
        return str(self.code.value)

    @property
    def zh(self) -> str:
        """What is wrong, in Chinese."""
        return self.code.zh

    @property
    def en(self) -> str:
        """What is wrong, in English."""
        return self.code.en

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}" if self.detail else self.name

    def at(self, place: str) -> "Fault":
        """The same fault, its place known more exactly."""
        return Fault(self.code, f"{place} {self.detail}".strip())


def refuse(code: FaultCode, detail: str = "") -> NoReturn:
    """Raise the fault."""
    raise Fault(code, detail)


def demand(truth: object, code: FaultCode, detail: str = "") -> None:
    """Raise the fault unless it holds."""
    if not truth:
        raise Fault(code, detail)
