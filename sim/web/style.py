"""The style sheet of the pages: the few rules for which Streamlit's theme has no setting."""

from pathlib import Path

STYLE = Path(__file__).with_name("style.css")
