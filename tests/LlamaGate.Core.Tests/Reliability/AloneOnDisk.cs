using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// Tests that run while no other test does. When another test starts a process, that process first holds open every file that this one
/// has open: a disk cannot be made read-only then, and a deleted file still takes space. And a folder that another test makes may get the
/// number of a deleted one.
/// </summary>
[CollectionDefinition(nameof(AloneOnDisk), DisableParallelization = true)]
public sealed class AloneOnDisk;
