using System;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Operations.Doctor;

/// <summary>A command that ends a finding, for PowerShell and for the command line.</summary>
internal sealed record Remedy(string PowerShell, string CommandLine)
{
    /// <summary>Brings registry and disk together, and completes or clears away what others left behind.</summary>
    public static Remedy Sync(LlamaGateHome home) => Ours(home, "Sync-LlamaGateExtension", "sync");

    /// <summary>Records what is installed as what belongs there.</summary>
    public static Remedy AcceptContent(LlamaGateHome home) => Ours(home, "Sync-LlamaGateExtension -AcceptContent", "sync --accept-content");

    public static Remedy Disable(LlamaGateHome home, string id, ItemType type) => Change(home, "Disable", "disable", id, type);

    public static Remedy Enable(LlamaGateHome home, string id, ItemType type) => Change(home, "Enable", "enable", id, type);

    public static Remedy Remove(LlamaGateHome home, string id, ItemType type) => Change(home, "Remove", "remove", id, type);

    public static Remedy Import(LlamaGateHome home, string path) => Ours(
        home,
        $"Import-LlamaGatePackage -LiteralPath {Quote(path)}",
        "import " + (Platform.IsWindows ? $"\"{path}\"" : Shell(path)));

    public static Remedy Refresh() => new("Invoke-LlamaGateRefresh", "llamagate refresh");

    /// <summary>Gives a file another name in its folder.</summary>
    public static Remedy Rename(string path, string newName) => new(
        $"Rename-Item -LiteralPath {Quote(path)} -NewName {Quote(newName)}",
        Platform.IsWindows
            ? $"ren \"{path}\" \"{newName}\""
            : $"mv -- {Shell(path)} {Shell(Path.Combine(Path.GetDirectoryName(path)!, newName))}");

    /// <summary>Deletes a file or a folder with all that is in it.</summary>
    public static Remedy Delete(string path, bool isFolder) => new(
        $"Remove-Item -LiteralPath {Quote(path)} -Recurse -Force",
        !Platform.IsWindows ? $"rm -rf -- {Shell(path)}" : isFolder ? $"rmdir /s /q \"{path}\"" : $"del \"{path}\"");

    /// <summary>Adds a line to a file.</summary>
    public static Remedy Append(string path, string line) => new(
        $"Add-Content -LiteralPath {Quote(path)} -Value {Quote(line)}",
        Platform.IsWindows ? $"echo {line}>>\"{path}\"" : $"echo {Shell(line)} >> {Shell(path)}");

    /// <summary>Gives the user the right to read and change a folder and all in it.</summary>
    public static Remedy Permit(string path) => Platform.IsWindows
        ? new($"icacls {Quote(path)} /grant \"${{env:USERNAME}}:(OI)(CI)F\" /T", $"icacls \"{path}\" /grant \"%USERNAME%:(OI)(CI)F\" /T")
        : new($"chmod -R u+rwX {Quote(path)}", $"chmod -R u+rwX {Shell(path)}");

    /// <summary>Asks for a setting, and sets it for the commands that follow.</summary>
    public static Remedy Ask(string variable, string prompt) => new(
        $"$env:{variable} = Read-Host {Quote(prompt)}",
        Platform.IsWindows ? $"set /p {variable}={prompt}: " : $"read -r {variable} && export {variable}");

    /// <summary>Removes a variable that .NET reads when a process starts: in PowerShell the commands that follow run in a new one.</summary>
    public static Remedy Unset(string variable) => new(
        $"$env:{variable} = $null; pwsh", Platform.IsWindows ? $"set {variable}=" : $"unset {variable}");

    /// <summary>Copies a folder with all that is in it into another, which need not be there.</summary>
    public static Remedy CopyInto(string folder, string parent) => new(
        $"$null = New-Item {Quote(parent)} -ItemType Directory -Force; Copy-Item -LiteralPath {Quote(folder)} -Destination {Quote(parent)} -Recurse -Force",
        Platform.IsWindows
            ? $"xcopy \"{folder}\" \"{Path.Combine(parent, Path.GetFileName(folder))}\" /e /i /y"
            : $"mkdir -p -- {Shell(parent)} && cp -R -- {Shell(folder)} {Shell(parent)}");

    /// <summary>
    /// Copies the home to a folder that is not there yet and uses it for the commands that follow. The user says which folder; in cmd it
    /// lies in the local application data. The sync corrects where the items lie.
    /// </summary>
    public static Remedy CopyHome(LlamaGateHome home) => new(
        $"$env:LLAMAGATE_HOME = Read-Host 'New folder'; Copy-Item -LiteralPath {Quote(home.Path)} -Destination $env:LLAMAGATE_HOME -Recurse; "
            + "Sync-LlamaGateExtension -HomePath $env:LLAMAGATE_HOME",
        Platform.IsWindows
            ? $"set \"LLAMAGATE_HOME=%LOCALAPPDATA%\\llamagate\" && xcopy \"{home.Path}\" \"%LOCALAPPDATA%\\llamagate\" /e /h /i "
                + "&& llamagate sync --home \"%LOCALAPPDATA%\\llamagate\""
            : $"read -r LLAMAGATE_HOME && export LLAMAGATE_HOME && cp -R -- {Shell(home.Path)} \"$LLAMAGATE_HOME\" "
                + "&& llamagate sync --home \"$LLAMAGATE_HOME\"");

    private static Remedy Change(LlamaGateHome home, string verb, string word, string id, ItemType type) => Ours(
        home, $"{verb}-LlamaGateExtension -Id {Quote(id)} -Type {type.ToDisplayName()}", $"{word} {type.ToToken()} {Shell(id)}");

    private static Remedy Ours(LlamaGateHome home, string cmdlet, string words) => IsDefault(home)
        ? new(cmdlet, "llamagate " + words)
        : new($"{cmdlet} -HomePath {Quote(home.Path)}", $"llamagate {words} --home {(Platform.IsWindows ? $"\"{home.Path}\"" : Shell(home.Path))}");

    private static bool IsDefault(LlamaGateHome home)
    {
        try
        {
            return string.Equals(LlamaGateHome.Default().Path, home.Path, StringComparison.Ordinal);
        }
        catch (LlamaGateException)
        {
            return false; // This user has no profile.
        }
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''") + "'";

    private static string Shell(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.' or '/'))
            {
                return "'" + text.Replace("'", "'\\''") + "'";
            }
        }

        return text;
    }
}
