#!/bin/bash
# The contract suites on the real adapters alone, in the virtual workstation:
#   lab/run tests/lab/contract.sh [PROGRAM [GTEST-FILTER]]
# PROGRAM is a test program for the lab (build/bin/contract_lab).
set -euo pipefail
"$LAB_TREE/lab/workstation/up"
exec "${1:-$LAB_TREE/build/bin/contract_lab}" --gtest_filter="${2:-*}"
