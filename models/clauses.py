"""Default clauses 违约条款 to choose from and change. They stand on the paper, so they are in the paper's language."""

ACCELERATION = "任何一期逾期未付的，其余各期一并到期，收款方可就全部未付款项申请强制执行或者起诉。"
INTEREST = (
    "逾期付款的，自逾期之日起至付清之日止，以未付金额为基数，"
    "按全国银行间同业拆借中心公布的一年期贷款市场报价利率支付利息。"
)
PENALTY = "逾期未完成的，自逾期次日起至完成之日止，每日支付违约金____元。"
REPLACEMENT = "逾期未完成的，对方可请他人代为完成，费用凭票据由应当完成的一方在三日内付清。"

CLAUSES = {"acceleration": ACCELERATION, "interest": INTEREST, "penalty": PENALTY, "replacement": REPLACEMENT}
