"""Where the values of papers are entered: each once, on the page of its own."""

COMPLETION = "completion"  # 补全: what the dispute is about, and its parties
VISIT = "visit"
WHISTLE = "whistle"
ANSWER = "answer"  # 到场结果
SESSION = "session"
OUTCOME = "outcome"
INQUIRY = "inquiry"  # 调查
TOLD = "rights"  # 告知
FOLLOW_UP = "follow-up"  # 回访
PERFORMANCE = "performance"  # 履行
MATERIAL = "material"  # 材料
SIGNING = "signing"  # 签署
DECISION = "decision"  # declined, closed: the decision outside a session
CENTRE = "centre"  # house, bodies and registers, kept by the manager
SOURCES = frozenset({COMPLETION, VISIT, WHISTLE, ANSWER, SESSION, OUTCOME, DECISION, CENTRE, INQUIRY, TOLD, FOLLOW_UP,
                     PERFORMANCE, SIGNING, MATERIAL})  # fmt: skip
