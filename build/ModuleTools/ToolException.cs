using System;

namespace LlamaGate.ModuleTools;

/// <summary>An input that the build cannot use, told as the compiler tells its errors, so that editors find the place.</summary>
internal sealed class ToolException : Exception
{
    /// <summary>Tells what is wrong with a file.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="line">The line, from 1; 0 for the file as a whole.</param>
    /// <param name="problem">What is wrong with it.</param>
    public ToolException(string file, int line, string problem)
        : base($"{file}{(line > 0 ? $"({line})" : string.Empty)}: error LLAMAGATE: {problem}")
    {
    }
}
