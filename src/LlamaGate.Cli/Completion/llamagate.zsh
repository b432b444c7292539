#compdef llamagate
# zsh completion for llamagate
_llamagate() {
    local -a candidates
    candidates=("${(@f)$("${words[1]}" "[suggest]" "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
    compadd -- "${(@)candidates:#}"
    # What these commands are given may be a file.
    if [[ -n "${words[(r)(import|export|migrate|startup)]}" ]]; then
        _files
    fi
}

if [[ "${funcstack[1]}" == _llamagate ]]; then
    _llamagate "$@"
else
    compdef _llamagate llamagate
fi
