"""Model: what is modelled and how, in the order of the ODD protocol, made from the code; and what fails."""

import streamlit as st

from sim.report import language
from sim.web import choice, description, vocabulary

chosen = language.use(st.context.locale or language.SOURCE_LANGUAGE)
found = description.load(chosen)

choice.leave()
description.top()
description.search(found)
description.contents(found)
description.sections(found)
vocabulary.words_used("model")
