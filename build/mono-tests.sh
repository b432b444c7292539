#!/usr/bin/env bash
# Runs the tests of the store as a program for .NET Framework, under Mono: the netstandard2.0 build that Windows PowerShell loads, on a
# runtime that is not .NET. Needs Linux and mono (Debian: mono-runtime and mono-devel, which are installed where that is allowed).
#
#   build/mono-tests.sh [<argument of the test program>...]
#
# The last line is "N passed, N failed, N skipped". tests/README.md tells which tests are not in it, and why.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v mono >/dev/null; then
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null \
        && { apt-get update && apt-get install --yes --no-install-recommends mono-runtime mono-devel; } >/dev/null 2>&1
fi
if ! command -v mono >/dev/null; then
    echo "The tests were not run under Mono: it is not installed."
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

# Below the repository, whose files the tests read.
artifacts=$PWD/artifacts/mono
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build build/Mono -c Release -m:1 --nologo -v q --artifacts-path "$artifacts" -o "$artifacts/tests" || exit 1

# What Mono does otherwise.
excluded=(
    # It inlines the method whose name the stack is to hold.
    '*.ParallelLoopTests.The_first_exception_stops_the_loop_and_is_thrown_with_its_stack'
    '*.ParallelLoopTests.An_exception_on_another_thread_stops_the_loop_and_is_thrown_with_its_stack'
    # It keeps locks by itself, within one process: the system call that this test has refused is not made.
    '*.DoctorTests.A_home_on_a_file_system_without_locks_is_told_and_a_copy_elsewhere_is_well'
    # Its DeflateStream reports damaged data as an IOException, that of .NET Framework as an InvalidDataException.
    '*.ZipStructureTests.Content_that_is_no_deflate_stream_is_refused'
)
options=()
for method in "${excluded[@]}"; do
    options+=(-method- "$method")
done

# Mono 6.8 may abort when the program ends, after the summary.
mono "$artifacts/tests/LlamaGate.Core.NetStandard.Tests.exe" -noColor "${options[@]}" "$@" 2>&1 | tee "$log"
read -r total errors failures skips < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log")
if [ -z "${total:-}" ]; then
    echo "The tests did not end by themselves."
    total=1 errors=0 failures=1 skips=0
fi
echo "$((total - errors - failures - skips)) passed, $((errors + failures)) failed, $skips skipped"
[ "$((errors + failures))" -eq 0 ]
