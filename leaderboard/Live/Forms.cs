using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Live;

/// <summary>A line of a form for text.</summary>
/// <param name="Name">One of <see cref="FieldNames"/>.</param>
/// <param name="Label">Above the field.</param>
/// <param name="Hint">Below it; empty for none.</param>
internal sealed record TextField(string Name, string Label, string Hint = "")
{
    /// <summary>Whether it is a secret: not shown while it is typed, and never filled in by us.</summary>
    public bool IsSecret { get; init; }

    public bool IsRequired { get; init; } = true;

    public int MaxLength { get; init; } = 200;

    /// <summary>Least and most of a whole number; null for text.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>Lines of a field for longer text; 0 for a single line.</summary>
    public int Lines { get; init; }

    /// <summary>What stands in an untouched field.</summary>
    public string Default { get; init; } = "";

    /// <summary>Tells forms of one page apart that have the same field.</summary>
    public string Within { get; init; } = "";

    public string Id => Within.Length == 0 ? Name : $"{Within}-{Name}";
}

/// <summary>A box to tick, or one of several to choose from.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">Beside the box.</param>
/// <param name="IsOn">Whether it is ticked in an untouched form.</param>
internal sealed record Choice(string Value, string Label, bool IsOn = false);

/// <summary>Forms that work with a keyboard, a screen reader and no script; faults stand at their fields.</summary>
internal static class Forms
{
    /// <summary>The hidden field that proves where a form comes from.</summary>
    public static Html Token(LiveFrame frame) => frame.FormToken is { } token
        ? Html.Of($"<input type=\"hidden\" name=\"{FieldNames.FormToken}\" value=\"{token}\">")
        : Html.Empty;

    /// <summary>A form with a button.</summary>
    public static Html Post(LiveFrame frame, string action, string button, params IEnumerable<Html> fields) =>
        Html.Of($"""
            <form class="form" method="post" action="{action}">
            {Token(frame)}{fields}
            <p class="send"><button>{button}</button></p>
            </form>

            """);

    /// <summary>A button that changes one thing, in a form of its own.</summary>
    /// <param name="frame">The page's frame.</param>
    /// <param name="action">Where it goes.</param>
    /// <param name="button">What it says.</param>
    /// <param name="what">To what it does that, for readers who hear buttons without their row.</param>
    public static Html Act(LiveFrame frame, string action, string button, string what = "")
    {
        var unseen = what.Length == 0 ? Html.Empty : Html.Of($"<span class=\"unseen\"> {what}</span>");
        return Html.Of($"""
            <form class="act" method="post" action="{action}">
            {Token(frame)}<button class="quiet">{button}{unseen}</button>
            </form>
            """);
    }

    /// <summary>A field for text.</summary>
    public static Html Text(TextField field, FormInput input)
    {
        var value = input.Values.ContainsKey(field.Name) ? input.Value(field.Name) : field.Default;
        var size = field.Range is { } range
            ? Html.Of($"min=\"{range.Least}\" max=\"{range.Most}\"")
            : Html.Of($"maxlength=\"{field.MaxLength}\"");
        var common = Html.Of($"""
            id="{field.Id}" name="{field.Name}" {size}{Flag(field.IsRequired, " required")}{Described(field, input)}
            """);

        // A token is a secret to look over no shoulder at, and nothing for a browser to complete.
        var control = field.Lines > 0
            ? Html.Of($"<textarea rows=\"{field.Lines}\" {common}>\n{value}</textarea>")
            : field.IsSecret
                ? Html.Of($"<input type=\"password\" autocomplete=\"off\" spellcheck=\"false\" {common}>")
                : Html.Of($"<input type=\"{(field.Range is null ? "text" : "number")}\" value=\"{value}\" {common}>");
        return Html.Of($"""
            <p class="field"><label for="{field.Id}">{field.Label}</label>{control}{Told(field, input)}</p>

            """);
    }

    /// <summary>Several boxes of one name, any number of which can be ticked.</summary>
    public static Html Boxes(string name, string legend, string hint, IEnumerable<Choice> choices, FormInput input) =>
        Group("checkbox", name, legend, hint, choices, input);

    /// <summary>Several choices of one name, one of which is taken.</summary>
    public static Html Radios(string name, string legend, string hint, IEnumerable<Choice> choices, FormInput input) =>
        Group("radio", name, legend, hint, choices, input);

    /// <summary>A list to choose one of.</summary>
    public static Html Select(TextField field, IEnumerable<Choice> choices, FormInput input)
    {
        var options = choices.Select(choice =>
        {
            var isOn = Flag(IsOn(choice, field.Name, input), " selected");
            return Html.Of($"<option value=\"{choice.Value}\"{isOn}>{choice.Label}</option>\n");
        });
        var common = Html.Of($"""
            id="{field.Id}" name="{field.Name}"{Flag(field.IsRequired, " required")}{Described(field, input)}
            """);
        return Html.Of($"""
            <p class="field"><label for="{field.Id}">{field.Label}</label><select {common}>
            {options}</select>{Told(field, input)}</p>

            """);
    }

    private static Html Group(
        string type, string name, string legend, string hint, IEnumerable<Choice> choices, FormInput input)
    {
        var field = new TextField(name, legend, hint);
        var lines = choices.Select(choice =>
        {
            var isOn = Flag(IsOn(choice, name, input), " checked");
            return Html.Of($"""
                <label class="choice"><input type="{type}" name="{name}" value="{choice.Value}"{isOn}> {choice.Label}</label>

                """);
        });
        return Html.Of($"""
            <fieldset class="field"{Described(field, input)}><legend>{legend}</legend>
            <div class="choices">{lines}</div>{Told(field, input)}</fieldset>

            """);
    }

    private static bool IsOn(Choice choice, string name, FormInput input) =>
        input.Values.Count > 0 ? input.Has(name, choice.Value) : choice.IsOn;

    private static Html Described(TextField field, FormInput input)
    {
        var hint = field.Hint.Length > 0 ? $"{field.Id}-hint" : "";
        return input.Faults.ContainsKey(field.Name)
            ? Html.Of($" aria-invalid=\"true\" aria-describedby=\"{field.Id}-fault {hint}\"")
            : hint.Length > 0 ? Html.Of($" aria-describedby=\"{hint}\"") : Html.Empty;
    }

    private static Html Told(TextField field, FormInput input) => Html.Join(
        input.Faults.TryGetValue(field.Name, out var fault)
            ? Html.Of($"<span class=\"fault\" id=\"{field.Id}-fault\">{fault}</span>") : Html.Empty,
        field.Hint.Length > 0
            ? Html.Of($"<span class=\"hint\" id=\"{field.Id}-hint\">{field.Hint}</span>") : Html.Empty);

    private static Html Flag(bool isOn, string attribute) => isOn ? Html.Of($"{attribute}") : Html.Empty;
}
