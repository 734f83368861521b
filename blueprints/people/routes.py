"""Finding, opening and changing accounts."""

from typing import Any

from flask import Response, request, url_for

from blueprints.people import bp, queries
from blueprints.people.forms import STATES, FindForm, GrantForm, NewPersonForm, PersonForm, ResetForm
from blueprints.people.queries import PAGE, Wanted
from models.person import Person, Role
from models.unit import Unit
from security.access import requires
from security.identity import current
from security.passwords import generated_password, hash_password
from security.permissions import Permission
from transaction import transaction
from web.converters import id_in
from web.editing import edited
from web.responses import found_or_404, go, page
from web.sentences import timeline


@bp.get("/people")
@requires(Permission.PERSON_MANAGE)
def list_people() -> Response:
    role, state = request.args.get("role", ""), request.args.get("state", "")
    wanted = Wanted(role=role if role in list(Role) else "", unit=id_in(request.args.get("unit")),
                    after=id_in(request.args.get("after")), state=state if state in STATES else "")  # fmt: skip
    form = FindForm(formdata=None, role=wanted.role, unit=wanted.unit, state=wanted.state)
    return _listed(form, wanted)


@bp.post("/people/search")
@requires(Permission.PERSON_MANAGE)
def find_people() -> Response:
    """A name may not stand in an address, so it is sent; without one the list has an address of its own."""
    form = FindForm()
    if not form.validate_on_submit():
        return _listed(form, Wanted(), form.status)
    if not form.q.data:
        return go(
            "people.list_people", **{name: form[name].data for name in ("role", "unit", "state") if form[name].data}
        )
    return _listed(form, Wanted(form.q.data, form.role.data, form.unit.data, form.state.data))


@bp.get("/people/new")
@requires(Permission.PERSON_MANAGE)
def new_person() -> Response:
    return page("people/new.html", form=NewPersonForm())


@bp.post("/people")
@requires(Permission.PERSON_MANAGE)
def create_person() -> Response:
    """Answers with the initial password, shown once and kept nowhere. The same form again leads to the account."""
    form, password = NewPersonForm(), generated_password()
    made: list[Person] = []

    def save() -> None:
        hashed = hash_password(password)
        with transaction(current().actor, form.submitted) as change:
            person = Person.create(change, form.username.data, form.name.data, hashed,
                                   name_en=form.name_en.data or None)  # fmt: skip
            person.grant(change, form.role.data, change.session.get_one(Unit, form.unit_id.data))
            change.location = url_for("people.show_person", person_id=person.id)
            made.append(person)

    if form.accepts(save):
        return page("people/password.html", person=made[0], password=password, is_new=True)
    return page("people/new.html", form.status, form=form)


@bp.get("/people/<int:person_id>")
@requires(Permission.PERSON_MANAGE)
def show_person(person_id: int) -> Response:
    return shown(account(person_id), GrantForm(formdata=None))


@bp.get("/people/<int:person_id>/edit")
@requires(Permission.PERSON_MANAGE)
def edit_person(person_id: int) -> Response:
    person = account(person_id)
    return page("people/edit.html", form=PersonForm(formdata=None, obj=person), person=person, differences=None)


@bp.post("/people/<int:person_id>/edit")
@requires(Permission.PERSON_MANAGE)
def update_person(person_id: int) -> Response:
    person, form = account(person_id), PersonForm()

    def save() -> None:
        with transaction(current().actor) as change:
            person.edit(change, form.version.data, form.name.data, form.name_en.data or None)

    return edited(form, save, to=url_for("people.show_person", person_id=person.id), template="people/edit.html",
                  stored=lambda: PersonForm(formdata=None, obj=person), person=person)  # fmt: skip


def account(person_id: int) -> Person:
    return found_or_404(queries.people_in_reach().where(Person.id == person_id))


def shown(person: Person, grant: Any, status: int = 200) -> Response:
    """The page of one account, with the form of a role that was not accepted."""
    return page("people/person.html", status, person=person, grant=grant, reset=ResetForm(formdata=None),
                is_own=current().person is person, is_locked=person.username in queries.locked_names(),
                failures=queries.counted_failures(person), sessions=queries.open_sessions(person),
                lines=timeline(queries.newest_events(person)))  # fmt: skip


def _listed(form: FindForm, wanted: Wanted, status: int = 200) -> Response:
    people = queries.found(wanted)
    narrowed = {"role": wanted.role or None, "unit": wanted.unit, "state": wanted.state or None}
    older = None
    if len(people) > PAGE and not wanted.words:
        older = url_for("people.list_people", after=people[PAGE - 1].id, **narrowed)
    return page("people/people.html", status, form=form, people=people[:PAGE], more=len(people) > PAGE, older=older,
                first=url_for("people.list_people", **narrowed) if wanted.after else None,
                is_narrowed=any((wanted.words, wanted.role, wanted.unit, wanted.state)),
                locked=queries.locked_names())  # fmt: skip
