using Examples;

Contract.RunFolders(args, Atlas.Load().Structures, AtlasIntensity.Segment);
