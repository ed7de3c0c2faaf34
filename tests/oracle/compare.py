"""Runs the engine on a generated day and compares what it decides with the oracle, finding by finding and unit by unit.

Entry points: engine, differences, Coverage.
"""

import json
import subprocess
import tempfile
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

MASKED = "***"
DRAWN = {"ORD-STK-01", "ORD-PRD-02-SKIPPED", "ORD-STK-03", "ORD-STK-04", "ORD-PRM-02-SURPLUS", "ORD-PRM-02-ALONE",
         "ORD-PRM-02-CAP",
         "ORD-PRM-05", "ORD-FIN-01", "ORD-FIN-03", "ORD-FIN-04", "ORD-FIN-05"}  # what reads the draws
ENUMS = ["ORDER_KIND_", "ORDER_STAGE_", "DELIVERY_POLICY_", "BACKORDER_POLICY_", "PARTNER_CHANNEL_", "PARTNER_STATUS_",
         "CREDIT_TERMS_",
         "STOCK_STATUS_", "RECEIPT_STATUS_", "FUNDS_STATUS_", "PREPAYMENT_PURPOSE_", "CHANGE_KIND_",
         "PRODUCT_LIFECYCLE_",
         "PRODUCT_KIND_", "CAMPAIGN_BASIS_", "FREE_GOODS_MODE_", "FREE_GOODS_ROUNDING_", "FREE_GOODS_REWARD_",
         "MATERIAL_REQUEST_STATUS_", "CAMPAIGN_COMBINATION_"]
NO_ELEMENT = ("(the list has no element there)",
              "no one price is in force",  # a gift without a price, told by the engine as a list's
              "no one rate is in force")  # likewise a prepayment in another currency


def engine(command, rulebook, datasets, orders, now):
    """The engine's decisions by order."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data").mkdir()
        for name, rows in datasets.items():
            _write(root / "data" / f"{name}.jsonl", rows)
        _write(root / "orders.jsonl", orders)
        done = subprocess.run([command, "review", "--rulebook", rulebook, "--data", root / "data", "--orders",
                               root / "orders.jsonl",
                               "--now", now, "--out", root / "out"], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        decisions = map(json.loads, (root / "out" / "decisions.jsonl").read_text(encoding="utf-8").splitlines())
        return {decision["order_id"]: decision for decision in decisions}


def _write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _bare(value):
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    prefix = next((prefix for prefix in ENUMS if isinstance(value, str) and value.startswith(prefix)), "")
    return value[len(prefix):] if prefix else value


def short(lines):
    """Rows of JSON lines, the names of enum values without their prefix, as the oracle has them."""
    return [_bare(json.loads(line)) for line in lines.splitlines() if line.strip()]


def _number(value):
    try:
        return Fraction(Decimal(str(value)))
    except ArithmeticError:
        return None


def _same(stated, due):
    """Whether what the engine states is what the oracle expects: None where the oracle states nothing."""
    if due is None or stated == MASKED:
        return True
    if isinstance(due, (set, frozenset)):
        parts = {part for part in stated.replace("; ", ", ").split(", ") if part}
        return {part.split(":")[0] for part in parts} == {str(part).split(":")[0] for part in due}
    if isinstance(due, list):
        return [_number(part) for part in stated.split(", ")] == due
    if isinstance(due, (int, Fraction)) and not isinstance(due, bool):
        return _number(stated or "0") == due
    return stated == due


class Coverage:
    """How often each rule was found by the engine and by the oracle, and what became of the orders."""

    def __init__(self):
        self.engine, self.oracle, self.dispositions = Counter(), Counter(), Counter()

    def table(self):
        rows = [f"{rule:22}{self.engine[rule]:8}{self.oracle[rule]:8}" for rule in sorted({*self.engine, *self.oracle})]
        ends = [f"{disposition:22}{count:8}" for disposition, count in sorted(self.dispositions.items())]
        return "\n".join(["found by rule         engine  oracle", *rows, *ends])


def _unjudged(decision):
    """Rules and ledgers that the engine could not judge for a missing value."""
    return {name for finding in decision.get("findings", []) for name in finding.get("dependents", [])}


def _key(rule, line, expected):
    """What a finding is about: of a void release also the rule it was given for."""
    return (rule, line, expected) if rule == "ORD-APR-01" else (rule, line)


def _findings(decision, mine, excluded, coverage):
    """Where a value is missing, a rule may be judged by the one and not by the other: what is false is false
    whatever the rest is, and how far each looks is not the page's matter."""
    theirs, ours = {}, {}
    for finding in decision.get("findings", []):
        if finding["rule"] not in excluded:
            theirs[_key(finding["rule"], finding.get("line_id", ""), finding.get("expected"))] = finding
            coverage.engine[finding["rule"]] += 1
    for finding in mine.findings:
        if finding.rule not in excluded:
            ours[_key(finding.rule, finding.line, finding.verdict.expected)] = finding
            coverage.oracle[finding.rule] += 1
    open_to_engine, open_to_oracle = _unjudged(decision), set().union(*mine.unknown.values())
    is_drawn = "stock" not in open_to_engine and "ORD-STK-01" not in open_to_oracle
    for key in sorted({*theirs, *ours}):
        if not is_drawn and not DRAWN.isdisjoint(key):
            continue
        if key not in ours and key[0] not in open_to_oracle:
            stated = theirs[key]
            yield (f"{key} only the engine finds: {stated['outcome'][8:]} {stated['reason']} "
                   f"{stated.get('expected')} {stated.get('actual')}")
        elif key not in theirs and key[0] not in open_to_engine:
            yield f"{key} only the oracle finds: {ours[key].verdict}"
        elif key in ours and key in theirs:
            yield from _finding(key, theirs[key], ours[key])


def _finding(key, theirs, ours):
    stated = theirs["outcome"][8:], theirs["reason"]
    due = ours.outcome, ours.verdict.reason
    if stated != due:
        yield f"{key} is {stated}, should be {due}"
    for name in ("expected", "actual"):
        if not _same(theirs.get(name, ""), getattr(ours.verdict, name)):
            yield f"{key} {name} is {theirs.get(name, '')}, should be {getattr(ours.verdict, name)}"


def _merged(parts):
    """Quantities by kind, lot, day, reason and warehouse: two receipts of a day are one to whoever waits for them."""
    sums = Counter()
    for kind, quantity, *others in parts:
        sums[(kind, *others)] += quantity
    return {key: str(float(quantity)) for key, quantity in sums.items()}


def _parts(line):
    return _merged((part["kind"][5:], _number(part["quantity"]), part.get("lot", ""), part.get("date", ""),
                    part.get("reason", ""), part.get("warehouse", ""))
                   for part in line.get("parts", []))


def _lines(decision, mine):
    for line in decision.get("lines", []):
        ours = mine.lines.get(line["line_id"])
        if ours is None:
            continue
        stated = tuple(_number(line[share]) for share in ("requested", "confirmed", "backordered", "cut"))
        if stated != ours[:4]:
            yield f"line {line['line_id']} is {[str(x) for x in stated]}, should be {[str(x) for x in ours[:4]]}"
        parts = _merged((part.kind, part.quantity, part.lot, part.date, part.reason, part.warehouse)
                        for part in ours[4])
        if _parts(line) != parts:
            yield f"line {line['line_id']} parts are {_parts(line)}, should be {parts}"


def _unknown(decision, mine):
    """Missing values that rules asked for, whatever these rules are called. The oracle stops at the first that a rule lacks;
    the engine may tell of more, or of another one for which it cannot judge the rule."""
    stated = {finding["actual"]: finding["outcome"][8:] for finding in decision.get("findings", [])
              if finding["rule"] == "ORD-SYS-01"}
    due = {origin: "NOTE" if rules <= mine.notes else "HOLD" for origin, rules in mine.unknown.items()}
    for origin in sorted({*stated, *due}):
        if origin.endswith(NO_ELEMENT) or origin.startswith("batch."):
            continue  # what another order lacks is told as that order's row
        if origin not in due and due:
            continue
        if origin not in stated and not mine.unknown[origin].isdisjoint(_unjudged(decision)):
            continue
        if stated.get(origin) != due.get(origin):
            rules = sorted(mine.unknown.get(origin, []))
            yield f"unknown {origin!r}: is {stated.get(origin)}, should be {due.get(origin)} {rules}"


def differences(decision, mine, excluded, coverage):
    """One text for each thing on which engine and oracle differ. What becomes of an order on whose rules they may
    differ, for a missing value, is compared only as far as that it is not confirmed."""
    yield from _findings(decision, mine, {*excluded, "ORD-SYS-01"}, coverage)
    yield from _unknown(decision, mine)
    if int(decision["priority"]) != mine.priority:
        yield f"is number {decision['priority']} in the queue, should be {mine.priority}"
    unjudged = {rule for rules in mine.unknown.values() for rule in rules} - mine.notes
    if unjudged:
        if decision["disposition"][12:] not in ("HELD", "REJECTED") or mine.disposition not in ("HELD", "REJECTED"):
            yield f"is {decision['disposition'][12:]}, should be {mine.disposition}"
        return
    yield from _lines(decision, mine)
    if decision["disposition"][12:] != mine.disposition:
        yield f"is {decision['disposition'][12:]}, should be {mine.disposition}"
    stated = decision.get("confirmed_amount", "")
    if (None if stated == "" else _number(stated)) != mine.confirmed_amount:
        yield f"confirms {stated}, should confirm {mine.confirmed_amount and str(float(mine.confirmed_amount))}"
