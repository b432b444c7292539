#!/usr/bin/env bash
# Publishes the command line for other Linux systems than the usual one, and walks through its main commands with each build.
#
#   build/linux-tests.sh [musl] [arm64] [net8.0]
#
#   musl    the native binary for linux-musl-x64 (Alpine), linked with Debian's musl-tools
#   arm64   the native binary for linux-arm64, run by qemu-user; Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user
#   net8.0  the build for .NET 8, with the .NET 8 runtime
#
# Needs Linux on x86-64. Missing Debian packages are installed where that is allowed. The last line is "N passed, N failed, N skipped";
# a build whose tools are missing is named and counts as skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

builds=()
for argument in "$@"; do
    case $argument in
        musl | arm64 | net8.0) builds+=("$argument") ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
[ ${#builds[@]} -gt 0 ] || builds=(musl arm64 net8.0)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

# Whether programs are there, or can be installed.
have() {
    local debian_packages=$1
    shift
    command -v "$@" >/dev/null && return
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null \
        && { apt-get update && apt-get install --yes --no-install-recommends $debian_packages; } >"$work/apt.log" 2>&1 \
        && command -v "$@" >/dev/null
}

publish() {
    dotnet publish src/LlamaGate.Cli -c Release -m:1 --nologo -v q --artifacts-path "$work/artifacts" -o "$work/published" "$@" >"$work/log" 2>&1
}

# Each sets 'llamagate' to the command line of what it has published. 2 means that it cannot be built here.
make_musl() {
    have musl-tools musl-gcc || return 2
    publish -f net10.0 -r linux-musl-x64 -p:CppCompilerAndLinker=musl-gcc || return
    llamagate=("$work/published/llamagate")
    readelf -l "$work/published/llamagate" | grep ld-musl
}

make_arm64() {
    have 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user' aarch64-linux-gnu-gcc qemu-aarch64 || return 2
    publish -f net10.0 -r linux-arm64 -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc -p:ObjCopyName=aarch64-linux-gnu-objcopy || return
    llamagate=(qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/published/llamagate")
    readelf -h "$work/published/llamagate" | grep AArch64
}

make_net8.0() {
    publish -f net8.0 -r linux-x64 --self-contained || return
    llamagate=("$work/published/llamagate")
    grep -A 3 includedFrameworks "$work/published/llamagate.runtimeconfig.json" | grep -E '"version": "8\.0\.'
}

# Runs a command and compares what it prints.
expect() {
    local expected=$1 actual
    shift
    actual=$("${llamagate[@]}" "$@" 2>&1) || { echo "llamagate $*: ended with $?: $actual"; return 1; }
    [ "$actual" = "$expected" ] || { echo "llamagate $*: printed '$actual', not '$expected'"; return 1; }
}

succeed() {
    local output
    output=$("${llamagate[@]}" "$@" 2>&1) || { echo "llamagate $*: ended with $?: $output"; return 1; }
}

walk_through() {
    export LLAMAGATE_HOME=$work/home
    rm -rf "$LLAMAGATE_HOME" "$work/packages"
    mkdir "$work/packages"
    succeed import --no-refresh samples/packages/summarize-text samples/packages/ticket-triage \
        && expect $'ticket-triage\nsummarize-text' list -q \
        && succeed verify \
        && succeed export summarize-text --out "$work/packages/" \
        && succeed test "$work/packages/summarize-text-1.2.0.zip" \
        && succeed remove summarize-text \
        && expect ticket-triage list -q \
        && succeed import --no-refresh "$work/packages/summarize-text-1.2.0.zip" \
        && succeed verify \
        && diff -r --exclude=.git samples/packages/summarize-text "$LLAMAGATE_HOME/extensions/installed/summarize-text" \
        && succeed remove summarize-text \
        && succeed remove ticket-triage \
        && expect '' list -q
}

for build in "${builds[@]}"; do
    rm -rf "$work/published" "$work/artifacts"
    "make_$build"
    status=$?
    if [ $status -eq 2 ]; then
        echo "$build: skipped, because its tools are not installed: $(tail -n 1 "$work/apt.log" 2>/dev/null)"
        skipped=$((skipped + 1))
    elif [ $status -ne 0 ]; then
        tail -n 20 "$work/log"
        echo "$build: failed, because it cannot be published"
        failed=$((failed + 1))
    elif walk_through; then
        echo "$build: passed"
        passed=$((passed + 1))
    else
        echo "$build: failed"
        failed=$((failed + 1))
    fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
