using Examples;

Contract.RunFlat(args, AtlasOnly.Segment);
