# fish completion for llamagate; fish itself adds the names of files.
complete --command llamagate --arguments '(llamagate "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
