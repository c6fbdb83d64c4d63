using Examples;

Contract.RunFlat(args, Careful.Segment);
