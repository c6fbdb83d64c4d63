using Touchstone.Harness.Commands;

namespace Touchstone.Tests.Harness.EndToEnd;

public sealed class DefectTests
{
    [Fact]
    public void Print_ExceptionThatNobodyExpects_IsTwoLinesWithoutATraceAndExitCode1()
    {
        using var errors = new StringWriter();
        Exception thrown;
        try
        {
            throw new InvalidOperationException("first\nsecond");
        }
        catch (InvalidOperationException fault)
        {
            thrown = fault;
        }

        var code = Defect.Print("touchstone rank", thrown, errors);

        Assert.Equal(1, code);
        Assert.Equal(
            "touchstone rank failed by a defect of its own: InvalidOperationException, first second\nWhat was finished is kept. Please report it, "
            + "with what the same command prints when TOUCHSTONE_TRACE=1 is set before it.\n",
            errors.ToString());
    }
}
