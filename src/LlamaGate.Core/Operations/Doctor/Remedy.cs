using System;
using System.Globalization;
using System.IO;
using System.Text;
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
        "import " + Word(path));

    public static Remedy Refresh() => new("Invoke-LlamaGateRefresh", "llamagate refresh");

    /// <summary>Gives a file or folder another name in its folder: with <c>.off</c>, and a number when that is taken.</summary>
    public static Remedy SetAside(string path)
    {
        string name = Path.GetFileName(path) + ".off";
        string target = FreePath(Path.GetDirectoryName(path)!, name);
        string newName = Path.GetFileName(target);
        return new Remedy(
            $"Rename-Item -LiteralPath {Quote(path)} -NewName {Quote(newName)}",
            Platform.IsWindows ? $"ren {Word(path)} {Word(newName)}" : $"mv -- {Word(path)} {Word(target)}");
    }

    /// <summary>Moves a folder into another one, which is there; under its own name, with a number when that is taken.</summary>
    public static Remedy MoveInto(string folder, string parent)
    {
        string target = FreePath(parent, Path.GetFileName(folder));
        return new Remedy(
            $"Move-Item -LiteralPath {Quote(folder)} -Destination {Quote(target)}",
            $"{(Platform.IsWindows ? "move" : "mv --")} {Word(folder)} {Word(target)}");
    }

    /// <summary>Gives the folder of an item the name of its id, and keeps it disabled under that id.</summary>
    public static Remedy RenameDisabled(LlamaGateHome home, string id, string newId, ItemType type)
    {
        string folder = home.ItemFolder(type, id);
        Remedy sync = Sync(home);
        Remedy disable = Disable(home, newId, type);
        return new Remedy(
            $"Rename-Item -LiteralPath {Quote(folder)} -NewName {Quote(newId)}; {sync.PowerShell}; {disable.PowerShell}",
            (Platform.IsWindows ? $"ren {Word(folder)} {Word(newId)}" : $"mv -- {Word(folder)} {Word(home.ItemFolder(type, newId))}")
                + $" && {sync.CommandLine} && {disable.CommandLine}");
    }

    /// <summary>Deletes a folder with all that is in it.</summary>
    public static Remedy Delete(string folder) => new(
        $"Remove-Item -LiteralPath {Quote(folder)} -Recurse -Force",
        $"{(Platform.IsWindows ? "rmdir /s /q" : "rm -rf --")} {Word(folder)}");

    /// <summary>Adds a line to a file, which need not be there; its last line may lack its end.</summary>
    public static Remedy Append(string path, string line)
    {
        bool hasOpenLine = EndsInsideLine(path);
        return new Remedy(
            $"Add-Content -LiteralPath {Quote(path)} -Value {(hasOpenLine ? "'', " : string.Empty)}{Quote(line)}",
            Platform.IsWindows ? $"({(hasOpenLine ? "echo.&" : string.Empty)}echo {line})>>{Word(path)}"
                : hasOpenLine ? $"printf '\\n%s\\n' {Word(line)} >> {Word(path)}"
                : $"echo {Word(line)} >> {Word(path)}");
    }

    /// <summary>Gives the user the right to read and change a file, or a folder and all in it.</summary>
    public static Remedy Permit(string path)
    {
        if (!Platform.IsWindows)
        {
            return new Remedy($"chmod -R u+rwX {Quote(path)}", $"chmod -R u+rwX {Word(path)}");
        }

        // What is to be inherited can only be said of a folder.
        string rights = File.Exists(path) ? "F\"" : "(OI)(CI)F\" /T";
        return new Remedy(
            $"icacls {Quote(path)} /grant \"${{env:USERNAME}}:{rights}", $"icacls {Word(path)} /grant \"%USERNAME%:{rights}");
    }

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
            ? $"xcopy {Word(folder)} {Word(Path.Combine(parent, Path.GetFileName(folder)))} /e /i /y"
            : $"mkdir -p -- {Word(parent)} && cp -R -- {Word(folder)} {Word(parent)}");

    /// <summary>
    /// Copies the home to a folder that is not there yet and uses it for the commands that follow. The user says which folder; in cmd it
    /// lies in the local application data. The sync corrects where the items lie.
    /// </summary>
    public static Remedy CopyHome(LlamaGateHome home) => new(
        $"$env:LLAMAGATE_HOME = Read-Host 'New folder'; Copy-Item -LiteralPath {Quote(home.Path)} -Destination $env:LLAMAGATE_HOME -Recurse; "
            + "Sync-LlamaGateExtension -HomePath $env:LLAMAGATE_HOME",
        Platform.IsWindows
            ? $"set \"LLAMAGATE_HOME=%LOCALAPPDATA%\\llamagate\" && xcopy {Word(home.Path)} \"%LOCALAPPDATA%\\llamagate\" /e /h /i "
                + "&& llamagate sync --home \"%LOCALAPPDATA%\\llamagate\""
            : $"read -r LLAMAGATE_HOME && export LLAMAGATE_HOME && cp -R -- {Word(home.Path)} \"$LLAMAGATE_HOME\" "
                + "&& llamagate sync --home \"$LLAMAGATE_HOME\"");

    private static Remedy Change(LlamaGateHome home, string verb, string word, string id, ItemType type) => Ours(
        home,
        $"{verb}-LlamaGateExtension -Id {Quote(id)} -Type {type.ToDisplayName()}",
        $"{word} {type.ToToken()}" + (id[0] == '-' ? string.Empty : " " + Word(id)),
        id[0] == '-' ? " -- " + Word(id) : string.Empty);

    // What begins with a dash and is no option follows the options.
    private static Remedy Ours(LlamaGateHome home, string cmdlet, string words, string last = "") => IsDefault(home)
        ? new(cmdlet, $"llamagate {words}{last}")
        : new($"{cmdlet} -HomePath {Quote(home.Path)}", $"llamagate {words} --home {Word(home.Path)}{last}");

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

    private static string FreePath(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        for (int number = 2; StorePath.Probe(path) != PathKind.Missing; number++)
        {
            path = Path.Combine(folder, name + "." + number.ToString(CultureInfo.InvariantCulture));
        }

        return path;
    }

    private static bool EndsInsideLine(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
    }

    // PowerShell takes typographic quotes for straight ones; doubled, each of them is itself.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("'", text.Length + 2);
        foreach (char c in text)
        {
            quoted.Append(c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? new string(c, 2) : c.ToString());
        }

        return quoted.Append('\'').ToString();
    }

    // A word of the command line, for cmd or for sh.
    private static string Word(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.' or '/'))
            {
                return Platform.IsWindows ? $"\"{text}\"" : "'" + text.Replace("'", "'\\''") + "'";
            }
        }

        return text;
    }
}
