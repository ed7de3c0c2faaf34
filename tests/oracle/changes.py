"""ORD-CHG: changes by the order's stage (domain page 3.9). First confirm with the customer, then tell the warehouse;
the last step is always the order itself, which closes the request.

Entry point: RULES.
"""

from rows import instant
from sheet import Verdict

DONE_BY = {
    "CHANGE_NOT_CONFIRMED": "customer_confirmed_at", "WAREHOUSE_NOT_TOLD": "warehouse_told_at",
    "PAPERS_OUT": "papers_recalled_at",
    "PARCEL_OUT": "parcel_recalled_at", "PAPERS_NOT_CORRECTED": "papers_corrected_at",
    "VOID_NOT_CONFIRMED": "void_confirmed_at",
    "REFUND_DUE": "refunded_at", "PAPERS_NOT_DESTROYED": "papers_destroyed_at", "NOT_RESTOCKED": "restocked_at",
}

MODIFY = {
    "PRINTED": ["CHANGE_NOT_CONFIRMED", "WAREHOUSE_NOT_TOLD", "PAPERS_OUT", "PAPERS_NOT_CORRECTED", "CHANGE_PENDING"],
    "PACKED": ["CHANGE_NOT_CONFIRMED", "WAREHOUSE_NOT_TOLD", "PARCEL_OUT", "PAPERS_NOT_CORRECTED", "CHANGE_PENDING"],
    "SHIPPED": ["CHANGE_TOO_LATE"],
}
CANCEL = {
    "PRINTED": ["CHANGE_NOT_CONFIRMED", "WAREHOUSE_NOT_TOLD", "PAPERS_OUT", "REFUND_DUE", "PAPERS_NOT_DESTROYED",
                "CANCEL_PENDING"],
    "PACKED": ["CHANGE_NOT_CONFIRMED", "WAREHOUSE_NOT_TOLD", "PARCEL_OUT", "REFUND_DUE", "NOT_RESTOCKED",
               "CANCEL_PENDING"],
    "SHIPPED": ["CANCEL_TOO_LATE"],
}
NOT_PRINTED = {"MODIFY": ["CHANGE_NOT_CONFIRMED", "CHANGE_PENDING"],
               "CANCEL": ["CHANGE_NOT_CONFIRMED", "VOID_NOT_CONFIRMED", "REFUND_DUE", "CANCEL_PENDING"]}


def steps(order, change):
    """The steps of a request in their order; a refund only where something was paid."""
    kind, stage = change["kind"], order.row.get("stage")
    if isinstance(stage, int):  # that nobody knows
        return ["NOT_EVALUABLE"]
    found = {"MODIFY": MODIFY, "CANCEL": CANCEL}[kind].get(stage, NOT_PRINTED[kind])
    return [step for step in found if step != "REFUND_DUE" or order.row.get("payments")]


def _done(change, step):
    return step in DONE_BY and instant(change, DONE_BY[step]) is not None


def _left(order, change):
    if change.get("closed_at") or (order.row.get("stage") == "SHIPPED" and change.get("after_sales_case_id")):
        return []
    return [step for step in steps(order, change) if not _done(change, step)]


def _pending(kind):
    def rule(order, change):
        left = _left(order, change) if change["kind"] == kind else []
        if not left:
            return None
        outcome = "REJECT" if left[0].endswith("TOO_LATE") else "HOLD"
        return Verdict(outcome, left[0], ", ".join(left), change["id"])
    return rule


def out_of_sequence(order, change):
    """A step that is done while one before it is not, or was done later."""
    if change.get("closed_at"):
        return None
    due, early = steps(order, change), []
    for i, step in enumerate(due):
        if not _done(change, step):
            continue
        at = instant(change, DONE_BY[step])
        if any(step_before in DONE_BY and (not _done(change, step_before) or instant(change, DONE_BY[step_before]) > at)
               for step_before in due[:i]):
            early.append(step)
    return Verdict("HOLD", "CHANGE_OUT_OF_SEQUENCE", ", ".join(due), ", ".join(early)) if early else None


RULES = [("ORD-CHG-01", "change", _pending("MODIFY")), ("ORD-CHG-01-SEQUENCE", "change", out_of_sequence),
         ("ORD-CHG-02", "change", _pending("CANCEL"))]
