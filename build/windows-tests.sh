#!/usr/bin/env bash
# Runs the tests as Windows programs, under Wine, on Debian or Ubuntu. Build first: dotnet build -c Release.
#
#   build/windows-tests.sh [--short] [--cache <folder>] [<suite>...] [-- <argument of the test programs>...]
#   build/windows-tests.sh --prepare [--cache <folder>]
#
# A suite is Core, Cli, PowerShell, Pester or Console; all run when none is named. --short runs what depends on the system: the classes and files
# in 'short_of'. In the cache (default: ~/.cache/llamagate-windows) lies a Debian 13 with Wine 10, made at the first run; --prepare makes
# it and runs no tests.
#
# Needs root, and apt-get where debootstrap is not installed. The last line is "N passed, N failed, N skipped"; what cannot run here
# counts as skipped, with the reason. tests/README.md tells how Wine differs from Windows.
set -uo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/llamagate-windows
short= prepare=
suites=() filters=()
while [ $# -gt 0 ]; do
    case $1 in
        --short) short=1 ;;
        --prepare) prepare=1 ;;
        --cache) cache=$2; shift ;;
        Core | Cli | PowerShell | Pester | Console) suites+=("$1") ;;
        --) shift; filters=("$@"); break ;;
        *) sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift
done
[ ${#suites[@]} -gt 0 ] || suites=(Core Pester Cli PowerShell Console)

cannot() {
    echo "The Windows tests were not run: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

# Everything that is mounted below is gone with this process.
if [ -z "${LLAMAGATE_WINDOWS_MOUNTS:-}" ]; then
    [ "$(uname -sm)" = "Linux x86_64" ] || cannot "they need Linux on x86-64."
    [ "$(id -u)" -eq 0 ] || cannot "they need root, for chroot and mount."
    unshare --mount true 2>/dev/null || cannot "this container may not mount."
    if ! command -v debootstrap >/dev/null; then
        command -v apt-get >/dev/null || cannot "debootstrap is not installed."
        { apt-get update && apt-get install --yes --no-install-recommends debootstrap; } >/dev/null 2>&1 \
            || cannot "debootstrap cannot be installed."
    fi
    LLAMAGATE_WINDOWS_MOUNTS=1 exec unshare --mount "$0" ${short:+--short} ${prepare:+--prepare} --cache "$cache" "${suites[@]}" -- "${filters[@]}"
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
debian=$cache/debian
log=$cache/setup.log

# The environment of a login, and Wine's.
in_debian() {
    chroot "$debian" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=xterm XDG_RUNTIME_DIR=/tmp \
        WINEDEBUG=-all WINEPREFIX=/root/.wine WINELOADER=/usr/lib/wine/wine64 WINEDLLOVERRIDES='winemenubuilder.exe,mshtml=' \
        'DOTNET_ROOT=Z:\opt\dotnet' 'WINEPATH=Z:\opt\dotnet' DOTNET_CLI_TELEMETRY_OPTOUT=1 \
        'LLAMAGATE_CLI=Z:\opt\llamagate\llamagate.exe' 'LLAMAGATE_CRASH_HOST=Z:\opt\crash-host\LlamaGate.CrashHost.exe' \
        ${short:+LLAMAGATE_TEST_SCALE=brief} "$@"
}

debian_packages='wine wine64 gcc libc6-dev gcc-mingw-w64-x86-64-win32'
install_debian() {
    if [ ! -f "$debian/ready" ]; then
        rm -rf "$debian"
        debootstrap --variant=minbase trixie "$debian" || return
    fi
    in_debian apt-get install --yes --no-install-recommends $debian_packages \
        && in_debian apt-get clean \
        && echo "$debian_packages" >"$debian/ready"
}

if [ "$(cat "$debian/ready" 2>/dev/null)" != "$debian_packages" ]; then
    echo "Making a Debian with Wine in $debian (a minute or two)"
    install_debian >"$log" 2>&1 || { tail -n 5 "$log"; cannot "Debian with Wine cannot be installed; $log has the details."; }
fi

[ -z "$prepare" ] || exit 0

echo "Laying out .NET for Windows"
runtime=$debian/opt/dotnet
dotnet msbuild "$repository/build/Runtime.csproj" -restore -t:LayOut -p:System=win-x64 -p:Folder="$runtime" -v:q >"$log" 2>&1 \
    || { tail -n 5 "$log"; cannot "the runtime for Windows cannot be had from NuGet."; }
cp "$repository"/build/Windows/* "$debian/root/"
in_debian x86_64-w64-mingw32-gcc -municode -Os -s -Wall -DHOSTFXR_VERSION="L\"$(cat "$runtime/version.txt")\"" \
    -o /opt/dotnet/dotnet.exe /root/dotnet.c || exit 1
in_debian gcc -shared -fPIC -Os -Wall -o /opt/strict-rename.so /root/strict-rename.c || exit 1

mount -t tmpfs tmpfs "$debian/tmp"

# Drive Z: is the root of the chroot, so that paths which the build has written down are the same there.
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//; s,/$,,')
for folder in "$repository" "$packages"; do
    mkdir -p "$debian$folder"
    mount --bind "$folder" "$debian$folder"
done
mount -t proc proc "$debian/proc"
mount --rbind /dev "$debian/dev"

# What a build on Windows has beside the libraries: programs of that name.
rm -rf "$debian/opt/llamagate" "$debian/opt/crash-host"
cp -r "$repository/src/LlamaGate.Cli/bin/Release/net10.0" "$debian/opt/llamagate"
cp -r "$repository/tests/LlamaGate.CrashHost/bin/Release/net10.0" "$debian/opt/crash-host"
cp "$runtime/dotnet.exe" "$debian/opt/llamagate/llamagate.exe"
cp "$runtime/dotnet.exe" "$debian/opt/crash-host/LlamaGate.CrashHost.exe"

# The server that all programs share, with the Windows rule that a folder in use is not renamed.
mkdir -p "$debian/root/.wine"
in_debian LD_PRELOAD=/opt/strict-rename.so wineserver --persistent=60
trap 'in_debian wineserver --kill >/dev/null 2>&1' EXIT
in_debian wineboot --init >"$log" 2>&1

# The tests flush to disk thousands of times.
temporary=$debian/root/.wine/drive_c/users/root/AppData/Local/Temp
mkdir -p "$temporary"
mount -t tmpfs tmpfs "$temporary"

# What depends on the system: files, names, links, locks, consoles, processes, and what follows an interruption.
declare -A short_of=(
    [Core]='Store.HomePathTests Store.ImportTests Store.LinkTests Store.LookupTests Store.NameClashTests Store.RemoveTests Store.RestoreTests
        Packages.ExtractionTests Packages.FolderPackageTests Packages.PackageNameTests
        Reliability.HeldFileTests Reliability.LostVersionTests Reliability.RecoveryTests Reliability.StagingTests'
    [Cli]='ImportOptionTests PrintingTests SpecificationTests'
    [PowerShell]='ConfirmTests PackageTests ProgressTests StopTests WhatIfTests'
    [Pester]='Import-*,Export-*,Install-*,Module,Remove-*,Specification'
)

# A suite that takes more seconds is stuck.
limit=$([ -n "$short" ] && echo 1500 || echo 2400)

# PowerShell is silent without a console.
run() {
    local suite=$1 arguments=(-noColor "${filters[@]}") files=
    if [ "$suite" = Console ]; then
        in_debian timeout --kill-after=5 "$limit" bash /root/console-tests.sh </dev/null >"$cache/$suite.log" 2>&1
        return
    fi

    case $short$suite in
        1Pester) arguments+=(-class LlamaGate.Tests.Pester6Tests) files=${short_of[Pester]} ;;
        1*) for class in ${short_of[$suite]}; do arguments+=(-class "*.$class"); done ;;
    esac
    in_debian LLAMAGATE_PESTER_FILES="$files" sh -c 'cd "$0" && exec timeout --kill-after=5 "$1" script --quiet --return --flush --command "$2" /dev/null' \
        "$repository" "$limit" \
        "stty columns 250; wine 'Z:\\opt\\dotnet\\dotnet.exe' tests/LlamaGate.$suite.Tests/bin/Release/net10.0/LlamaGate.$suite.Tests.dll ${arguments[*]}" \
        </dev/null 2>&1 | sed -u 's/\x1b\[[0-9;?]*[a-zA-Z]//g; s/\x1b\][^\x07]*\x07//g; s/\r//g' >"$cache/$suite.log"
}

# Two at a time: each of them leaves a processor idle.
for suite in "${suites[@]}"; do
    [ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
    run "$suite" &
done
wait

passed=0 failed=0 skipped=0
for suite in "${suites[@]}"; do
    cat "$cache/$suite.log"
    read -r total errors failures skips seconds < <(sed -nE \
        's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*Time: ([0-9]+).*/\1 \2 \3 \4 \5/p' "$cache/$suite.log")
    if [ -z "${total:-}" ]; then
        echo "$suite under Wine did not end by itself."
        total=1 errors=0 failures=1 skips=0 seconds=$limit
    fi
    failures=$((failures + errors))
    echo "$suite under Wine: $((total - failures - skips)) passed, $failures failed, $skips skipped in $seconds s"
    passed=$((passed + total - failures - skips)) failed=$((failed + failures)) skipped=$((skipped + skips))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
