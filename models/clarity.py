"""内容不明确: what a court would find unclear or unlawful in an agreement, said before it is recorded.

A table of rules over the wording (民诉解释 art. 353-358, 人民调解法 art. 29). What must be changed blocks; advice does
not, and stays on record as seen.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.base import Facts
from models.finding import Finding, Weight
from models.interest import yearly_rates
from models.natures import OFFICIAL
from models.search_keys import folded
from models.wording import Manner, TermDraft, Wording
from models.words import _

Place = tuple[int | None, Facts]


@dataclass(frozen=True)
class Rule:
    code: str
    weight: Weight
    sentence: str
    look: Callable[[Wording], Iterator[Place]]


_COUNT = "0-9一二两三四五六七八九十百千万"
# 约 before a number is a guess; 合约, 违约 and the like are not.
VAGUE = re.compile(
    rf"尽快|尽早|尽速|尽可能|(?<![未不])及时|近日|近几|几(?:天|日|个月|年)|(?<![人次])数(?:天|日|月)|适量|适时|"
    rf"[一二三四五六七八九][二三四五六七八九](?:天|日|百元|千元|万元)|一段时间|一定(?:数额|金额|比例|费用|补偿|期限|时间|时期)|"
    rf"合理(?:期限|时间|价格)|按照?实际情况|适当|酌情|酌量|协商(?!一致)|另行商定|另议|再议|面议|大概|大约|差不多|若干|近期|到时候|必要时|原则上|"
    rf"尽量|尽力|有关费用|相关费用|合理费用|合理补偿|(?<=[{_COUNT}元日天月年号])左右|"
    rf"(?<![合契预违解续签履节制条公邀])约(?=[{_COUNT}])"
)
UNDECIDABLE = re.compile(
    r"(?:待|等到|等有|(?<!电)视|看).{0,12}(?:到位|好转|允许|方便|有钱|宽裕|合适|满意|情况|成熟)|"
    r"(?:如果?|若).{0,12}(?:有钱|方便|宽裕|条件允许|资金到位)|(?:有钱|有条件|宽裕|方便|合适)(?:时|的时候|之后|后|了)|再说"
)
BLANK = re.compile(r"_{2,}|＿{2,}|×{2,}")
SOFT = re.compile(
    r"恢复原状|保持|畅通|和睦|互不|不再发生|不得影响|清理|修好|"
    r"配合|处理|解决|改善|加强|注意|努力|妥善|规范|整改|维护|照顾|尊重|落实|协助|支持|保证|确保|管理|控制|减少|降低"
)
WAIVED = re.compile(
    r"(?:放弃|不再(?:主张|要求|追究)|免除|自愿不要).{0,12}(?:工资|工伤|伤残|加班费|社会?保险?|经济补偿|医疗费)"
)
BARRED = re.compile(r"(?:不得|不再|放弃|不准).{0,6}(?:起诉|诉讼|仲裁|信访|上访|投诉|举报|报警)")
STATUS = re.compile(r"离婚|解除婚姻|婚姻(?:关系)?无效|解除收养|亲子关系|收养关系")
TITLE = re.compile(r"(?:土地|宅基地|林地|草原|房屋|房产|商标|专利|著作权|版权)[^。；]{0,16}归[^。；]{0,16}所有")
LABOUR = "劳动争议"


def findings(wording: Wording) -> list[Finding]:
    """Everything that is to be said, in the order of the rules: what must be changed first."""
    return [
        Finding(rule.code, rule.weight, rule.sentence, row, facts)
        for rule in RULES
        for row, facts in rule.look(wording)
    ]


def _each(holds: Callable[[TermDraft, Wording], Any]) -> Callable[[Wording], Iterator[Place]]:
    """At every term for which this holds; facts are handed on."""

    def look(wording: Wording) -> Iterator[Place]:
        for row, term in enumerate(wording.terms, 1):
            found = holds(term, wording)
            if found:
                yield row, found if isinstance(found, dict) else {}

    return look


def _once(holds: Callable[[Wording], Any]) -> Callable[[Wording], Iterator[Place]]:
    def look(wording: Wording) -> Iterator[Place]:
        found = holds(wording)
        if found:
            yield None, found if isinstance(found, dict) else {}

    return look


def _words(pattern: re.Pattern[str], words: str) -> Facts:
    """The first words that match, to be named in the sentence."""
    found = pattern.search(words)
    return {"word": found[0]} if found else {}


def _said(term: TermDraft) -> str:
    return "\n".join(filter(None, (term.act, term.place, term.proof)))


def _everything(wording: Wording) -> str:
    return "\n".join([*(_said(term) for term in wording.terms), wording.default_clause])


def _pays(term: TermDraft) -> bool:
    return term.amount_fen is not None


def _is_party(name: str, wording: Wording) -> bool:
    return folded(name) in wording.parties


def _sum_differs(wording: Wording) -> Facts:
    total = sum(term.amount_fen or 0 for term in wording.terms)
    if wording.total_fen is None or wording.total_fen == total:
        return {}
    return {"stated": in_yuan(wording.total_fen), "sum": in_yuan(total)}


def in_yuan(fen: int) -> str:
    """1,234.50; a whole amount has no decimals."""
    return f"{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else "")


def _is_soft(term: TermDraft) -> bool:
    return bool(SOFT.search(term.act)) and not term.proof.strip() and not re.search(r"\d", term.act)


def _needs_clause(wording: Wording) -> bool:
    return not wording.default_clause.strip() and not wording.performed_at_once and any(map(_pays, wording.terms))


def _too_dear(wording: Wording) -> Facts:
    rate = max(yearly_rates(_everything(wording)), default=None)
    if rate is None or rate <= wording.dearest:
        return {}
    return {"rate": f"{rate.normalize():f}", "most": f"{wording.dearest.normalize():f}"}


def _without_mandate(wording: Wording) -> Facts:
    return {"count": len(wording.unbound)} if wording.unbound else {}


def _share_without_mandate(term: TermDraft, wording: Wording) -> bool:
    return bool({folded(term.payer), folded(term.payee)} & set(wording.unbound))


def _is_ambiguous(term: TermDraft, wording: Wording) -> bool:
    return any(list(wording.parties).count(folded(name)) > 1 for name in (term.payer, term.payee) if name)


M, A = Weight.MUST, Weight.ADVICE
RULES: tuple[Rule, ...] = (
    Rule("none", M, _("Enter at least one term"), _once(lambda all_: not all_.terms)),
    Rule("organ", M, OFFICIAL, _once(lambda all_: all_.organs_only)),
    Rule("zero", M, _("An amount must be more than zero"),
         _each(lambda term, _all: term.amount_fen is not None and term.amount_fen <= 0)),
    Rule("either", M, _("Each term names either an amount and its payer or an act"),
         _each(lambda term, _all: bool(term.act.strip()) == _pays(term))),
    Rule("no_payer", M, _("Each payment names who pays"),
         _each(lambda term, _all: _pays(term) and not term.payer.strip())),
    Rule("no_day", M, _("Each term needs the day on which it is due"), _each(lambda term, _all: term.due_on is None)),
    Rule("stranger", M, _("Who is bound by this term is not a party of the dispute; add the party first"),
         _each(lambda term, all_: term.payer.strip() and not _is_party(term.payer, all_))),
    Rule("oneself", M, _("Nobody owes anything to himself"),
         _each(lambda term, _all: term.payer.strip() and folded(term.payer) == folded(term.payee))),
    Rule("blank", M, _("A blank was left open"), _each(lambda term, _all: BLANK.search(_said(term)))),
    Rule("vague", M, _("“%(word)s” cannot be enforced; say how much, by when, what exactly"),
         _each(lambda term, _all: _words(VAGUE, _said(term)))),
    Rule("undecidable", M, _("Nobody can decide whether “%(word)s” has happened; name a fact or a day"),
         _each(lambda term, _all: _words(UNDECIDABLE, _said(term)))),
    Rule("sum", M, _("The terms add up to %(sum)s yuan, stated are %(stated)s yuan"), _once(_sum_differs)),
    Rule("clause_blank", M, _("A blank was left open in the default clause"),
         _once(lambda all_: BLANK.search(all_.default_clause))),
    Rule("clause_vague", M, _("“%(word)s” in the default clause cannot be enforced; say how much and by when"),
         _once(lambda all_: _words(VAGUE, all_.default_clause))),
    Rule("clause_undecidable", M, _("In the default clause nobody can decide whether “%(word)s” has happened"),
         _once(lambda all_: _words(UNDECIDABLE, all_.default_clause))),
    Rule("no_payee", A, _("Say to whom it is paid"), _each(lambda term, _all: _pays(term) and not term.payee.strip())),
    Rule("payee_stranger", A, _("Who receives this is not a party of the dispute"),
         _each(lambda term, all_: term.payee.strip() and not _is_party(term.payee, all_))),
    Rule("namesake", A, _("Two parties bear this name; say which one is meant"), _each(_is_ambiguous)),
    Rule("no_manner", A, _("Say how it is paid"),
         _each(lambda term, all_: _pays(term) and term.manner is None and not all_.performed_at_once)),
    Rule("no_account", A, _("Say into which account it is paid"),
         _each(lambda term, _all: term.manner is Manner.TRANSFER and not term.account.strip())),
    Rule("no_doer", A, _("Say who does it"), _each(lambda term, _all: term.act.strip() and not term.payer.strip())),
    Rule("unmeasured", A, _("Say by what anybody can tell that it was done"), _each(lambda term, _all: _is_soft(term))),
    Rule("past", A, _("This day has passed already"),
         _each(lambda term, all_: term.due_on and term.due_on < all_.today and not all_.performed_at_once)),
    Rule("day_off", A, _("This day is not a working day; banks and offices are closed"),
         _each(lambda term, all_: term.due_on in all_.days_off and not all_.performed_at_once)),
    Rule("share_unbound", A, _("This person has signed for no representative; the term does not bind him yet"),
         _each(_share_without_mandate)),
    Rule("unbound", A, _("%(count)s people of the group have signed for no representative; they sign themselves "
                         "or are not bound (民诉法 art. 56, 62)"), _once(_without_mandate)),
    Rule("no_clause", A, _("Say what follows if a payment is late"), _once(_needs_clause)),
    Rule("interest", A, _("%(rate)s percent a year is more than four times the LPR (%(most)s percent); "
                          "a court will not grant the excess"), _once(_too_dear)),
    Rule("waived", A, _("“%(word)s”: what labour law grants as a minimum cannot be waived; "
                        "check the amount against it"),
         _once(lambda all_: _words(WAIVED, _everything(all_)) if all_.field_of_law == LABOUR else {})),
    Rule("barred", A, _("“%(word)s”: nobody can be barred from suing, petitioning or reporting"),
         _once(lambda all_: _words(BARRED, _everything(all_)))),
    Rule("status", A, _("“%(word)s”: a court does not confirm what concerns marriage, descent or adoption "
                        "(民诉解释 art. 355)"), _once(lambda all_: _words(STATUS, _everything(all_)))),
    Rule("title", A, _("“%(word)s”: a court does not confirm who owns land, houses or rights "
                       "(民诉解释 art. 355)"), _once(lambda all_: _words(TITLE, _everything(all_)))),
)  # fmt: skip
SENTENCES = {rule.code: rule.sentence for rule in RULES}
