"""How days, sums of money and our words are written on a Chinese official paper."""

from datetime import date, datetime

from models.assignment import Duty
from models.callout import AnswerResult, ArrivalMethod
from models.clock import SHANGHAI, local_day
from models.conclusion import Ground
from models.consent import Consent, Telling
from models.follow_up_call import CallOutcome, Satisfaction, Sign
from models.lifecycle import ClosingType
from models.mandate import MandatePaper
from models.natures import Nature
from models.participant import Invitee
from models.party import Side
from models.performance import PaidBy
from models.record_reading import ReadingWay
from models.recusal import RecusalGround
from models.representative import RepresentativeKind
from models.visit import Channel
from models.whistle import Level
from models.wording import Manner

BLANK = "____________"
BLANK_DAY = "____年____月____日"
_DIGITS, _UNITS, _GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿", "万亿")
NUMERALS = "零一二三四五六七八九十"

SIDES = {Side.APPLICANT: "申请人", Side.RESPONDENT: "被申请人", Side.THIRD: "第三人"}
CHANNELS = {
    Channel.WINDOW: "当事人申请", Channel.TELEPHONE: "当事人申请（电话）", Channel.PETITION: "信访部门移送",
    Channel.HOTLINE: "12345 热线转办", Channel.TOWNSHIP: "镇（街道）上报", Channel.VILLAGE: "村（社区）上报",
    Channel.VILLAGE_OWN: "村（社区）自行受理", Channel.POLICE: "公安机关移送", Channel.COURT: "人民法院委派（委托）",
    Channel.PATROL: "排查发现，主动调解",
}  # fmt: skip
NATURES = {
    Nature.PEOPLES: "人民调解", Nature.INDUSTRY: "人民调解（行业专业）", Nature.ADMINISTRATIVE: "行政调解",
    Nature.COURT_ENTRUSTED: "人民法院委派（委托）调解", Nature.PETITION: "信访事项协调", Nature.WITNESSED: "见证和解",
}  # fmt: skip
RECORDS = {
    Nature.PEOPLES: "人民调解记录", Nature.INDUSTRY: "人民调解记录", Nature.ADMINISTRATIVE: "行政调解笔录",
    Nature.COURT_ENTRUSTED: "调解记录", Nature.PETITION: "信访事项协调记录", Nature.WITNESSED: "和解见证记录",
}  # fmt: skip
AGREEMENTS = {
    Nature.PEOPLES: "人民调解协议书", Nature.INDUSTRY: "人民调解协议书", Nature.ADMINISTRATIVE: "行政调解协议书",
    Nature.COURT_ENTRUSTED: "调解协议书", Nature.PETITION: "信访事项协调协议书", Nature.WITNESSED: "和解协议书",
}  # fmt: skip
GROUNDS = {
    Ground.REFUSED: "一方当事人拒绝继续调解", Ground.GAP: "当事人意见分歧较大，无法达成一致",
    Ground.UNREACHABLE: "无法与一方当事人取得联系", Ground.TIME_OUT: "调解期限届满，当事人未一致同意延长",
    Ground.UNSIGNED: "一方当事人拒绝签字", Ground.OTHER: "其他情形",
}  # fmt: skip
MANNERS = {Manner.CASH: "现金", Manner.TRANSFER: "银行转账", Manner.WECHAT: "微信或者支付宝", Manner.OTHER: "其他方式"}
LEVELS = {Level.ORDINARY: "一般", Level.URGENT: "紧急", Level.APPOINTMENT: "预约", Level.VIDEO: "视频"}
METHODS = {
    ArrivalMethod.CODE: "报到码", ArrivalMethod.QR: "扫码", ArrivalMethod.DESK: "窗口登记",
    ArrivalMethod.MEDIATOR: "调解员登记", ArrivalMethod.RECORDER: "记录人登记", ArrivalMethod.VIDEO: "视频接入",
}  # fmt: skip
RESULTS = {
    AnswerResult.ANSWERED: "当场答复", AnswerResult.TAKEN_BACK: "带回研究",
    AnswerResult.NEEDS_AUTHORITY: "需有权人员到场",
}  # fmt: skip
REPRESENTATIVES = {
    RepresentativeKind.AGENT: "委托代理人", RepresentativeKind.LEGAL: "法定代表人（负责人）",
    RepresentativeKind.GUARDIAN: "监护人", RepresentativeKind.ELECTED: "推选代表人",
}  # fmt: skip
ENDINGS = {
    ClosingType.SETTLED_WRITTEN: "调解成功（书面协议）", ClosingType.SETTLED_ORAL: "调解成功（口头协议）",
    ClosingType.PERFORMED: "调解成功（即时履行）", ClosingType.RECONCILED: "当事人和解、撤回",
    ClosingType.ENDED: "调解不成，终止",
    ClosingType.TO_COURT: "告知向人民法院起诉", ClosingType.TO_ARBITRATION: "告知申请仲裁",
    ClosingType.TO_ADMINISTRATION: "转行政机关处理", ClosingType.TO_PETITION: "转信访程序",
    ClosingType.TO_POLICE: "转公安机关", ClosingType.EXPLAINED: "答复解释", ClosingType.DECLINED: "不予受理",
    ClosingType.MERGED: "并案处理",
}  # fmt: skip

TELLINGS = {Telling.PAPER: "书面", Telling.ALOUD: "当面口头", Telling.TELEPHONE: "电话"}
CONSENTS = {Consent.AGREES: "同意调解", Consent.REFUSES: "不同意调解"}
INVITEES = {
    Invitee.KIN: "亲属", Invitee.NEIGHBOUR: "邻里", Invitee.COLLEAGUE: "同事",
    Invitee.EXPERT: "专业人员", Invitee.ORGANISATION: "有关社会组织人员",
}  # fmt: skip
READINGS = {
    ReadingWay.OWN: "本人阅读", ReadingWay.ALOUD: "向其宣读", ReadingWay.INTERPRETER: "经翻译宣读",
    ReadingWay.REFUSED: "拒绝确认",
}  # fmt: skip
RECUSALS = {
    RecusalGround.INTEREST: "与纠纷有利害关系", RecusalGround.KIN: "与一方当事人是近亲属",
    RecusalGround.OTHER: "其他原因",
}  # fmt: skip
DUTIES = {Duty.MEDIATOR: "调解员", Duty.RECORDER: "记录人"}
MANDATES = {MandatePaper.ELECTION: "推选书", MandatePaper.POWER: "授权委托书"}
CALLS = {
    CallOutcome.PERFORMED: "已联系，已履行", CallOutcome.UNPERFORMED: "已联系，未履行",
    CallOutcome.NO_ANSWER: "无人接听", CallOutcome.ANOTHER_DAY: "改日再联系",
}  # fmt: skip
SATISFIED = {
    Satisfaction.VERY: "很满意", Satisfaction.SATISFIED: "满意", Satisfaction.FAIRLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意", Satisfaction.NOT_ASKED: "未评价",
}  # fmt: skip
SIGNS = {
    Sign.PROMISE_BROKEN: "承诺未兑现", Sign.NEW_QUARREL: "再次争吵", Sign.POLICE_CALLED: "再次报警",
    Sign.COMPLAINED: "另行投诉、信访", Sign.GATHERING: "串联他人", Sign.THREATENED: "威胁他人",
}  # fmt: skip
PAYMENTS = {
    PaidBy.CASH: "现金", PaidBy.TRANSFER: "银行转账", PaidBy.WECHAT: "微信", PaidBy.GOODS: "以物抵付",
    PaidBy.OTHER: "其他方式",
}  # fmt: skip


def day(value: date | datetime | None, otherwise: str = "") -> str:
    """2026年11月23日"""
    if value is None:
        return otherwise
    on = local_day(value) if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


def clock(at: datetime | None) -> str:
    """10时22分"""
    return f"{(local := at.astimezone(SHANGHAI)).hour}时{local.minute:02d}分" if at else ""


def moment(at: datetime | None) -> str:
    return f"{day(at)}{clock(at)}"


def span(since: datetime | None, until: datetime | None) -> str:
    """2026年11月23日10时22分至11时05分; the second day is named when it is another one."""
    if since is None or until is None:
        return moment(since)
    return f"{moment(since)}至{clock(until) if local_day(since) == local_day(until) else moment(until)}"


def amount(fen: int | None) -> str:
    """1,234.50元"""
    if fen is None:
        return ""
    return f"{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else "") + "元"


def sum_of(fen: int) -> str:
    """人民币1,200元(大写:壹仟贰佰元整), as an agreement names a sum."""
    return f"人民币{amount(fen)}（大写：{capitals(fen)}）"


def capitals(fen: int) -> str:
    """A sum in the numerals nobody can alter: 壹仟贰佰元整, 伍角, 壹万零叁元零伍分."""
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan or not fen else ""
    if not jiao and not rest:
        return f"{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    if not number:
        return "零"
    words = ""
    groups: list[int] = []
    while number:
        groups.append(number % 10_000)
        number //= 10_000
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group and words and (group < 1000 or not groups[place + 1]):
            words += "零"
        words += _group(group) + (_GROUPS[place] if group else "")
    return words


def _group(number: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _UNITS[place]
        elif words and number % 10**place:
            words += "" if words.endswith("零") else "零"
    return words


def numeral(number: int) -> str:
    """一, 十二, 三十: the number of a term."""
    if number <= 10:
        return NUMERALS[number]
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return (NUMERALS[tens] if tens > 1 else "") + "十" + (NUMERALS[ones] if ones else "")
