"""Judges the expense claims of a project by hand: what docs/projects.md says of them. Entry point: Claims.check.

What is found goes to the project (plain_projects.Project), which knows its days and who does what.
"""

from decimal import ROUND_DOWN, Decimal

from plain_values import day, day_of, moment, number, rounded, working_day

DECIDED = ("APPROVED", "CUT", "REFUSED")


class Claims:
    """The claims of one project."""

    def __init__(self, project):
        self.project = project

    def uses(self, claim, photo):
        """Who else handed the photo in before and after this claim; None where the register lacks it."""
        def when(entry):
            return moment(entry["uploaded_at"]) if "uploaded_at" in entry else moment("1970-01-01T00:00:00Z")
        entries = [e for e in self.project.register if e.get("hash") and e["hash"] == photo.get("hash")]
        own = [when(e) for e in entries if e["evidence_of"] == claim["id"]]
        if not own:
            return None if photo.get("hash") else (set(), set())
        mine = (min(own), claim["id"])
        others = [e for e in entries if e["evidence_of"] != claim["id"]]
        before = {e["evidence_of"] for e in others if (when(e), e["evidence_of"]) < mine}
        return before, {e["evidence_of"] for e in others} - before

    def judge_photos(self, claim, is_decided):
        """The pictures that count, whether one was used before, and whether one is not in the register."""
        good, reused, unknown = set(), False, False
        first, last, photos = day(claim, "activity_from"), day(claim, "activity_to"), claim.get("photos", [])
        for photo in photos:
            line, digest = "%s %s" % (claim["id"], photo.get("hash", "")), photo.get("hash", "")
            uses = self.uses(claim, photo)
            before, after = uses or (set(), set())
            taken = day_of(photo["taken_at"]) if "taken_at" in photo else None
            in_time = bool(first and last and taken and first <= taken <= last)
            in_place = bool(photo.get("place")) and photo["place"] == claim.get("place", "")
            reused, unknown = reused or bool(before), unknown or uses is None
            is_digest = digest != "" and set(digest) <= set("0123456789abcdef")
            if is_digest and in_time and in_place and not before:
                good.add(digest)
            if after:
                self.project.find("EXP-PHO-06", line, "NOTE")
            if is_decided:
                continue
            if before:
                self.project.find("EXP-PHO-01", line, "REJECT")
            if first and last and not in_time:
                self.project.find("EXP-PHO-02", line, "NOTE")
            if not in_place:
                self.project.find("EXP-PHO-03", line, "NOTE")
            if not is_digest or sum(p.get("hash", "") == digest for p in photos) > 1:
                self.project.find("EXP-PHO-04", line, "NOTE")
            if uses is None:
                self.project.find("EXP-PHO-05", line, "HOLD", ("EXPENSE_CLERK", None, 2, claim.get("partner_id", "")))
        return good, reused, unknown

    def refusals(self, claim, good, reused):
        """Reason codes of what refuses a claim, each with its rule; the rule of photos speaks for itself."""
        planned, claimed = number(claim, "planned_amount"), number(claim, "claimed_amount")
        first, last, handed_in = day(claim, "activity_from"), day(claim, "activity_to"), claim.get("submitted_at")
        stated = ("id", "project_id", "activity", "partner_id", "item_kind", "claimed_amount", "currency", "place",
                  "activity_from", "activity_to", "submitted_by", "submitted_at")
        faulty = (claim.get("project_id", self.project.row["id"]) != self.project.row["id"],
                  claim.get("currency", self.project.row.get("currency")) != self.project.row.get("currency"),
                  claimed is not None and (claimed <= 0 or claimed != rounded(claimed, 2)),
                  bool(first and last and first > last), bool(handed_in and moment(handed_in) > self.project.now))
        deadline = day(self.project.row, "claim_deadline")
        outside = self.project.has_period and bool(first and first < self.project.first or
                                                   last and last > self.project.last)
        return [(rule, reason) for rule, reason, holds in (
            ("EXP-DAT-01", "CLAIM_INCOMPLETE", any(f not in claim for f in stated)),
            ("EXP-DAT-02", "CLAIM_FAULTY", any(faulty)),
            ("EXP-DAT-03", "CLAIM_REPEATED", sum(c["id"] == claim["id"] for c in self.project.rows("claims")) > 1),
            ("EXP-PLN-01", "CLAIM_UNPLANNED", planned is None or planned <= 0),
            ("EXP-DLN-01", "CLAIM_LATE", bool(deadline and handed_in and day_of(handed_in) > deadline)),
            ("EXP-DLN-02", "ACTIVITY_OUTSIDE", outside),
            ("EXP-EVD-01", "EVIDENCE_SHORT", len(good) < self.project.figures.min_photos.get(claim.get("item_kind"), 0)),
            ("", "PHOTO_REUSED", reused)) if holds]

    def check(self):
        claims, cap = self.project.rows("claims"), number(self.project.row, "expense_cap")
        approved = sum((number(c, "approved_amount") or Decimal(0) for c in claims
                        if c.get("status") in ("APPROVED", "CUT")), Decimal(0))
        if cap is not None and approved > cap:
            self.project.find("EXP-DEC-03", "", "HOLD")
        left = None if cap is None else max(Decimal(0), cap - approved)
        results = {}
        order = sorted(range(len(claims)), key=lambda i: (moment(claims[i].get("submitted_at", "1970-01-01T00:00:00Z")),
                                                          claims[i]["id"]))
        for i in order:
            results[i], left = self.judge_claim(claims[i], left)
        granted = sum((r["approved_amount"] or Decimal(0) for r in results.values()), Decimal(0))
        claimed = sum((number(c, "claimed_amount") or Decimal(0) for c in claims), Decimal(0))
        self.project.outputs.update(claimed=claimed, approved=granted, cap_left=None if cap is None else cap - granted)
        return [("claim", claims[i]["id"], results[i]) for i in range(len(claims))]

    def judge_claim(self, claim, left):
        is_decided = claim.get("status") in DECIDED
        good, reused, unknown = self.judge_photos(claim, is_decided)
        refusals = self.refusals(claim, good, reused)
        if is_decided:
            return self.decided(claim, reused, any(rule == "EXP-DAT-03" for rule, _ in refusals)), left
        for rule, _ in refusals:
            if rule:
                self.project.find(rule, claim["id"], "REJECT")
        by = self.project.today
        if "submitted_at" in claim:
            by = working_day(day_of(claim["submitted_at"]), self.project.figures.decide_days)
        self.project.find("EXP-NXT-01", claim["id"], "NOTE", ("EXPENSE_CLERK", by, 3, claim.get("partner_id", "")))
        if refusals:
            return {"verdict": "REFUSED", "approved_amount": Decimal(0), "reasons": tuple(r for _, r in refusals)}, left
        claimed = number(claim, "claimed_amount")
        limit = rounded(number(claim, "planned_amount") * (1 + self.project.figures.plan_tolerance), 2, ROUND_DOWN)
        allowed = min(claimed, limit)
        paid = allowed if left is None else min(allowed, left)
        reasons = [r for r, holds in (("PHOTO_UNREGISTERED", unknown), ("OVER_PLAN", claimed > limit)) if holds]
        if claimed > limit:
            self.project.find("EXP-PLN-02", claim["id"], "CUT")
        if paid < allowed:
            reasons.append("OVER_CAP" if paid else "CAP_EXHAUSTED")
            self.project.find("EXP-CAP-01", claim["id"], "CUT" if paid else "REJECT")
        verdict = "HELD" if unknown else "REFUSED" if not paid else "CUT" if paid < claimed else "APPROVED"
        result = {"verdict": verdict, "approved_amount": None if unknown else paid, "reasons": tuple(reasons)}
        return result, None if left is None else left - paid

    def decided(self, claim, reused, repeated):
        status, amount, claimed = claim["status"], number(claim, "approved_amount"), number(claim, "claimed_amount")
        if repeated:
            self.project.find("EXP-DAT-03", claim["id"], "REJECT")
        wrong = not claim.get("decided_by") or claim["decided_by"] == claim.get("submitted_by")
        if status != "REFUSED":
            wrong = wrong or amount is None or amount < 0 or claimed is not None and (
                amount > claimed or status == "APPROVED" and amount != claimed)
            if reused:
                task = ("EXPENSE_CLERK", None, 1, claim.get("partner_id", ""))
                self.project.find("EXP-DEC-02", claim["id"], "HOLD", task)
        if wrong:
            self.project.find("EXP-DEC-01", claim["id"], "HOLD")
        return {"verdict": status, "approved_amount": Decimal(0) if status == "REFUSED" else amount, "reasons": ()}
