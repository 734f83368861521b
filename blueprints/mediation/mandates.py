"""推选书/授权委托书: who of a group has signed for which representative."""

from flask import Response, url_for

from blueprints.mediation import bp
from blueprints.mediation.agreement_forms import MandatesForm
from blueprints.mediation.queries import disputes
from models.clock import local_day
from models.dispute import Dispute
from models.mandate import MandatePaper, groups, mandates_of, note_mandates, unauthorised
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.editing import edited
from web.responses import found_or_404, page


@bp.get("/disputes/<ref:reference>/mandates")
@requires(Permission.DISPUTE_EDIT)
def edit_mandates(reference: str) -> Response:
    dispute = found_or_404(disputes(Permission.DISPUTE_EDIT, reference))
    return page("mediation/mandates.html", form=_stored(dispute), differences=None, **_group(dispute))


@bp.post("/disputes/<ref:reference>/mandates")
@requires(Permission.DISPUTE_EDIT)
def update_mandates(reference: str) -> Response:
    dispute = found_or_404(disputes(Permission.DISPUTE_EDIT, reference))
    form, known = MandatesForm(), _group(dispute)
    form.pairs.choices = _choices(dispute)

    def save() -> None:
        with transaction(current().actor) as change:
            note_mandates(change, dispute, form.version.data, form.wanted, MandatePaper(form.paper.data),
                          form.signed_on.data)  # fmt: skip

    return edited(form, save, to=url_for("mediation.edit_mandates", reference=reference),
                  template="mediation/mandates.html", stored=lambda: _stored(dispute), **known)  # fmt: skip


def _stored(dispute: Dispute) -> MandatesForm:
    given = mandates_of(db.session(), dispute)
    form = MandatesForm(formdata=None, version=dispute.version, signed_on=local_day(now()),
                        pairs=[f"{principal}-{agent}" for principal, agent in given])  # fmt: skip
    form.pairs.choices = _choices(dispute)
    return form


def _choices(dispute: Dispute) -> list[tuple[str, str]]:
    return [
        (f"{person.id}-{agent.id}", f"{person.name} → {agent.name}")
        for group in groups(dispute)
        for person in group.represented
        for agent in group.agents
    ]


def _group(dispute: Dispute) -> dict[str, object]:
    known = groups(dispute)
    return {"dispute": dispute, "groups": known, "given": mandates_of(db.session(), dispute),
            "missing": unauthorised(db.session(), dispute),
            "persons": sum(len(group.represented) for group in known)}  # fmt: skip
