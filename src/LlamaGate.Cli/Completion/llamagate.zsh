#compdef llamagate
# zsh completion for llamagate
_llamagate() {
    local -a candidates
    candidates=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
    candidates=("${(@)candidates:#}")
    (( ${#candidates} )) && compadd -- "${candidates[@]}"
    # A package is a file, and so is what an option such as --out names.
    _files
}

if [[ "$funcstack[1]" == _llamagate ]]; then
    _llamagate "$@"
else
    compdef _llamagate llamagate
fi
