#!/usr/bin/env bash
# Runs the trials of the store on file systems that differ from the usual one: in images and FUSE mounts of its own (tests/README.md).
#
#   build/file-system-tests.sh [--short] [name ...]
#
# The names: ext4 xfs btrfs tmpfs overlay ntfs-3g exfat bindfs. The last line is "N passed, N failed, N skipped"; a file system that
# cannot be mounted is said to be skipped and counts as one skipped test.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

usage() {
    sed -n '2,7s/^# \{0,1\}//p' "$0"
    exit 2
}

# The slowest first, so that none of them runs alone at the end.
all=(ntfs-3g exfat bindfs ext4 xfs btrfs tmpfs overlay)
short=false names=()
for argument in "$@"; do
    case $argument in
        --short) short=true ;;
        ext4 | xfs | btrfs | tmpfs | overlay | ntfs-3g | exfat | bindfs) names+=("$argument") ;;
        *) usage ;;
    esac
done
[ ${#names[@]} -gt 0 ] || names=("${all[@]}")

program=(tests/LlamaGate.Core.Tests/bin/Release/*/LlamaGate.Core.Tests)
if [ ! -x "${program[0]}" ]; then
    echo 'Build first: dotnet build -c Release'
    exit 2
fi

passed=0 failed=0 skipped=0 mounts=() loops=()
work=$(mktemp -d)

clean_up() {
    for ((i = ${#mounts[@]} - 1; i >= 0; i--)); do
        umount -l "${mounts[i]}" 2>/dev/null
    done
    for loop in "${loops[@]}"; do
        losetup --detach "$loop"
    done
    rm -rf "$work"
}
trap clean_up EXIT

# The short form tries few scenarios on each; the full form all of them, random kills and random histories too.
filters=(-method '*.LostVersionTests.*' -method '*.RecoveryTests.*' -method '*.RegistryRepairTests.*' -method '*.CrashPointTests.*'
    -method '*.RecoveryCrashTests.*' -method '*.RecoveryPowerLossTests.*'
    -method '*.DiskFaultTests.*' -method '*.ReaderTests.*')
if $short; then
    export LLAMAGATE_TEST_SCALE=brief
else
    filters+=(-method '*.KillTests.*' -method '*.StoreModelTests.*')
fi

# Makes a file for an image; the file is sparse.
image() {
    truncate -s "$2" "$work/$1.img" && echo "$work/$1.img"
}

# Sets 'device' to a loop device over an image. FUSE programs mount devices only.
attach() {
    device=$(losetup --find --show "$1") && loops+=("$device")
}

# Mounts a file system at a folder. Each of these fails where a tool or a permission is missing.
mount_at() {
    local folder=$2 disk device
    case $1 in
        ext4) disk=$(image ext4 512M) && mkfs.ext4 -q -F "$disk" && mount -o loop "$disk" "$folder" ;;
        xfs) disk=$(image xfs 512M) && mkfs.xfs -q "$disk" && mount -o loop "$disk" "$folder" ;;
        btrfs) disk=$(image btrfs 512M) && mkfs.btrfs -q "$disk" && mount -o loop "$disk" "$folder" ;;
        tmpfs) mount -t tmpfs -o size=512M tmpfs "$folder" ;;
        overlay)
            mkdir -p "$work/layers" && mount -t tmpfs tmpfs "$work/layers" && mounts+=("$work/layers") \
                && mkdir "$work/layers/lower" "$work/layers/upper" "$work/layers/work" \
                && mount -t overlay -o "lowerdir=$work/layers/lower,upperdir=$work/layers/upper,workdir=$work/layers/work" overlay "$folder"
            ;;
        ntfs-3g) disk=$(image ntfs 256M) && mkntfs -q -F -Q "$disk" && attach "$disk" && ntfs-3g -o big_writes "$device" "$folder" ;;
        exfat) disk=$(image exfat 256M) && mkfs.exfat "$disk" && attach "$disk" && mount.exfat-fuse "$device" "$folder" ;;
        bindfs) mkdir -p "$work/under" && bindfs --chmod-deny "$work/under" "$folder" ;;
    esac
}

run_on() {
    local name=$1 folder="$work/$1" log="$work/$1.log" p f s
    mkdir -p "$folder"
    if ! mount_at "$name" "$folder" >"$log" 2>&1; then
        echo "$name: skipped, because it cannot be mounted here: $(tail -n 1 "$log")"
        skipped=$((skipped + 1))
        return
    fi

    mounts+=("$folder")
    LLAMAGATE_TEST_ROOT=$folder "${program[0]}" -noColor "${filters[@]}" >"$log" 2>&1
    read -r p f s < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" \
        | awk '{ print $1 - $2 - $3 - $4, $2 + $3, $4 }')
    if [ -z "${p:-}" ]; then
        tail -n 20 "$log"
        p=0 f=1 s=0
    fi

    [ "$f" -eq 0 ] || grep -A 12 -F '[FAIL]' "$log"
    echo "$name: $p passed, $f failed, $s skipped"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# One alone is run here; of many, each in a process of its own, and more of them than there are processors: they wait for the disk.
if [ ${#names[@]} -eq 1 ]; then
    run_on "${names[0]}"
else
    for name in "${names[@]}"; do
        while [ "$(jobs -rp | wc -l)" -gt "$(nproc)" ]; do
            wait -n
        done
        build/file-system-tests.sh $($short && echo --short) "$name" >"$work/$name.out" 2>&1 &
    done
    wait
    for name in "${names[@]}"; do
        sed '$d' "$work/$name.out"
        read -r p f s < <(tail -n 1 "$work/$name.out" | grep -oE '[0-9]+' | tr '\n' ' '; echo)
        passed=$((passed + ${p:-0})) failed=$((failed + ${f:-1})) skipped=$((skipped + ${s:-0}))
    done
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
