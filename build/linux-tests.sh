#!/usr/bin/env bash
# Walks through the main commands of the command line on other Linux systems than the usual one. Build first: dotnet build -c Release.
#
#   build/linux-tests.sh [musl] [arm64] [net8.0]
#
#   musl    on .NET for linux-musl-x64 (Alpine), with Debian's musl, which has no statx; Debian's musl-tools
#   arm64   the native binary for linux-arm64, run by qemu-user; Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user
#   net8.0  the build for .NET 8, on the .NET 8 runtime
#
# Needs Linux on x86-64. Missing Debian packages are installed where that is allowed. The last line is "N passed, N failed, N skipped";
# a system whose tools are missing is named and counts as skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

builds=()
for argument in "$@"; do
    case $argument in
        musl | arm64 | net8.0) builds+=("$argument") ;;
        *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
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

# Each sets 'llamagate' to the command line of a system. 2 means that its tools are missing.
make_musl() {
    have musl-tools musl-gcc || return 2
    local runtime=$work/musl libraries=$work/musl/libraries
    dotnet msbuild build/Runtime.csproj -restore -t:LayOut -p:System=linux-musl-x64 -p:Folder="$runtime" -v:q >"$work/log" 2>&1 || return

    # Debian has the C library for musl, and no other.
    mkdir -p "$libraries"
    cp -L /usr/lib/x86_64-linux-gnu/{libstdc++.so.6,libgcc_s.so.1,libssl.so.3,libcrypto.so.3} "$libraries" \
        && ln -s /lib/x86_64-linux-musl/libc.so "$libraries/libc.musl-x86_64.so.1" \
        && musl-gcc -shared -fPIC -Os -Wall -Wl,-soname,ld-linux-x86-64.so.2 -o "$libraries/ld-linux-x86-64.so.2" build/Linux/glibc.c \
        && musl-gcc -Os -Wall -DHOSTFXR="\"$(echo "$runtime"/host/fxr/*/libhostfxr.so)\"" -o "$runtime/dotnet" build/Linux/dotnet.c \
        || return
    llamagate=(env LD_PRELOAD="$libraries/ld-linux-x86-64.so.2" LD_LIBRARY_PATH="$libraries" "$runtime/dotnet"
        src/LlamaGate.Cli/bin/Release/net10.0/llamagate.dll)
}

# OpenSSL for ARM64, beside what is installed.
have_openssl() {
    local apt=(apt-get -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::Lists="$work/lists") name
    mkdir -p "$work/lists/partial" "$work/arm64"
    name=$(dpkg -S /usr/lib/x86_64-linux-gnu/libssl.so.3 | cut -d : -f 1) && (
        cd "$work/arm64" && "${apt[@]}" update && "${apt[@]}" download "$name" && dpkg-deb -x "$name"_*.deb .
    ) >"$work/apt.log" 2>&1
}

# gcc knows its target, and not clang's option for it.
make_arm64() {
    have 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user' aarch64-linux-gnu-gcc qemu-aarch64 && have_openssl || return 2
    cat >"$work/gcc" <<'end'
#!/bin/sh
for argument; do
    shift
    case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
done
exec aarch64-linux-gnu-gcc "$@"
end
    chmod +x "$work/gcc"
    publish -f net10.0 -p:TargetFrameworks=net10.0 -r linux-arm64 -p:CppCompilerAndLinker="$work/gcc" -p:ObjCopyName=aarch64-linux-gnu-objcopy || return
    llamagate=(qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH="$work/arm64/usr/lib/aarch64-linux-gnu" "$work/published/llamagate")
}

make_net8.0() {
    publish -f net8.0 -r linux-x64 --self-contained || return
    llamagate=("$work/published/llamagate")
    grep -q '"version": "8\.0\.' "$work/published/llamagate.runtimeconfig.json"
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
        && expect $'summarize-text\nticket-triage' list -q \
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
        echo "$build: failed, because it cannot be built"
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
