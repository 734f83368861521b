"""The board as it is usually built: each poll loads the objects of all rows and draws the whole list.

Only to compare with.
"""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from models.dispute import Dispute
from models.person import Person
from transaction import db

BOARD = """
{% for dispute in disputes %}
<section class="card dispute" id="dispute-{{ dispute.id }}">
  <div class="card__head">
    <h2 class="card__title"><a href="/disputes/{{ dispute.reference }}">{{ dispute.number }}</a></h2>
    <span class="card__sub">{{ dispute.category.name }} · {{ dispute.visits[-1].head_count }}人</span>
    <span class="card__end">{{ dispute.on_board_since.strftime("%H:%M") }}</span></div>
  <ul>
    {% for callout in dispute.callouts %}
    <li class="callout">
      <span class="callout__who"><a href="/callouts/{{ callout.id }}">{{ callout.unit.name }}</a></span>
      <span class="tag">
        {% if callout.arrived_at %}到{% elif callout.acknowledged_at %}已签收{% else %}已发出{% endif %}</span>
      <span class="callout__ask">{{ callout.question }}</span>
      <form method="post" action="/callouts/{{ callout.id }}/arrival"><button class="btn">登记报到</button></form></li>
    {% endfor %}
  </ul>
</section>
{% endfor %}
"""

app = Flask(__name__)
board = app.jinja_env.from_string(BOARD)
# The tables and the way to them are the house's own.
with create_app().app_context():
    engine = db.engine


@app.get("/board")
def show_board() -> str:
    with Session(engine) as session:
        person = session.scalars(select(Person).where(Person.is_active).limit(1)).one()
        on_board = select(Dispute).where(Dispute.on_board_since.is_not(None)).order_by(Dispute.id)
        return board.render(disputes=session.scalars(on_board).all(), person=person)
