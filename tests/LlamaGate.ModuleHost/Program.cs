using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs the script file that the first argument names in a fresh runspace; output goes to stdout and errors go to stderr, one per line.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var engine = PowerShell.Create(runspace);
engine.AddScript(File.ReadAllText(args[0]));

foreach (PSObject output in engine.Invoke())
{
    Console.Out.WriteLine(output);
}

foreach (ErrorRecord error in engine.Streams.Error)
{
    Console.Error.WriteLine($"{error.FullyQualifiedErrorId}: {error}");
}

return engine.HadErrors ? 1 : 0;
