"""Where the values of papers are entered: each once, on the page of its own."""

COMPLETION = "completion"  # 补全: what the dispute is about, and its parties
VISIT = "visit"
WHISTLE = "whistle"
ANSWER = "answer"  # 到场结果
SESSION = "session"
OUTCOME = "outcome"
DECISION = "decision"  # declined, closed: the decision outside a session
CENTRE = "centre"  # house, bodies and registers, kept by the manager
SOURCES = frozenset({COMPLETION, VISIT, WHISTLE, ANSWER, SESSION, OUTCOME, DECISION, CENTRE})
