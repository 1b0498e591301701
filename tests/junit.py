#!/usr/bin/env python3
"""Counts a ctest JUnit report: prints "PASSED FAILED", or with --names who failed. No report is an error."""

import sys
import xml.etree.ElementTree as ET

names = "--names" in sys.argv
try:
    cases = list(ET.parse(sys.argv[-1]).getroot().iter("testcase"))
except (OSError, ET.ParseError) as error:
    sys.exit(f"no test report: {error}")
enabled = [case for case in cases if case.get("status") != "disabled"]
failed = [case for case in enabled if case.get("status") != "run"]  # "fail", and "notrun" too
if names:
    for case in failed:
        print(case.get("name"))
else:
    print(len(enabled) - len(failed), len(failed))
