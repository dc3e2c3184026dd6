"""Leadtime in the browser: the list of pages, nothing else."""

import streamlit as st

from sim.report.language import _
from sim.web import loading
from sim.web.style import STYLE

st.set_page_config(page_title="Leadtime", page_icon="⏳", layout="wide")
st.html(STYLE)
page = st.navigation(
    [
        st.Page("sim/web/pages/compare.py", title=_("Compare"), default=True),
        st.Page("sim/web/pages/why.py", title=_("Why")),
        st.Page("sim/web/pages/analyse.py", title=_("Analyse")),
        st.Page("sim/web/pages/play.py", title=_("Play")),
        st.Page("sim/web/pages/teach.py", title=_("Teach"), url_path="teach"),
        st.Page("sim/web/pages/debrief.py", title=_("Debrief"), url_path="debrief", visibility="hidden"),
        st.Page("sim/web/pages/evidence.py", title=_("Evidence"), url_path="evidence"),
        st.Page("sim/web/pages/model.py", title=_("Model")),
    ]
)
loading.load()
page.run()
