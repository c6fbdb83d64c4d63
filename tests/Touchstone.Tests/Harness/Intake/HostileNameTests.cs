using Touchstone.Harness.Intake;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Intake;

/// <summary>Names that pass for another's, by signs that nobody sees or letters that look alike.</summary>
public sealed class HostileNameTests : IDisposable
{
    private readonly Registry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Theory]
    [InlineData("Team\u200B Alpha")] // zero-width space
    [InlineData("Team \u202Eahpla")] // right-to-left override
    [InlineData("Team\u2066 Alpha")] // isolate
    [InlineData("Team\u00AD Alpha")] // soft hyphen
    [InlineData("\uFEFFTeam Alpha")]
    [InlineData("Team\u2028Alpha")]
    [InlineData("Team\u2029Alpha")]
    [InlineData("Team Alpha\uE000")] // private use
    [InlineData("Team Alpha\u0378")] // not assigned
    [InlineData("Team Alpha\uFE0F")] // variation selector
    [InlineData("Team Alpha\u034F")] // joiner that draws nothing
    [InlineData("Team\u3164Alpha")] // Hangul filler
    [InlineData("Team\u2800Alpha")] // empty Braille
    [InlineData("Team Alpha\U000E0041")] // tag
    public void Register_NameWithASignThatNobodySees_IsMalformed(string name) => Assert.Equal(IntakeFault.Malformed, Refusal(name));

    [Theory]
    [InlineData("Te\u0430m Alpha")] // Cyrillic a among Latin
    [InlineData("\u0391lpha")] // Greek Alpha among Latin
    [InlineData("\u0410\u03B2")] // Cyrillic and Greek
    [InlineData("\u30A2\uD55C")] // Katakana and Hangul
    [InlineData("\u13A0\u13B3")] // Cherokee, which UAX 31 does not recommend
    [InlineData("a\u0300\u0301\u0302\u0303")] // piled marks
    [InlineData("Team \u0301")] // a mark on a blank
    [InlineData("...")]
    public void Register_NameOfMixedScriptsOrBareMarks_IsMalformed(string name) => Assert.Equal(IntakeFault.Malformed, Refusal(name));

    [Theory]
    [InlineData("Équipe Île-de-France")]
    [InlineData("Команда 7")]
    [InlineData("Ομάδα Α")]
    [InlineData("東京大学 MedAI チーム")]
    [InlineData("서울 Lab 漢")]
    [InlineData("קבוצה")]
    [InlineData("ทีมที่หนึ่ง")]
    [InlineData("nnU-Net (ResEnc L) + TTA, v2.1")]
    [InlineData("Ärzte & Söhne™")]
    public void Register_HonestName_IsKeptAsItIs(string name) => Assert.Equal(name, _registry.Team(name).Team.Name);

    [Theory]
    [InlineData("Team Alpha", "Team  Alpha")]
    [InlineData("Team Alpha", "Team\u00A0Alpha")]
    [InlineData("Team Alpha", "Team\u3000\u2003Alpha")]
    [InlineData("Équipe", "E\u0301quipe")]
    [InlineData("서울", "\u1109\u1165\u110B\u116E\u11AF")]
    [InlineData("Team Alpha", "TEAM ALPHA")]
    [InlineData("Team Alpha", "Team A1pha")]
    [InlineData("Team Illinois", "Team lllinois")]
    [InlineData("Modern", "Modem")]
    [InlineData("GOOD", "G00D")]
    [InlineData("Team Alpha", "Ｔｅａｍ Ａｌｐｈａ")]
    [InlineData("Team Alpha", "\U0001D413eam Alpha")]
    [InlineData("Team fine", "Team ﬁne")]
    [InlineData("BAC", "\u0412\u0410\u0421")]
    [InlineData("pacex", "\u0440\u0430\u0441\u0435\u0445")]
    [InlineData("TEAM", "\u0422\u0415\u0410\u041C")]
    [InlineData("Omikron", "Omıkron")]
    public void Register_NameThatLooksLikeAnothers_IsTaken_WhicheverCameFirst(string one, string other)
    {
        _registry.Team(one);
        Assert.Equal(IntakeFault.TeamNameTaken, Refusal(other));

        using var reversed = new Registry();
        reversed.Team(other);
        var invitation = reversed.Store.Invite("x", TimeSpan.FromDays(1), "test");
        var fault = Assert.Throws<IntakeException>(() => reversed.Store.Register(invitation.Secret, one, ["Ada"]));
        Assert.Equal(IntakeFault.TeamNameTaken, fault.Fault);
    }

    [Fact]
    public void AddAttempt_MethodThatOnlyLooksLikeAnotherTeams_IsRefused_InItsPhaseOnly()
    {
        var (alpha, beta) = (_registry.Team("Alpha"), _registry.Team("Beta"));
        _registry.Queue(alpha, "Model I");
        _registry.Queue(alpha, "Net I");
        Assert.NotNull(_registry.Queue(alpha, "Net l"));

        Assert.Equal(IntakeFault.Malformed, Assert.Throws<IntakeException>(() => _registry.Queue(beta, "Model l")).Fault);
        Assert.NotNull(_registry.Queue(beta, "Model I"));
        Assert.NotNull(_registry.Queue(beta, "MODEL I"));
        var request = Registry.Request(beta.Team, "Model l");
        Assert.NotNull(_registry.Store.AddAttempt(request with { Draft = request.Draft with { Phase = "debug" } }, _ => { }, beta.Identity).Attempt);
    }

    [Fact]
    public void AddAttempt_NameLikeThatOfAnAttemptThatWasTakenBackUnseen_IsFree()
    {
        var (squatter, owner) = (_registry.Team("Alpha"), _registry.Team("Beta"));
        var attempt = _registry.Queue(squatter, "Model I");
        _registry.Store.Cancel(squatter.Team.Id, attempt.Id, squatter.Identity);

        Assert.NotNull(_registry.Queue(owner, "Model l"));
    }

    [Fact]
    public void Draft_BlanksAndMarks_AreFolded_AndTheCommandIsNot()
    {
        var draft = new SubmissionDraft { Team = "Te\u0301am  A", Name = "m\u00A0\u00A01", Challenge = "demo", Command = "sh  e\u0301.sh" };

        Assert.Equal(("Téam A", "m 1", "sh  e\u0301.sh"), (draft.Team, draft.Name, draft.Command));
    }

    [Theory]
    [InlineData("sh predict.sh \u202E--fast")]
    [InlineData("sh predict.sh\u200B")]
    [InlineData("sh\u2028predict.sh")]
    public void Check_CommandWithASignThatNobodySees_IsMalformed(string command)
    {
        var draft = new SubmissionDraft { Team = "A", Name = "m", Challenge = "demo", Command = command };

        Assert.Equal(SubmissionFault.Malformed, Assert.Throws<SubmissionException>(draft.Check).Fault);
    }

    [Fact]
    public void Notes_WithASignThatNobodySees_AreRefused_WhateverTheyAreOf()
    {
        var team = _registry.Team();
        var store = _registry.Store;
        const string Hostile = "fine\u202Eenif";
        Action[] acts =
        [
            () => store.Invite(Hostile, TimeSpan.FromDays(1), "test"),
            () => store.Register(store.Invite("x", TimeSpan.FromDays(1), "test").Secret, "Team B", [Hostile]),
            () => store.Bar(team.Team.Id, Hostile, "test"),
            () => store.CreateToken(team.Identity, Hostile, TokenScopes.Read, null),
            () => store.CreateOrganiserToken(Hostile, "test"),
            () => store.AddUpload(team.Identity, "demo", Hostile, 1),
            () => store.Grant(new QuotaGrant
            {
                TeamId = team.Team.Id, Challenge = "demo", Phase = "test", Quota = null, Reason = Hostile, At = default,
            }, "test"),
        ];

        Assert.All(acts, act => Assert.Equal(IntakeFault.Malformed, Assert.Throws<IntakeException>(act).Fault));
    }

    private IntakeFault Refusal(string name)
    {
        var invitation = _registry.Store.Invite("x", TimeSpan.FromDays(1), "test");
        return Assert.Throws<IntakeException>(() => _registry.Store.Register(invitation.Secret, name, ["Ada"])).Fault;
    }
}
