"""The clocks of the law and of the house 期限: how long, what starts and stops them, who may extend them, and why.

A table, and no rule. Sources are named article by article. What the law sets is `STATUTE`; what courts and ministries
set is `RULE`; what the centre asks of itself is `PROMISE` and may never be shown as law.
"""

from models.day_count import Length, Measure
from models.deadline_clock import BROKEN, Basis, Bound, Clock, More
from models.words import _


def _days(n: int) -> Length:
    return Length(n, Measure.DAYS)


def _working(n: int) -> Length:
    return Length(n, Measure.WORKING_DAYS)


def _months(n: int) -> Length:
    return Length(n, Measure.MONTHS)


def _years(n: int) -> Length:
    return Length(n, Measure.YEARS)


ACCEPTED, APPLIED, RECEIVED = _("acceptance"), _("application received"), _("receipt of the matter")
KNEW = _("the party knew, or had to know, of the injury")
SIGNED, EFFECTIVE = _("signature on the hand-over list"), _("the agreement takes effect")
TOLD, SERVED = _("the decision reached the party"), _("service of the ruling")
APPRAISAL = _("appraisal and assessment do not count")
BOTH, HEAD = _("both parties"), _("the head of the organ")
CONSENT, APPROVAL = _("record of consent"), _("approval and notice to the party")
LONG = (30, 7, 1)
R, P = Basis.RULE, Basis.PROMISE
PARTY, ORGAN, UNIT = Bound.PARTY, Bound.ORGAN, Bound.UNIT

CLOCKS: dict[str, Clock] = {
    # -- mediation
    "people_mediation": Clock(_("People's mediation"), _days(30), ACCEPTED, "人民调解工作若干规定第三十三条", R,
                              stops=APPRAISAL, more=More(BOTH, CONSENT), warn=(7, 3, 1)),
    "labour_mediation": Clock(_("Labour mediation"), _days(15), APPLIED, "劳动争议调解仲裁法第十四条", warn=(5, 2, 1)),
    "medical_mediation": Clock(_("Mediation of a medical dispute"), _working(30), ACCEPTED,
                               "医疗纠纷预防和处理条例第三十八条", stops=APPRAISAL,
                               more=More(_("both parties and the committee"), CONSENT), warn=(7, 3, 1)),
    "asking_consent": Clock(_("Asking the other party's consent"), _working(3), ACCEPTED,
                            "人民法院在线调解规则第十五条", R, warn=(1,)),
    # -- matters of the court
    "court_assigned": Clock(_("Mediation assigned by the court before filing"), _days(30), SIGNED,
                            "最高人民法院关于人民法院特邀调解的规定第二十七条", R, stops=APPRAISAL,
                            more=More(BOTH, CONSENT), warn=(7, 3, 1)),
    "court_ordinary": Clock(_("Mediation entrusted by the court, ordinary procedure"), _days(15), SIGNED,
                            "最高人民法院关于人民法院特邀调解的规定第二十七条", R, stops=APPRAISAL,
                            more=More(BOTH, CONSENT, _days(30)), warn=(5, 2, 1)),
    "court_summary": Clock(_("Mediation entrusted by the court, summary procedure"), _days(7), SIGNED,
                           "最高人民法院关于人民法院特邀调解的规定第二十七条", R, stops=APPRAISAL,
                           more=More(BOTH, CONSENT, _days(30)), warn=(3, 1)),
    "court_answer": Clock(_("Accepting or declining a matter of the court"), _working(3), RECEIVED,
                          "人民法院在线调解规则第十二条", R, warn=(1,)),
    # -- after an agreement
    "judicial_confirmation": Clock(_("Applying for judicial confirmation"), _days(30), EFFECTIVE,
                                   "人民调解法第三十三条；民事诉讼法第二百零五条", bound=PARTY, warn=(10, 5, 1)),
    "confirmation_acceptance": Clock(_("Court accepts the application for confirmation"), _days(3), APPLIED,
                                     "关于人民调解协议司法确认程序的若干规定第四条", R, ORGAN, warn=(1,)),
    "confirmation_ruling": Clock(_("Court decides on the confirmation"), _days(15), ACCEPTED,
                                 "关于人民调解协议司法确认程序的若干规定第五条", R, ORGAN,
                                 more=More(_("the president of the court"), APPROVAL, _days(10))),
    "arbitration_review": Clock(_("Applying for review of a labour agreement"), _days(15), EFFECTIVE,
                                "劳动人事争议仲裁办案规则第七十四条", R, PARTY, warn=(7, 3, 1)),
    "term_due": Clock(_("Performance of a term"), None, EFFECTIVE, "人民调解法第三十一条", bound=PARTY, warn=(7, 1),
                      by_hand=False),
    "payment_order": Clock(_("Paying or objecting after an order to pay"), _days(15), _("service of the order to pay"),
                           "民事诉讼法第二百二十七条", bound=PARTY, warn=(5, 1)),
    "execution": Clock(_("Applying for compulsory execution"), _years(2), _("last day of performance"),
                       "民事诉讼法第二百五十条", bound=PARTY, stops=BROKEN, warn=(90, 30, 7)),
    "confirmation_objection": Clock(_("Party's objection to a ruling of confirmation"), _days(15), SERVED,
                                    "关于适用民事诉讼法的解释第三百七十二条", R, PARTY, warn=(5, 1)),
    "third_party_objection": Clock(_("Third party's objection to a ruling of confirmation"), _months(6), KNEW,
                                   "关于适用民事诉讼法的解释第三百七十二条", R, PARTY, warn=LONG),
    # -- labour
    "arbitration_limitation": Clock(_("Limitation of labour arbitration"), _years(1), KNEW,
                                    "劳动争议调解仲裁法第二十七条", bound=PARTY, stops=BROKEN, warn=LONG),
    "wage_limitation": Clock(_("Limitation of unpaid wages"), _years(1), _("end of the employment"),
                             "劳动争议调解仲裁法第二十七条第四款", bound=PARTY, stops=BROKEN, warn=LONG),
    "arbitration_acceptance": Clock(_("Arbitration accepts the application"), _working(5), APPLIED,
                                    "劳动争议调解仲裁法第二十九条；劳动人事争议仲裁办案规则（五日指工作日）",
                                    bound=ORGAN, warn=(1,)),
    "arbitration_award": Clock(_("Labour arbitration award"), _days(45), ACCEPTED,
                               "劳动争议调解仲裁法第四十三条", bound=ORGAN,
                               more=More(_("the head of the arbitration commission"), APPROVAL, _days(15))),
    "award_suit": Clock(_("Suit against a labour award"), _days(15), TOLD, "劳动争议调解仲裁法第四十八条、第五十条",
                        bound=PARTY, warn=(7, 3, 1)),
    "injury_unit": Clock(_("Employer applies for recognition of a work injury"), _days(30),
                         _("accident, or diagnosis of the disease"), "工伤保险条例第十七条", bound=PARTY,
                         more=More(_("the social insurance authority"), APPROVAL), warn=(10, 3, 1)),
    "injury_worker": Clock(_("Worker applies for recognition of a work injury"), _years(1),
                           _("accident, or diagnosis of the disease"), "工伤保险条例第十七条", bound=PARTY, warn=LONG),
    "injury_decision": Clock(_("Decision on a work injury"), _days(60), ACCEPTED, "工伤保险条例第二十条", bound=ORGAN,
                             stops=_("waiting for another authority's conclusion suspends it")),
    # -- land
    "land_limitation": Clock(_("Limitation of land-contract arbitration"), _years(2), KNEW,
                             "农村土地承包经营纠纷调解仲裁法第十八条", bound=PARTY, stops=BROKEN, warn=LONG),
    "land_award": Clock(_("Land-contract arbitration award"), _days(60), ACCEPTED,
                        "农村土地承包经营纠纷调解仲裁法第四十七条", bound=ORGAN,
                        more=More(_("the head of the arbitration commission"), APPROVAL, _days(30))),
    "land_suit": Clock(_("Suit against a land-contract award"), _days(30), TOLD,
                       "农村土地承包经营纠纷调解仲裁法第四十八条", bound=PARTY, warn=(10, 3, 1)),
    # -- petition
    "petition_notice": Clock(_("Petition matter: referred or answered to the petitioner"), _days(15), RECEIVED,
                             "信访工作条例第二十二条、第二十三条", R, warn=(5, 2, 1)),
    "petition_transfer": Clock(_("Unit objects to a transferred petition matter"), _working(5), RECEIVED,
                               "信访工作条例第二十三条", R, UNIT, warn=(2, 1)),
    "petition_settlement": Clock(_("Petition matter settled (claims and demands)"), _days(60), ACCEPTED,
                                 "信访工作条例第三十四条", R, UNIT, more=More(HEAD, APPROVAL, _days(30)),
                                 warn=(15, 7, 3, 1)),
    "petition_review_request": Clock(_("Petitioner asks for review"), _days(30), TOLD, "信访工作条例第三十五条",
                                     R, PARTY, warn=(10, 3, 1)),
    "petition_review": Clock(_("Answer to the request for review"), _days(30), RECEIVED, "信访工作条例第三十五条",
                             R, UNIT, warn=(7, 3, 1)),
    "petition_recheck_request": Clock(_("Petitioner asks for final review"), _days(30), TOLD,
                                      "信访工作条例第三十六条", R, PARTY, warn=(10, 3, 1)),
    "petition_recheck": Clock(_("Answer to the request for final review"), _days(30), RECEIVED,
                              "信访工作条例第三十六条", R, UNIT, stops=_("the time of a hearing does not count"),
                              warn=(7, 3, 1)),
    # -- the other ways
    "reconsideration": Clock(_("Administrative reconsideration"), _days(60), _("the party knew of the act"),
                             "行政复议法第二十条", bound=PARTY, stops=_("force majeure does not count"), warn=LONG),
    "administrative_suit": Clock(_("Administrative suit"), _months(6), _("the party knew of the act"),
                                 "行政诉讼法第四十六条", bound=PARTY, stops=_("force majeure does not count"),
                                 more=More(_("the court, on application within ten days"), APPROVAL), warn=LONG),
    "suit_after_reconsideration": Clock(_("Suit after reconsideration"), _days(15), TOLD, "行政诉讼法第四十五条",
                                        bound=PARTY, warn=(7, 3, 1)),
    "court_filing": Clock(_("Court registers a suit"), _days(7), _("suit filed"), "民事诉讼法第一百二十六条",
                          bound=ORGAN, warn=(1,)),
    "civil_limitation": Clock(_("Civil limitation"), _years(3), KNEW, "民法典第一百八十八条、第一百九十四条、"
                              "第一百九十五条；诉讼时效规定第十二条", bound=PARTY, stops=BROKEN, warn=(90, 30, 7)),
    # -- legal aid
    "aid_review": Clock(_("Legal aid: review of the application"), _days(7), APPLIED, "法律援助法第四十三条",
                        bound=ORGAN, stops=_("supplying missing papers does not count"), warn=(2,)),
    "aid_assignment": Clock(_("Legal aid: a lawyer is assigned"), _days(3), _("decision to grant aid"),
                            "法律援助法第四十三条", bound=ORGAN, warn=(1,)),
    "aid_objection": Clock(_("Legal aid: answer to an objection"), _days(5), RECEIVED, "法律援助法第四十九条",
                           bound=ORGAN, warn=(1,)),
    # -- promises of the house
    "arrival": Clock(_("Arrival on a whistle"), Length(20, Measure.MINUTES), _("the whistle sounds"), "吹哨报到机制",
                     P, UNIT, stops=_("pauses that are not the unit's doing"),
                     more=More(_("the duty leader"), _("extension on the card")), warn=(), by_hand=False),
    "reception": Clock(_("Registered at the window, or told where to go"), _days(0), _("arrival of the visitor"),
                       "信访工作条例第二十三条；首问负责", P, warn=(), by_hand=False),
    "hand_over_reply": Clock(_("Reply to a hand-over"), None, _("hand-over"), "转办理单", P, UNIT, warn=(3, 1),
                             by_hand=False),
    "simple_matter": Clock(_("Simple matter settled"), _working(1), ACCEPTED, "中心办理承诺", P, warn=(0,)),
    "ordinary_matter": Clock(_("Ordinary matter settled"), _working(7), ACCEPTED, "中心办理承诺", P, warn=(2,)),
    "complex_matter": Clock(_("Complex matter settled"), _working(20), ACCEPTED, "中心办理承诺", P, warn=(5, 2)),
    "any_matter": Clock(_("Any matter, at the latest"), _days(30), ACCEPTED, "中心办理承诺", P, warn=(7, 3, 1)),
    "monthly_sheet": Clock(_("Monthly figures and subsidy list"), _months(1), _("first day of the month"),
                           "人民调解统计报表；以案定补办法", P, warn=(3, 1), by_hand=False),
    "first_contact": Clock(_("First feedback to the parties"), Length(24, Measure.HOURS), ACCEPTED, "中心办理承诺", P,
                           warn=()),
}  # fmt: skip
