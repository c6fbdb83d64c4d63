using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Touchstone.Submissions.Yaml;

/// <summary>A YAML value that remembers its line. Duplicate keys are noted as mistakes instead of ending the reading.</summary>
/// <param name="Line">Line in the file, from 1.</param>
public abstract record YamlNode(int Line)
{
    private const int MostDepth = 64;

    /// <summary>What the value is, for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>Text, number or nothing.</summary>
    /// <param name="Line">Line in the file.</param>
    /// <param name="Text">The text; null for an empty value, <c>~</c> or <c>null</c>.</param>
    public sealed record Value(int Line, string? Text) : YamlNode(Line)
    {
        /// <summary>True when it stood in quotes or a block, so that it is a text whatever it looks like.</summary>
        public bool IsQuoted { get; init; }

        /// <summary>Where in the file's text it begins, quotes included.</summary>
        public int Start { get; init; }

        /// <summary>Where in the file's text it has ended.</summary>
        public int End { get; init; }

        /// <inheritdoc/>
        public override string Kind => Text is null ? "nothing" : $"\"{Text}\"";
    }

    /// <summary>A list.</summary>
    /// <param name="Line">Line of its start.</param>
    /// <param name="Items">In file order.</param>
    public sealed record List(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line)
    {
        /// <inheritdoc/>
        public override string Kind => "a list";
    }

    /// <summary>Keys with values.</summary>
    /// <param name="Line">Line of its start.</param>
    /// <param name="Items">In file order; the first of two equal keys.</param>
    public sealed record Map(int Line, IReadOnlyList<(string Key, int Line, YamlNode Value)> Items) : YamlNode(Line)
    {
        /// <inheritdoc/>
        public override string Kind => "a group of keys";
    }

    /// <summary>Reads the only document of a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="mistakes">Where mistakes are added: bad syntax (reading ends there), duplicate keys, anchors.</param>
    /// <returns>The document; null when there is none or its syntax is bad.</returns>
    public static YamlNode? Parse(string text, ICollection<Mistake> mistakes)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                mistakes.Add(new Mistake(1, "the file is empty."));
                return null;
            }

            var root = Read(parser, mistakes, depth: 0);
            parser.Consume<DocumentEnd>();
            return root;
        }
        catch (YamlException exception)
        {
            var reason = (exception.InnerException ?? exception).Message;
            mistakes.Add(new Mistake((int)exception.Start.Line, $"this is no valid YAML, and nothing after it was read: {reason}"));
            return null;
        }
        catch (InvalidOperationException exception)
        {
            // YamlDotNet ends so, and not with a YamlException, on some unclosed brackets.
            var line = (int)(parser.Current?.End.Line ?? 1);
            mistakes.Add(new Mistake(line, $"this is no valid YAML, and nothing after it was read: {exception.Message}"));
            return null;
        }
    }

    private static YamlNode Read(IParser parser, ICollection<Mistake> mistakes, int depth)
    {
        if (depth > MostDepth)
        {
            // Reading goes down with the file, and a stack that is used up ends the process.
            throw new YamlException(
                parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, $"it is nested more than {MostDepth} deep.");
        }

        if (parser.TryConsume<MappingStart>(out var map))
        {
            return ReadMap(parser, (int)map.Start.Line, mistakes, depth);
        }

        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(parser, mistakes, depth + 1));
            }

            return new List((int)list.Start.Line, items);
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            mistakes.Add(new Mistake((int)alias.Start.Line, "aliases (*name) are not supported: repeat the value."));
            return new Value((int)alias.Start.Line, null);
        }

        var scalar = parser.Consume<Scalar>();
        var empty = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
        return new Value((int)scalar.Start.Line, empty ? null : scalar.Value)
        {
            IsQuoted = scalar.Style != ScalarStyle.Plain,
            Start = (int)scalar.Start.Index,
            End = (int)scalar.End.Index,
        };
    }

    private static Map ReadMap(IParser parser, int line, ICollection<Mistake> mistakes, int depth)
    {
        var items = new List<(string Key, int Line, YamlNode Value)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Read(parser, mistakes, depth + 1);
            var value = Read(parser, mistakes, depth + 1);
            if (key is not Value { Text: { } name })
            {
                mistakes.Add(new Mistake(key.Line, $"a key must be a word, not {key.Kind}."));
            }
            else if (!lines.TryAdd(name, key.Line))
            {
                mistakes.Add(new Mistake(key.Line, $"\"{name}\" is already given in line {lines[name]}."));
            }
            else
            {
                items.Add((name, key.Line, value));
            }
        }

        return new Map(line, items);
    }
}
