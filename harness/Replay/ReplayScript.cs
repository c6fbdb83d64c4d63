using System.Globalization;
using System.IO.Compression;
using System.Text;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Harness.Replay;

/// <summary>
/// One run as a shell script that does with the docker client what the harness does through the engine's API: same
/// volumes, same container, same limits, same way in for the CT and out for the masks. It names no path of this machine.
/// </summary>
internal static class ReplayScript
{
    private const string RunId = "replay";
    private const int LogBytes = 64 << 10;

    /// <summary>Writes the script.</summary>
    /// <param name="run">What decides the settings; its run id is replaced by one that the script makes.</param>
    /// <param name="pseudonym">The name under which the container sees the case.</param>
    /// <param name="architecture">Of the engine, <c>amd64</c> or <c>arm64</c>.</param>
    /// <returns>A POSIX shell script that takes a CT and a folder.</returns>
    public static string Write(SandboxRun run, string pseudonym, string architecture)
    {
        run = run with { RunId = RunId, CgroupParent = null };
        var (holderImage, archive) = HolderImage.For(architecture);
        var container = SandboxProfile.Case(run);
        var isFlat = run.Submission.Layout == SubmissionLayout.Flat;
        var (ctName, maskName) = isFlat
            ? ($"{pseudonym}.nii.gz", $"{pseudonym}.nii.gz")
            : ($"{pseudonym}/ct.nii.gz", pseudonym);
        var (limit, grace) = (Seconds(run.Limits.WallTime), Seconds(run.Limits.GraceTime));
        return $$"""
            #!/bin/sh
            # Runs {{run.Submission.Image}} on one CT as Touchstone runs it.
            # Usage: sh SCRIPT CT.nii.gz OUTPUT-FOLDER
            # Needs docker with the image loaded, tar, timeout, base64 and gzip. Ends with the container's exit code, or
            # with 124 when it was stopped at the time limit of {{limit}} s.
            set -eu
            [ $# -eq 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
            run=touchstone-{{RunId}}-$$
            stage=$(mktemp -d)
            clean() {
              docker rm --force "$run" "$run-holder" >/dev/null 2>&1 || true
              docker volume rm --force "$run-inputs" "$run-outputs" >/dev/null 2>&1 || true
              rm -rf "$stage"
            }
            trap clean EXIT
            trap 'exit 130' INT TERM

            # Which calls of the kernel it may make; harness/Sandbox/seccomp.jsonc says why each.
            cat > "$stage/seccomp.json" <<'SECCOMP'
            {{SeccompProfile.Json}}
            SECCOMP

            # Two volumes in memory, and a container that keeps them: it only sleeps, and is made from these bytes.
            docker volume create {{Volume(SandboxProfile.InputsVolume(run))}} "$run-inputs" >/dev/null
            docker volume create {{Volume(SandboxProfile.OutputsVolume(run))}} "$run-outputs" >/dev/null
            base64 -d <<'HOLDER' | gzip -d | docker load --quiet >/dev/null
            {{Base64(archive)}}
            HOLDER
            docker run --detach --name "$run-holder"{{Arguments(SandboxProfile.Holder([run], holderImage))}} >/dev/null

            # The CT, under the name that the container sees.
            mkdir -p "$stage/cts/{{Path.GetDirectoryName(ctName)}}"
            cp "$1" "$stage/cts/{{ctName}}"
            chmod -R a+rX,a-w "$stage"/cts/*
            tar -C "$stage/cts" -cf - {{ctName.Split('/')[0]}} | docker cp - "$run-holder:{{SandboxProfile.HolderInputs(0)}}"
            chmod -R u+w "$stage"

            # The run itself.
            {{Unset(container)}}docker create --name "$run"{{Arguments(container)}} >/dev/null
            docker start "$run" >/dev/null || true
            if ! code=$(timeout {{limit}} docker wait "$run"); then
              docker kill --signal SIGTERM "$run" >/dev/null || true
              timeout {{grace}} docker wait "$run" >/dev/null || docker kill "$run" >/dev/null || true
              code=124
            fi

            # What it printed, without control characters, and what it left under the expected name.
            docker logs "$run" 2>&1 | tail -c {{LogBytes}} | tr -cd '\11\12\40-\176' >&2
            mkdir -p "$2"
            docker cp "$run-holder:{{SandboxProfile.HolderOutputs(0)}}" - | tar -C "$2" --strip-components=1 -xf - '0/{{maskName}}' 2>/dev/null ||
              echo "It left no outputs/{{maskName}}." >&2
            exit "$code"

            """;
    }

    private static string Unset(ContainerRequest container) =>
        string.Join(' ', DockerArguments.TakenVariables(container).Where(IsShellName)) is { Length: > 0 } names ? $"unset {names}\n" : "";

    /// <summary>What no shell takes for a variable's name is none of its variables either.</summary>
    private static bool IsShellName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');

    private static string Volume(VolumeRequest volume) => string.Join(
        ' ', volume.DriverOpts!.SelectMany(option => (string[])["--opt", Quote($"{option.Key}={option.Value}")]));

    /// <summary>An option and its value to a line. The names of the run's volumes become the script's variable.</summary>
    private static string Arguments(ContainerRequest request)
    {
        var arguments = DockerArguments.For(request);
        var options = arguments.Count - 1 - (request.Cmd?.Count ?? 0);
        return string.Concat(arguments.Index().Select(argument => argument.Index switch
        {
            var index when index > options => $" {Quote(argument.Item)}",
            var index when index == options => $" \\\n  {Quote(argument.Item)}",
            _ when argument.Item == SeccompProfile.Option => " \"seccomp=$stage/seccomp.json\"",
            _ when argument.Item.StartsWith("--", StringComparison.Ordinal) => $" \\\n  {argument.Item}",
            _ => $" {Quote(argument.Item).Replace($"touchstone-{RunId}-", "'\"$run\"'-", StringComparison.Ordinal)}",
        }));
    }

    private static string Quote(string text) =>
        text.Length > 0 && text.All(sign => char.IsAsciiLetterOrDigit(sign) || "-_./:=@%+".Contains(sign, StringComparison.Ordinal))
            ? text
            : text.EnumerateRunes().All(LogText.IsVisible)
                ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"
                : $"\"$(printf '%b' '{Octal(text)}')\"";

    /// <summary>Signs that steer a terminal, as a participant's command may hold, never stand in the script as they are.</summary>
    private static string Octal(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(code =>
        char.IsAsciiLetterOrDigit((char)code) ? $"{(char)code}" : $"\\0{Convert.ToString(code, 8).PadLeft(3, '0')}"));

    private static string Base64(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return Convert.ToBase64String(packed.ToArray(), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n");
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
