using Examples;

Contract.RunFlat(args, ThresholdComponents.Segment);
