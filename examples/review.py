"""Reviews one order under a small rulebook and prints the decision. Run from the repository's root."""

from datetime import datetime, timezone

import assay

PARTNER = {"id": "P-1", "level": "A"}
ORDER = {"id": "O-1", "sold_to": "P-1", "lines": [{"id": "1", "quantity": "2", "discount_rate": "0.35"}]}

rulebook = assay.Rulebook.load("examples/review.yaml")
snapshot = assay.Snapshot(rulebook, {"partners": [PARTNER]})
with assay.Session(rulebook, snapshot, now=datetime(2026, 11, 20, 1, tzinfo=timezone.utc)) as session:
    session.add(ORDER)
    for decision in session.run().decisions:
        print(decision.order_id, decision.disposition)
        for finding in decision.findings:
            print(f"  line {finding.line_id}: {finding.rule} {finding.message.en}")
