"""Rows as wire bytes behind their lengths decide as the same rows in JSON do, in data and orders, alone or mixed.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and protoc, and is skipped where either is
missing.
"""

import datetime
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
DAY = ROOT / "examples" / "day"
PROTOC = shutil.which("protoc")


def text_format(values):
    """The message as protobuf text: names of enums bare, times as their seconds."""
    parts = []
    for name, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                parts.append(f"{name} {{ {text_format(each)} }}")
            elif isinstance(each, bool):
                parts.append(f"{name}: {str(each).lower()}")
            elif isinstance(each, str) and name in ("as_of", "submitted_at", "first_submitted_at", "at", "paid_at"):
                seconds = int(datetime.datetime.fromisoformat(each.replace("Z", "+00:00")).timestamp())
                parts.append(f"{name} {{ seconds: {seconds} }}")
            elif isinstance(each, str) and each.isupper() and name.upper() + "_" in "_" + each:
                parts.append(f"{name}: {each}")
            elif isinstance(each, str) and name in ("terms", "channel", "purpose"):
                parts.append(f"{name}: {each}")
            else:
                parts.append(f"{name}: {json.dumps(each, ensure_ascii=False)}")
    return " ".join(parts)


def delimited(message, rows):
    """The rows as protoc encodes them, each behind its length."""
    out = bytearray()
    for row in rows:
        wire = subprocess.run([PROTOC, "-I", ROOT / "proto", f"--encode=assay.v1.{message}", "assay/v1/order.proto",
                               "assay/v1/partner.proto"], input=text_format(json.loads(row)).encode(), check=True,
                              capture_output=True).stdout
        size = len(wire)
        while size >= 0x80:
            out.append(size & 0x7F | 0x80)
            size >>= 7
        out.append(size)
        out += wire
    return bytes(out)


@unittest.skipUnless(COMMAND.exists() and PROTOC, "needs bin/assay in the build folder, and protoc")
class BinaryRowsTest(unittest.TestCase):
    def decisions(self, data, orders):
        done = subprocess.run([COMMAND, "review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml",
                               "--data", data, "--orders", orders, "--now", "2026-11-20T09:00:00+08:00", "--format",
                               "json"], check=True, capture_output=True, text=True)
        decisions = [json.loads(line) for line in done.stdout.splitlines()]
        for decision in decisions:
            del decision["provenance"]["snapshot"]  # the hash of the rows as they were given
        return decisions

    def test_they_decide_as_rows_in_json_do(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = (DAY / "orders.jsonl").read_text(encoding="utf-8").splitlines()[:25]
            (folder / "orders.jsonl").write_text("\n".join(rows), encoding="utf-8")
            (folder / "orders.binpb").write_bytes(delimited("Order", rows))
            expected = self.decisions(DAY / "data", folder / "orders.jsonl")
            self.assertEqual(len(expected), 25)
            self.assertEqual(self.decisions(DAY / "data", folder / "orders.binpb"), expected)
            shutil.copytree(DAY / "data", folder / "data")
            partners = folder / "data" / "partners.jsonl"
            wire = delimited("Partner", partners.read_text(encoding="utf-8").splitlines())
            partners.unlink()
            partners.with_suffix(".binpb").write_bytes(wire)
            self.assertEqual(self.decisions(folder / "data", folder / "orders.binpb"), expected)


if __name__ == "__main__":
    unittest.main()
