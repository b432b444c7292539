#!/bin/bash
# Presses Ctrl+C, and closes the console, in the middle of an import by the command line.
# Runs under Wine, in the Debian of build/windows-tests.sh.
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export LLAMAGATE_HOME="Z:${work//\//\\}\\home" PORT=1
llamagate='Z:\opt\llamagate\llamagate.exe'
total=0 failed=0

mkdir -p package/files
printf '%s\n' 'name: many' 'version: 1.0.0' 'description: A test.' 'type: workflow' 'steps:' '  - uses: llm.chat' >package/manifest.yaml
for i in {1..1000}; do
    head -c 60000 /dev/zero >"package/files/$i.txt"
done

check() {
    total=$((total + 1))
    if ! eval "$2"; then
        failed=$((failed + 1))
        printf '%s [FAIL]\n%s\n' "$1" "$output"
    fi
}

# Starts an import in a console, and waits until it shows its progress.
start_import() {
    coproc console { exec script --quiet --return --flush --command "stty columns 120; wine '$llamagate' import package" /dev/null; }
    # Bash unsets its variables of the coprocess when that ends.
    exec {from}<&"${console[0]}" {to}>&"${console[1]}"
    process=$console_PID
    output=
    local part
    while [[ $output != *Importing* ]] && IFS= read -r -d '' -n 64 -t 300 part <&"$from"; do
        output+=$part
    done
}

# Prints what the command prints, and returns its exit code.
run() {
    script --quiet --return --command "stty columns 120; wine '$llamagate' $*" /dev/null </dev/null | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g; s/\r//g'
}

start_import
printf '\003' >&"$to"
output+=$(cat <&"$from")
wait "$process"
status=$?
check 'Ctrl+C stops an import' '[ "$status" -eq 130 ] && [[ $output == *"Stopped."* ]]'
check 'Ctrl+C leaves no item' '[ ! -e home/extensions/installed/many ]'
check 'Ctrl+C leaves nothing in staging' '[ -z "$(ls home/tmp/import)" ]'

start_import
kill -KILL "$process"
{ wait "$process"; } 2>/dev/null
output=$(run import package)
check 'After the window was closed, the next import does its work' '[[ $output == *"Installed extension many (v1.0.0)"* ]]'
output=$(run verify many)
status=$?
check 'After the window was closed, the item is whole' '[ "$status" -eq 0 ] && [ "$(ls home/extensions/installed/many/files | wc -l)" -eq 1000 ]'
check 'After the window was closed, nothing is left in staging' '[ -z "$(ls home/tmp/import)" ]'

echo "Total: $total, Errors: 0, Failed: $failed, Skipped: 0, Not Run: 0, Time: ${SECONDS}s"
