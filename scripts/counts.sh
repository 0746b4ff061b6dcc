# Sourced: runs suites and adds up what they say of themselves.
total_passed=0
total_failed=0
total_skipped=0

add_counts() { # passed failed [skipped]
  total_passed=$((total_passed + $1))
  total_failed=$((total_failed + $2))
  total_skipped=$((total_skipped + ${3:-0}))
}

run_ctest() { # build-directory title ctest-options...
  local dir=$1 title=$2 log="$1/ctest.log" status=0
  shift 2
  echo "== $title"
  UBSAN_OPTIONS=print_stacktrace=1 ctest --test-dir "$dir" --output-on-failure -j "$(nproc)" \
    --timeout 120 --no-tests=error "$@" >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then grep -vE '^ *[0-9]+/[0-9]+ Test .* Passed|^ +Start ' "$log"; fi
  # "97% tests passed, 3 tests failed out of 120"
  local failed all
  read -r failed all < <(sed -nE 's/.*tests passed, ([0-9]+) tests? failed out of ([0-9]+).*/\1 \2/p' "$log" | tail -1) || true
  if [ -z "${all:-}" ]; then tail -20 "$log"; failed=1 all=1; status=1; fi
  # ctest counts a skipped test as passed.
  local skipped
  skipped=$(grep -c '(Skipped)$' "$log") || true
  add_counts $((all - failed - skipped)) "$failed" "$skipped"
  echo "$title: $((all - failed - skipped)) passed, $failed failed, $skipped skipped"
  return $status
}

# A suite that ends with the line "N passed, N failed".
run_counted() { # title command...
  local title=$1 log status=0 passed failed skipped
  shift
  log="build/$title.log"
  echo "== $title"
  "$@" 2>&1 | tee "$log" || status=$?
  read -r passed failed skipped < <(
    sed -nE 's/^([a-z]+: )?([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\2 \3 \5/p' "$log" | tail -1) || true
  if [ -z "${passed:-}" ]; then echo "$title: no closing count" >&2; passed=0 failed=1 status=1; fi
  add_counts "$passed" "$failed" "${skipped:-0}"
  return $status
}

print_total() { # word
  echo "$1: $total_passed passed, $total_failed failed, $total_skipped skipped"
}
