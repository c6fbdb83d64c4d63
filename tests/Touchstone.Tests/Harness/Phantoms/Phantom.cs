using System.Collections.Concurrent;
using Touchstone.Harness.Phantoms;

namespace Touchstone.Tests.Harness.Phantoms;

/// <summary>Phantoms that several tests look at, made once each.</summary>
internal static class Phantom
{
    private static readonly ConcurrentDictionary<(string Hospital, int Number), Lazy<PhantomCase>> Made = new();

    public static PhantomCase Of(PhantomHospital hospital, int number) => Made.GetOrAdd(
        (hospital.Id, number), _ => new Lazy<PhantomCase>(() => PhantomCase.Make(hospital, number))).Value;
}
