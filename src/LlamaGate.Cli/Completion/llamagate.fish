# fish completion for llamagate
complete --command llamagate --no-files --condition 'not __fish_seen_subcommand_from import export migrate startup'
complete --command llamagate --arguments '(llamagate "[suggest]" (commandline --current-process --cut-at-cursor | string collect) 2>/dev/null)'
