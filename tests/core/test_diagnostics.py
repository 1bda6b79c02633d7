from layout.core import Checked, Span, error, warning


def test_a_diagnostic_reads_as_path_line_column_severity_code_message() -> None:
    found = error("unknown-key", "no setting is called colums", Span("issue.yaml", 3, 5), hint="columns?")
    assert str(found) == "issue.yaml:3:5: error[unknown-key]: no setting is called colums\n  hint: columns?"
    assert str(warning("w", "of the whole file", Span("a.yaml"))) == "a.yaml: warning[w]: of the whole file"


def test_a_value_with_warnings_is_good_one_with_errors_is_not() -> None:
    assert Checked(1, (warning("w", ""),)).ok
    assert not Checked(1, (error("e", ""),)).ok
    assert not Checked(None).ok
