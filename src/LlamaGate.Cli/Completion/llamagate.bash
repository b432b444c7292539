# bash completion for llamagate
_llamagate() {
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}

# Where llamagate has nothing to say, bash completes the names of files.
complete -o default -F _llamagate llamagate
