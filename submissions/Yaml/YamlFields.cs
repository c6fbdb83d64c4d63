using System.Globalization;

namespace Touchstone.Submissions.Yaml;

/// <summary>
/// Takes the keys of one YAML group one by one, noting every mistake with its line instead of stopping at the first.
/// A getter returns a harmless default after a mistake: look at the list of mistakes before using what was read.
/// </summary>
public sealed class YamlFields
{
    private readonly Dictionary<string, (int Line, YamlNode Value)> _items = [];
    private readonly HashSet<string> _taken = [];
    private readonly string _what;

    /// <summary>Starts taking.</summary>
    /// <param name="node">What should be a group of keys; anything else is noted as a mistake.</param>
    /// <param name="what">What it describes, for messages, such as <c>dataset</c>.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    public YamlFields(YamlNode node, string what, ICollection<Mistake> mistakes)
    {
        _what = what;
        Mistakes = mistakes;
        Line = node.Line;
        if (node is YamlNode.Map map)
        {
            foreach (var (key, line, value) in map.Items)
            {
                _items[key] = (line, value);
            }
        }
        else
        {
            Mistakes.Add(new Mistake(node.Line, $"a {what} must be a group of \"key: value\" lines, not {node.Kind}."));
            IsBroken = true;
        }
    }

    /// <summary>Line where the group starts.</summary>
    public int Line { get; }

    /// <summary>True when this is no group at all, so that missing keys need no mention.</summary>
    public bool IsBroken { get; }

    /// <summary>Where mistakes are added.</summary>
    public ICollection<Mistake> Mistakes { get; }

    /// <summary>Line of a key, or of the group when the key is absent.</summary>
    /// <param name="key">The key.</param>
    public int LineOf(string key) => _items.TryGetValue(key, out var item) ? item.Line : Line;

    /// <summary>Notes a mistake at a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">What is wrong with it.</param>
    public void Note(string key, string message) => Mistakes.Add(new Mistake(LineOf(key), message));

    /// <summary>The value of a key that may be absent or empty.</summary>
    /// <param name="key">The key.</param>
    public YamlNode? Node(string key)
    {
        _taken.Add(key);
        return _items.TryGetValue(key, out var item) && item.Value is not YamlNode.Value { Text: null } ? item.Value : null;
    }

    /// <summary>The value of a key that must be there.</summary>
    /// <param name="key">The key.</param>
    public YamlNode? RequiredNode(string key)
    {
        var node = Node(key);
        if (node is null && !IsBroken)
        {
            Note(key, $"this {_what} needs \"{key}\".");
        }

        return node;
    }

    /// <summary>A text that may be absent.</summary>
    /// <param name="key">The key.</param>
    public string? Text(string key) => Text(key, Node(key));

    /// <summary>A text that must be there; empty after a mistake.</summary>
    /// <param name="key">The key.</param>
    public string RequiredText(string key) => Text(key, RequiredNode(key)) ?? "";

    /// <summary>A text out of a closed list; the first of the list after a mistake.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">What it may be.</param>
    public string RequiredChoice(string key, params string[] allowed)
    {
        if (Text(key, RequiredNode(key)) is not { } text)
        {
            return allowed[0];
        }

        if (!allowed.Contains(text))
        {
            Note(key, $"\"{key}\" is \"{text}\"; it must be {string.Join(" or ", allowed)}.");
            return allowed[0];
        }

        return text;
    }

    /// <summary>The same of words that stand for values, so that no word can mean a value by default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">Every word with its value; the first after a mistake.</param>
    /// <typeparam name="T">Kind of value.</typeparam>
    public T RequiredChoice<T>(string key, params (string Word, T Value)[] allowed)
    {
        var word = RequiredChoice(key, [.. allowed.Select(one => one.Word)]);
        return allowed.First(one => one.Word == word).Value;
    }

    /// <summary>A text out of a closed list that may be absent; the first of the list then, and after a mistake.</summary>
    /// <param name="key">The key.</param>
    /// <param name="allowed">What it may be, the default first.</param>
    public string Choice(string key, params string[] allowed) =>
        Node(key) is null ? allowed[0] : RequiredChoice(key, allowed);

    /// <summary>A number of at least <paramref name="least"/> that may be absent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="least">Smallest allowed value.</param>
    /// <typeparam name="T">Kind of number.</typeparam>
    public T? Number<T>(string key, T least)
        where T : struct, System.Numerics.INumber<T>
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && T.IsFinite(number))
        {
            return number;
        }

        Note(key, $"\"{key}\" is \"{text}\"; it must be a number of {least} or more"
            + (T.IsInteger(least) && typeof(T) != typeof(double) ? ", without separators or fractions." : "."));
        return null;
    }

    /// <summary>A list of texts that may be absent; empty then.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> Texts(string key) => Texts(key, Node(key));

    /// <summary>A list of at least one text.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> RequiredTexts(string key) => Texts(key, RequiredNode(key));

    /// <summary>Notes every text that a list has more than once.</summary>
    /// <param name="key">The list's key.</param>
    /// <param name="texts">The list.</param>
    public void NoteRepeats(string key, IReadOnlyList<string> texts)
    {
        foreach (var text in texts.CountBy(text => text).Where(count => count.Value > 1))
        {
            Note(key, $"\"{text.Key}\" is listed {text.Value} times in \"{key}\".");
        }
    }

    /// <summary>Notes every key that nobody took.</summary>
    public void RejectOthers()
    {
        foreach (var (key, (line, _)) in _items.Where(item => !_taken.Contains(item.Key)))
        {
            Mistakes.Add(new Mistake(line,
                $"a {_what} has no \"{key}\". Known: {string.Join(", ", _taken.Order(StringComparer.Ordinal))}."));
        }
    }

    private string? Text(string key, YamlNode? node)
    {
        if (node is null or YamlNode.Value)
        {
            return (node as YamlNode.Value)?.Text;
        }

        Note(key, $"\"{key}\" must be a text or number, not {node.Kind}.");
        return null;
    }

    private List<string> Texts(string key, YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not YamlNode.List list)
        {
            Note(key, $"\"{key}\" must be a list, not {node.Kind}.");
            return [];
        }

        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item is YamlNode.Value { Text: { } text })
            {
                texts.Add(text);
            }
            else
            {
                Mistakes.Add(new Mistake(item.Line, $"an item of \"{key}\" must be a text, not {item.Kind}."));
            }
        }

        return texts;
    }
}
