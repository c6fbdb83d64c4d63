using Examples;

if (args.Length != 1)
{
    Console.Error.WriteLine("learn-atlas DIR > ../common/atlas.csv, with DIR in the AbdomenAtlas layout");
    return 2;
}

foreach (var row in AtlasLearner.Learn(args[0]))
{
    Console.WriteLine(row);
}

return 0;
