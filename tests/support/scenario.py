"""Plays one of the invented disputes through the real pages, each step by the role concerned."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from models.arrival import arrival_key, code_now
from models.callout import Callout
from models.clock import SHANGHAI
from models.dispute import Dispute
from models.objection import Objection
from models.party import Party
from models.visit import Visit
from security.links import token_for
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.pages import Form, Page, visit
from tests.support.scenario_words import CHANNELS, LEVELS, PHONE_RESULTS, RESULTS, RISKS
from transaction import db

VILLAGE_CLERK = "yinxuewen"


@dataclass
class Scenario:
    """One dispute: `told` is its row of `scenarios.json`."""

    cast: Cast
    clock: Clock
    told: dict[str, Any]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    reference: str = ""

    # -- who sits where --------------------------------------------------------------------------------------------

    def browser(self, username: str) -> FlaskClient:
        if username not in self.browsers:
            self.browsers[username] = self.cast.signed_in(username)
        return self.browsers[username]

    @property
    def is_villages_own(self) -> bool:
        return self.told["channel"] == "村社区受理"

    @property
    def clerk(self) -> FlaskClient:
        return self.browser(VILLAGE_CLERK if self.is_villages_own else CLERK)

    @property
    def mediator(self) -> FlaskClient:
        return self.browser(VILLAGE_CLERK if self.is_villages_own else MEDIATOR)

    @property
    def dispute(self) -> Dispute:
        return db.session.query(Dispute).filter_by(reference=self.reference).one()

    # -- the course ------------------------------------------------------------------------------------------------

    def play(self) -> None:
        self.clock.now = datetime.fromisoformat(self.told["registered"]).replace(tzinfo=SHANGHAI)
        if self.told.get("consultation_only"):
            self.consult()
            return
        self.register()
        self.complete()
        if "whistle" in self.told:
            self.whistle()
        for invited in self.told.get("invited", []):
            self.invite(invited)
        for call in self.told.get("whistle", {}).get("calls", []):
            self.answer_call(call)
        self.mediate()

    def consult(self) -> None:
        person = self.told["applicants"][0]
        page = visit(self.clerk, "/consultations/new")
        page.form("/consultations").submit(head_count=self.told["batch_persons"], name=person["name"],
                                           phone=person["phone"], question=self.told["facts"],
                                           answer=self.told["answer"])  # fmt: skip

    def register(self) -> None:
        first, others = self.told["applicants"][0], self.told["respondents"]
        form = visit(self.clerk, "/visits/new").form("/visits")
        answers = form.submit(
            head_count=self.told["batch_persons"], name=first["name"], phone=first["phone"],
            category=self._choice(form, "category", self.told.get("sub") if not self.is_villages_own else None,
                                  self.told["category"]),
            opposite="、".join(party["name"] for party in others), demand=self.told["claims"][0],
            channel=CHANNELS[self.told["channel"]], from_division=self.told.get("from_division", ""),
        )  # fmt: skip
        assert first["name"] not in answers.path
        newest = db.session.query(Visit).order_by(Visit.id.desc()).first()
        assert newest.queue_number in answers.text
        self.reference = newest.dispute.reference

    def complete(self) -> None:
        """补全, while the officers are on their way."""
        page = visit(self.clerk, f"/disputes/{self.reference}/completion")
        page.form("/completion").submit(facts=self.told["facts"], claims="\n".join(self.told["claims"]),
                                        amount=str(self.told.get("amount") or ""),
                                        risks=[RISKS[risk] for risk in self.told.get("risk", []) if risk in RISKS],
                                        non_public="y" if self.told.get("confidential") else None)  # fmt: skip
        known = {party.name: party for party in self.dispute.parties}
        sides = {"applicants": "applicant", "respondents": "respondent", "third_parties": "third"}
        for key, side in sides.items():
            for told in self.told.get(key, []):
                if told["name"] not in known:
                    page = visit(self.clerk, f"/disputes/{self.reference}/parties/new?side={side}")
                    page.form("/parties").submit(side=side, **self._party(told))
                else:
                    party = known[told["name"]]
                    page = visit(self.clerk, f"/parties/{party.id}/edit")
                    page.form(f"/parties/{party.id}").submit(**self._party(told))

    def _party(self, told: dict[str, Any]) -> dict[str, str]:
        facts = {"name": told["name"], "kind": told["kind"], "phone": told.get("phone", ""),
                 "division_code": told.get("division", ""), "address": told.get("address", "")}  # fmt: skip
        if told["kind"] == "person":
            facts |= {"id_number": told["id_number"], "ethnic_group": told["ethnic_group"]}
            facts["interpreter"] = self.told.get("interpreter", "")
        else:
            facts |= {"credit_code": told.get("credit_code", ""), "contact": told.get("contact", "")}
        return facts

    def whistle(self) -> None:
        told = self.told["whistle"]
        wanted = {call["unit"]: call for call in told["calls"] if not self._replaces(call)}
        form = visit(self.clerk, f"/disputes/{self.reference}/whistles/new").form("/whistles")
        values = dict(form.values())
        meeting = {"video_url": "https://meeting.example/620702"} if told["level"] == "视频" else {}
        typed: dict[str, Any] = {**meeting, "level": LEVELS[told["level"]], "room_id": self.cast.room(told["room"]).id,
                                 "mediator_id": self.cast.person(MEDIATOR).id}  # fmt: skip
        spare = [name.split("-")[1] for name, value in values.items() if name.endswith("-name") and not value]
        for name, unit in list(values.items()):
            if name.endswith("-name") and unit:
                n = name.split("-")[1]
                call = wanted.pop(unit, None)
                typed[f"lines-{n}-called"] = "y" if call else None
                if call:
                    typed |= self._line(n, call)
        for call in list(wanted.values()):
            n = spare.pop(0) if spare else ""
            if not n:
                continue
            typed |= {f"lines-{n}-name": call["unit"]} | self._line(n, call)
            wanted.pop(call["unit"])
        page = form.submit(**typed)
        assert page.path.startswith("/board")
        assert not wanted

    def _line(self, n: str, call: dict[str, Any]) -> dict[str, Any]:
        return {f"lines-{n}-question": call["question"], f"lines-{n}-limit_minutes": call["limit_minutes"]}

    def _replaces(self, call: dict[str, Any]) -> bool:
        """住建局 is called only when the objection before it is upheld."""
        return any(other.get("replaced_by") == call["unit"] for other in self.told["whistle"]["calls"])

    def invite(self, told: dict[str, Any]) -> None:
        invitation = next(one for one in self.dispute.invitations if one.name == told["who"])
        page = visit(self.clerk, f"/disputes/{self.reference}")
        page.form(f"/invitations/{invitation.id}/note").submit(
            press=PHONE_RESULTS[told["phone_result"]], **({"minutes": told["minutes"]} if "minutes" in told else {})
        )

    def answer_call(self, told: dict[str, Any]) -> None:
        """One unit's side of the story; its minutes count from its own whistle."""
        callout = self.callout(told["unit"])
        self._minute(callout, told.get("acknowledged", told.get("objected", 0)))
        if "objected" in told:
            self.object(callout, told)
            return
        phone = self.cast.app.test_client()
        page = visit(phone, f"/c/{token_for(self.cast.app.extensions['sealer'], callout)}")
        page = page.form("/acknowledgement").submit()
        self._minute(callout, told["arrived"])
        if told.get("confirmed_by") == "desk" or told.get("video"):
            visit(self.clerk, f"/callouts/{callout.id}").form("/arrival").submit()
        else:
            key = arrival_key(self.cast.app.extensions["sealer"], self.dispute.centre_id)
            form = next(Form(page, tag) for tag in page.soup.find_all("form") if tag.find("input", {"name": "code"}))
            form.submit(code=code_now(key, self.clock.now), name="报到人")
        callout = self.callout(told["unit"])
        assert callout.minutes_taken == told["arrived"]
        assert callout.is_late(self.clock.now) == (told["arrived"] > told["limit_minutes"])

    def object(self, callout: Callout, told: dict[str, Any]) -> None:
        visit(self.clerk, f"/callouts/{callout.id}").form("/objections").submit(reason=told["objection"])
        assert db.session.query(Objection).filter_by(callout_id=callout.id).one().channel == "telephone"
        right = next(call for call in self.told["whistle"]["calls"] if call["unit"] == told["replaced_by"])
        visit(self.browser(LEADER), f"/callouts/{callout.id}").form("/decision").submit(
            press="uphold", units=right["unit"], question=right["question"]
        )

    def callout(self, unit: str) -> Callout:
        return next(one for one in self.dispute.callouts if one.unit.name == unit)

    def _minute(self, callout: Callout, minute: int) -> None:
        self.clock.now = callout.sounded_at + timedelta(minutes=minute)

    # -- the end ---------------------------------------------------------------------------------------------------

    def mediate(self) -> None:
        told = self.told["mediation"]
        self.clock.now = max(
            [self.clock.now, *(one.arrived_at for one in self.dispute.callouts if one.arrived_at)]
        ) + timedelta(minutes=5 if not told.get("days") else 24 * 60 * told["days"])
        self.browsers.clear()
        if told["outcome"] == "当事人撤回":
            page = visit(self.clerk, f"/disputes/{self.reference}/withdrawal/new")
            page.form("/withdrawal").submit(reason=told["reason"])
            return
        session = self.open_session()
        for call in self.told.get("whistle", {}).get("calls", []):
            if "result" in call:
                self.note_result(session, call)
        session = visit(self.mediator, session.path)
        session.form("/statements").submit(speaker="", speaker_name="申请人", words=self.told["facts"])
        {"达成协议": self.agree, "即时履行": self.agree, "调解不成": self.end_without, "中止": self.suspend,
         "转办理": self.hand_over}[told["outcome"]](visit(self.mediator, session.path))  # fmt: skip

    def open_session(self) -> Page:
        page = visit(self.mediator, f"/disputes/{self.reference}/sessions/new")
        form, told = page.form("/sessions"), self.told["mediation"]
        typed: dict[str, Any] = {
            "mediator_id": self.cast.person(VILLAGE_CLERK if self.is_villages_own else MEDIATOR).id
        }
        if "mode" in self.told:
            typed |= {"nature": "court_entrusted", "body_id": self._choice(form, "body_id", "甘州区人民调解委员会")}
        elif told.get("nature", "").startswith("行业"):
            typed |= {"nature": "industry", "body_id": self._choice(form, "body_id", "医疗纠纷")}
        else:
            name = "碱滩镇" if self.is_villages_own else "甘州区人民调解委员会"
            typed |= {"nature": "peoples", "body_id": self._choice(form, "body_id", name)}
        return form.submit(**typed)

    def note_result(self, session: Page, call: dict[str, Any]) -> None:
        callout = self.callout(call["unit"])
        page = visit(self.mediator, session.path)
        day = self.told["mediation"].get("reply_by", "2026-11-30") if call["result"] == "带回研究" else ""
        prefix = f"callout-{callout.id}-"
        page.form(f"/callouts/{callout.id}/answer").submit(
            **{
                prefix + "result": RESULTS[call["result"]],
                prefix + "answer": call["result"],
                prefix + "answer_due_on": day,
            }
        )

    def agree(self, session: Page) -> None:
        told = self.told["mediation"]
        form = session.follow("/agreement/new").form("/agreement")
        typed: dict[str, Any] = {"form": "oral" if told.get("form") == "口头" else "written",
                                 "default_clause": told.get("default_clause", "")}  # fmt: skip
        if told["on_site"]:
            typed["on_site"] = "y"
        if told["outcome"] == "即时履行" or told.get("performed"):
            typed["performed_at_once"] = "y"
        for n, term in enumerate(told["terms"]):
            typed |= {
                f"rows-{n}-due_on": term["due"],
                f"rows-{n}-payer": term.get("payer", ""),
                f"rows-{n}-amount_fen": term.get("amount", ""),
                f"rows-{n}-act": term.get("action", ""),
            }
        record(form, **typed)

    def end_without(self, session: Page) -> None:
        form = session.follow("/no-agreement/new").form("/no-agreement")
        form.submit(ground="gap", reason=self.told["mediation"]["reason"], routes_told="y")

    def suspend(self, session: Page) -> None:
        session.follow("/suspension/new").form("/suspension").submit(reason=self.told["mediation"]["reason"])

    def hand_over(self, session: Page) -> None:
        told = self.told["mediation"]
        form = session.follow("/hand-over/new").form("/hand-over")
        form.submit(hand_over_unit=self.cast.unit(told["unit"]).id, hand_over_person=told["person"],
                    reply_by=told["reply_by"])  # fmt: skip

    def _choice(self, form: Form, name: str, *wanted: str | None) -> str:
        """The value of the option that shows the first of these words that is there."""
        options = form.tag.find("select", attrs={"name": name}).find_all("option")
        for words in filter(None, wanted):
            for option in options:
                if words in option.get_text():
                    return str(option["value"])
        raise AssertionError(f"no {wanted} among {[option.get_text() for option in options]}")

    def party(self, name: str) -> Party:
        return next(party for party in self.dispute.parties if party.name == name)
