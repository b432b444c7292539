using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LlamaGate.Tests.Hosting;

/// <summary>
/// A PowerShell with the staged module imported, and a folder of its own: <c>$work</c>, where it stands, and <c>$store</c>, the path of
/// a LlamaGate home below it that is not there yet; <c>TestDrive:</c> is the folder, too.
/// </summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RecordingHost host = new();
    private readonly Runspace runspace;

    public PowerShellSession()
    {
        File.WriteAllText(folder[".env"], $"PORT={TestEnvironment.DeadPort}\n");
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        SessionStateProxy proxy = runspace.SessionStateProxy;
        proxy.Path.SetLocation(WildcardPattern.Escape(Work));
        proxy.Drive.New(new PSDriveInfo("TestDrive", proxy.Provider.GetOne("FileSystem"), Work, string.Empty, credential: null), "global");
        this["work"] = Work;
        this["store"] = Home;
    }

    /// <summary>The folder that the session stands in.</summary>
    public string Work => folder.Path;

    /// <summary>The path of the home that tests use.</summary>
    public string Home => folder["home"];

    /// <summary>The questions of <c>-Confirm</c> and the answers to them.</summary>
    public RecordingUserInterface User => host.Recorder;

    /// <summary>The runspace, for what a script cannot do.</summary>
    public Runspace Runspace => runspace;

    /// <summary>A variable of the session.</summary>
    /// <param name="variable">Its name without the dollar.</param>
    public object? this[string variable]
    {
        get => runspace.SessionStateProxy.GetVariable(variable);
        set => runspace.SessionStateProxy.SetVariable(variable, value);
    }

    /// <summary>The full path of something in <see cref="Work"/>.</summary>
    /// <param name="parts">The path below it.</param>
    public string PathOf(params string[] parts) => folder[parts];

    /// <summary>Writes a package of an extension into <see cref="Work"/>.</summary>
    /// <returns>The path of the zip.</returns>
    public string Extension(string id, string version = "1.0.0") => TestPackage.Extension(PathOf($"{id}-{version}.zip"), id, version);

    /// <summary>Puts an extension into <see cref="Home"/>.</summary>
    public void Install(params string[] ids)
    {
        this["packages"] = ids.Select(id => Extension(id)).ToArray();
        RunResult result = Run("Import-LlamaGatePackage -LiteralPath $packages -HomePath $store");
        if (result.Output.Count != ids.Length)
        {
            throw new InvalidOperationException($"The packages could not be installed: {string.Join("; ", result.Errors)}");
        }
    }

    /// <summary>Runs a script and collects what it emits.</summary>
    public RunResult Run(string script)
    {
        using PowerShell engine = Create(script);
        return Invoke(engine);
    }

    /// <summary>Runs a script as at the prompt: what it emits is formatted and shown (<see cref="RunResult.Text"/>).</summary>
    public RunResult Show(string script)
    {
        using PowerShell engine = Create(script);
        engine.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        engine.AddCommand("Out-Default");
        return Invoke(engine);
    }

    /// <summary>A script that has not been started yet, for tests that stop it. The caller disposes it.</summary>
    public PowerShell Create(string script)
    {
        var engine = PowerShell.Create(runspace);
        engine.AddScript(script);
        return engine;
    }

    public void Dispose()
    {
        runspace.Dispose();
        folder.Dispose();
    }

    private RunResult Invoke(PowerShell engine)
    {
        var output = new List<PSObject>();
        ErrorRecord? last = null;
        try
        {
            engine.Invoke(input: null, output);
        }
        catch (RuntimeException failure)
        {
            last = failure.ErrorRecord;
        }

        PSDataStreams streams = engine.Streams;
        return new RunResult(
            output,
            last is null ? [.. streams.Error] : [.. streams.Error, last],
            [.. streams.Warning.Select(record => record.Message)],
            [.. streams.Verbose.Select(record => record.Message)],
            [.. streams.Progress],
            User.TakeText(),
            last is not null);
    }
}
