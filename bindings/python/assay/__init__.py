"""Assay: business rules over protobuf messages.

    rulebook = assay.Rulebook.load("rules/standard/order_review.yaml")
    snapshot = assay.Snapshot(rulebook, {"partners": [{"id": "P-1"}]})
    with assay.Session(rulebook, snapshot, now=datetime.now(timezone.utc)) as session:
        session.add({"id": "O-1", "sold_to": "P-1"})
        for decision in session.run().decisions:
            print(decision.order_id, decision.disposition)

What needs no session is evaluated:

    for row in assay.evaluate(grading, snapshot, partners, now=datetime.now(timezone.utc)).rows:
        print(row.id, row.verdict, row.outputs["score"])

Everything goes through the C interface in libassay.so, which is looked for at ASSAY_LIBRARY, then beside this package,
then where the system keeps its libraries. A call that fails raises AssayError and changes nothing; an
argument of another type is a TypeError, and one that cannot be meant a ValueError.
"""

from ._decisions import (Decision, Explanation, FailedCell, Finding, LedgerDraw, LedgerVerdict, LineDecision, LinePart,
                         LocalizedText, OpenHold, Provenance, ReadValue, Result, RuleVerdict, Table, TableVerdict,
                         TestResult, VariableValue)
from ._engine import Row, Rulebook, Session, Snapshot, version
from ._evaluation import (MASKED, EvaluatedRow, Evaluation, LevelRow, OutputColumn, RowExplanation, WorklistTask,
                          evaluate, explain_row)
from ._library import AssayError, Issue, Status

__all__ = [
    "AssayError", "Decision", "EvaluatedRow", "Evaluation", "Explanation", "FailedCell", "Finding", "Issue",
    "LedgerDraw", "LedgerVerdict", "LevelRow", "LineDecision", "LinePart", "LocalizedText", "MASKED", "OpenHold",
    "OutputColumn", "Provenance", "ReadValue", "Result", "Row", "RowExplanation", "Rulebook", "RuleVerdict", "Session",
    "Snapshot", "Status", "Table", "TableVerdict", "TestResult", "VariableValue", "WorklistTask", "evaluate",
    "explain_row", "version",
]
