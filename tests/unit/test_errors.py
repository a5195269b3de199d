"""An error says by itself what went wrong, and can travel between processes."""

import pickle

from forankring.errors import InputError, Problem, ToolError

PROBLEM = Problem(code="field_missing", file="strategy.yaml", line=3, field="title", values={"given": "x"})


def test_a_problem_says_where_it_is() -> None:
    assert str(PROBLEM) == "strategy.yaml:3:title: field_missing (given=x)"
    assert str(Problem(code="locked")) == "-: locked"


def test_an_input_error_tells_every_problem() -> None:
    assert str(InputError(PROBLEM, Problem(code="locked"))) == f"{PROBLEM}; -: locked"


def test_errors_travel_between_processes() -> None:
    tool = pickle.loads(pickle.dumps(ToolError("pandoc", 97, "unknown reader")))

    assert pickle.loads(pickle.dumps(InputError(PROBLEM))).problems == (PROBLEM,)
    assert (tool.program, tool.exit_code, tool.last_lines) == ("pandoc", 97, "unknown reader")
    assert str(tool) == "pandoc ended with 97: unknown reader"
