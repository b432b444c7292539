using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// Tests that need what no other test does meanwhile. A process that another test starts holds, until it has become its program, every
/// file that this process has open: a disk is then in use that nobody uses, and space is not free that is. And a folder that another
/// test makes may get the number of one that was deleted.
/// </summary>
[CollectionDefinition(nameof(AloneOnDisk), DisableParallelization = true)]
public sealed class AloneOnDisk;
