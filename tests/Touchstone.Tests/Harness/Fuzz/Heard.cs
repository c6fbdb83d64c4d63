using System.Text;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Keeps what a command says, and stops one that says that it waits.</summary>
internal sealed class Heard : TextWriter
{
    private const int MostCharacters = 20_000;

    private static readonly string[] Waits = ["Listening on", "Waiting for the container engine", "Trying again in"];

    private readonly StringBuilder _text = new();
    private readonly Lock _turn = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Stops the command that runs.</summary>
    public CancellationTokenSource? Stop { get; set; }

    /// <summary>What was said since the last time, at most 20,000 characters of it.</summary>
    public string Take()
    {
        lock (_turn)
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        lock (_turn)
        {
            if (_text.Length < MostCharacters)
            {
                _text.Append(value);
            }
        }

        if (value is not null && Waits.Any(wait => value.Contains(wait, StringComparison.Ordinal)))
        {
            Stop?.CancelAsync();
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");
}
