"""Evidence: every number with its source and grade, who disagrees, both documents, the record, the exam."""

import streamlit as st

from sim.report import language
from sim.report import ledger as report
from sim.report.language import _
from sim.web import choice, holdup, ledger, ledger_address, record, tour, vocabulary

spoken = language.use(st.context.locale or language.SOURCE_LANGUAGE)
choice.leave()
st.title(_("Evidence"), anchor=False)
tour.elsewhere(tour.CHECK)
start = ledger.read_start()
book = ledger.load(start, spoken)
st.header(report.headline(book.entries), anchor=False)
ledger.linked(book)

PARTS = {
    "numbers": (_("Numbers"), ledger.search),
    "sources": (_("Sources"), record.sources),
    "dissent": (_("Where sources disagree"), record.dissent),
    "claims": (_("Both documents"), record.documents),
    "decisions": (_("Decisions"), record.decisions),
    "deliveries": (_("Deliveries"), record.deliveries),
    ledger_address.HOLDUP: (_("Does it hold up?"), holdup.section),
}
ledger_address.read_address()
part = st.radio(
    _("Show"),
    ledger_address.PARTS,
    format_func=lambda one: PARTS[one][0],
    horizontal=True,
    key="part",
)
PARTS[part][1](book)
ledger_address.write_address()

st.caption(report.legend())
vocabulary.words_used("evidence")
