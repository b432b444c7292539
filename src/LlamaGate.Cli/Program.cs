using LlamaGate.Cli;

return CommandLine.Run(args);
