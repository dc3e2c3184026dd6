"""`sim model`: the description on stdout or in a Markdown file."""

from sim.report.odd import document
from tests.cli.call import call, refusal


def test_the_description_goes_to_stdout():
    done = call("model")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == document()


def test_the_description_goes_to_a_file(tmp_path):
    file = tmp_path / "model.md"
    done = call("model", "--out", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == document()


def test_another_kind_of_file_is_refused(tmp_path):
    assert "must end in .md" in refusal("model", "--out", str(tmp_path / "model.pdf"))
    assert not list(tmp_path.iterdir())
