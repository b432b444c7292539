using System;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace LlamaGate.Tests;

/// <summary>Runs code on a thread to which the kernel of Linux refuses some system calls, as file systems and old container runtimes do.</summary>
internal static class RefusedCalls
{
    private const int SetNoNewPrivileges = 38;
    private const int SetSeccomp = 22;
    private const nuint Filter = 2;
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7FFF0000;
    private const uint Fail = 0x00050000;

    /// <summary>The numbers of <c>chmod</c> and <c>fchmodat</c>; empty where this class does not know them.</summary>
    public static uint[] Chmod { get; } = !OperatingSystem.IsLinux() ? [] : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [90, 268],
        Architecture.Arm64 => [53],
        _ => [],
    };

    /// <summary>The number of <c>flock</c>; empty where this class does not know it.</summary>
    public static uint[] Lock { get; } = !OperatingSystem.IsLinux() ? [] : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [73],
        Architecture.Arm64 => [32],
        _ => [],
    };

    /// <summary>The number of <c>statx</c>; empty where this class does not know it.</summary>
    public static uint[] StatX { get; } = !OperatingSystem.IsLinux() ? [] : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [332],
        Architecture.Arm64 => [291],
        _ => [],
    };

    /// <summary>Runs code on a thread of its own, and throws what it throws.</summary>
    /// <param name="calls">The numbers of the system calls.</param>
    /// <param name="error">What they answer, such as 1 for EPERM.</param>
    /// <param name="action">The code. What it starts on other threads is not affected.</param>
    /// <returns>Whether the kernel could be asked for it; if not, nothing was run.</returns>
    public static bool TryRun(uint[] calls, ushort error, Action action)
    {
        bool isInstalled = false;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                isInstalled = TryInstall(calls, error);
                if (isInstalled)
                {
                    action();
                }
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return isInstalled;
    }

    private static bool TryInstall(uint[] calls, ushort error)
    {
        // The number of the call is the first word that a filter sees. Every jump that is not taken leads to the next comparison.
        var program = new Instruction[calls.Length + 3];
        program[0] = new Instruction(LoadWord, 0, 0, 0);
        for (int i = 0; i < calls.Length; i++)
        {
            program[i + 1] = new Instruction(JumpIfEqual, (byte)(calls.Length - i), 0, calls[i]);
        }

        program[^2] = new Instruction(Return, 0, 0, Allow);
        program[^1] = new Instruction(Return, 0, 0, Fail | error);
        var pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var filter = new Program((ushort)program.Length, pinned.AddrOfPinnedObject());
            return prctl(SetNoNewPrivileges, 1, 0, 0, 0) == 0 && Install(SetSeccomp, Filter, in filter) == 0;
        }
        finally
        {
            pinned.Free();
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Install(int option, nuint mode, in Program filter);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Program(ushort length, nint first)
    {
        public readonly ushort Length = length;
        public readonly nint First = first;
    }
}
