// Threads, seed and determinism belong to the process: tests beside each other would change them for one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
