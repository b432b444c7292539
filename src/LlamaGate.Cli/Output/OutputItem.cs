using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Cli.Output;

/// <summary>
/// One element of <c>items</c> in a JSON document. Every command fills the fields that docs/cli.md lists for it; the others are null
/// and left out.
/// </summary>
internal sealed record OutputItem
{
    public required string? Id { get; init; }

    /// <summary>The kind as the command line spells it.</summary>
    public required string? Type { get; init; }

    public string? Name { get; init; }

    public required string? Version { get; init; }

    public string? PreviousVersion { get; init; }

    public string? AvailableVersion { get; init; }

    public string? Repository { get; init; }

    public string? Package { get; init; }

    public string? Range { get; init; }

    public string? Source { get; init; }

    public string? Sha512 { get; init; }

    public bool? Enabled { get; init; }

    public string? Status { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? InstalledAt { get; init; }

    public DateTimeOffset? LastUpdatedAt { get; init; }

    public string? SourcePath { get; init; }

    public string? Path { get; init; }

    public string? HomePath { get; init; }

    public long? Length { get; init; }

    public int? FileCount { get; init; }

    public string? Sha256 { get; init; }

    public string? Description { get; init; }

    public string? Kind { get; init; }

    public bool? EnabledByDefault { get; init; }

    public bool? HotReload { get; init; }

    public bool? AutoStart { get; init; }

    public string? LoadMode { get; init; }

    public string? EntryWorkflow { get; init; }

    public IReadOnlyList<string>? Steps { get; init; }

    public IReadOnlyList<string>? Hooks { get; init; }

    public IReadOnlyList<string>? Endpoints { get; init; }

    public bool? IsValid { get; init; }

    public long? UnpackedLength { get; init; }

    public bool? HasChecksums { get; init; }

    public IReadOnlyList<OutputProblem>? Problems { get; init; }

    public IReadOnlyList<OutputFile>? Files { get; init; }

    public IReadOnlyList<string>? ModifiedFiles { get; init; }

    public IReadOnlyList<string>? MissingFiles { get; init; }

    public IReadOnlyList<string>? AddedFiles { get; init; }

    public string? BackupName { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public static OutputItem From(InstalledItem item, string? status = null) => new()
    {
        Id = item.Id,
        Type = Token(item.Type),
        Name = item.Name,
        Version = item.Version,
        Enabled = item.Enabled,
        Source = item.Source,
        Status = status,
        InstalledAt = item.InstalledAt,
        LastUpdatedAt = item.LastUpdatedAt,
        Path = item.Path,
        HomePath = item.HomePath,
    };

    public static OutputItem From(ImportedItem item, string sourcePath) => From((InstalledItem)item, item.Status) with
    {
        PreviousVersion = item.PreviousVersion,
        SourcePath = sourcePath,
    };

    public static OutputItem From(ImportPlan plan, string sourcePath) => new()
    {
        Id = plan.Id,
        Type = Token(plan.Type),
        Version = plan.Version,
        PreviousVersion = plan.PreviousVersion,
        Status = plan.Status,
        SourcePath = sourcePath,
    };

    public static OutputItem From(ExportedPackage package) => new()
    {
        Id = package.Id,
        Type = Token(package.Type),
        Version = package.Version,
        Path = package.Path,
        Length = package.Length,
        FileCount = package.FileCount,
        Sha256 = package.Sha256,
    };

    public static OutputItem From(SyncChange change) => new()
    {
        Id = change.Id,
        Type = Token(change.Type),
        Version = change.Version,
        Status = change.Status,
        Reason = change.Reason,
        Path = change.Path,
        HomePath = change.HomePath,
    };

    public static OutputItem From(MigratedItem item) => new()
    {
        Id = item.Id,
        Type = item.Type is null ? null : Token(item.Type),
        Version = item.Version,
        Status = item.Status,
        Reason = item.Reason.Length > 0 ? item.Reason : null,
        SourcePath = item.SourcePath,
        Path = item.Path,
        HomePath = item.HomePath,
    };

    public static OutputItem From(PackageTestResult result, string sourcePath) => new()
    {
        Id = result.Id,
        Type = result.Type is null ? null : Token(result.Type),
        Name = result.Name,
        Version = result.Version,
        SourcePath = sourcePath,
        Path = result.Path,
        IsValid = result.IsValid,
        FileCount = result.FileCount,
        UnpackedLength = result.UnpackedLength,
        HasChecksums = result.HasChecksums,
        Problems = [.. result.Problems.Select(OutputProblem.From)],
    };

    public static OutputItem From(PackageDetails details, string sourcePath) => new()
    {
        Id = details.Id,
        Type = Token(details.Type),
        Name = details.Name,
        Version = details.Version,
        SourcePath = sourcePath,
        Path = details.Path,
        Description = details.Description,
        Kind = details.Kind,
        EnabledByDefault = details.EnabledByDefault,
        HotReload = details.HotReload,
        AutoStart = details.AutoStart,
        LoadMode = details.LoadMode,
        EntryWorkflow = details.EntryWorkflow,
        Steps = details.Steps,
        Hooks = details.Hooks,
        Endpoints = details.Endpoints,
        FileCount = details.Files.Count,
        UnpackedLength = details.UnpackedLength,
        HasChecksums = details.HasChecksums,
        Files = [.. details.Files.Select(file => new OutputFile(file.Path, file.Length, file.Sha256, file.Executable))],
    };

    public static OutputItem From(ItemIntegrity integrity) => new()
    {
        Id = integrity.Id,
        Type = Token(integrity.Type),
        Version = integrity.Version,
        Status = integrity.Status,
        ModifiedFiles = integrity.ModifiedFiles,
        MissingFiles = integrity.MissingFiles,
        AddedFiles = integrity.AddedFiles,
        Path = integrity.Path,
        HomePath = integrity.HomePath,
    };

    public static OutputItem From(ItemBackup backup) => new()
    {
        Id = backup.Id,
        Type = Token(backup.Type),
        Version = backup.Version,
        BackupName = backup.Name,
        CreatedAt = backup.CreatedAt,
        Path = backup.Path,
        FileCount = backup.FileCount,
        Length = backup.Length,
        HomePath = backup.HomePath,
    };

    public static OutputItem From(CreatedPackage package) => new()
    {
        Id = package.Id,
        Type = Token(package.Type),
        Name = package.Name,
        Version = package.Version,
        Path = package.Path,
        Files = [.. package.Files.Select(file => new OutputFile(file))],
    };

    /// <summary>The item in a sentence: <c>extension my-ext (v1.0.0)</c>.</summary>
    public override string ToString()
    {
        string noun = Type is null ? string.Empty : Type.Replace('-', ' ') + " ";
        return Terminal.OneLine(noun + Id + (string.IsNullOrEmpty(Version) ? string.Empty : $" (v{Version})"));
    }

    private static string Token(string displayName) => ItemWords.Parse(displayName).ToToken();
}

/// <summary>One element of <c>files</c>.</summary>
internal sealed record OutputFile(string Path, long? Length = null, string? Sha256 = null, bool? Executable = null);
