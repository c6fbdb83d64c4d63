using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Networks;

/// <summary>The networks that SuPreM publishes weights for.</summary>
internal enum Backbone
{
    /// <summary><see cref="Networks.UNet"/>.</summary>
    UNet,

    /// <summary><see cref="Networks.SegResNet"/>.</summary>
    SegResNet,

    /// <summary><see cref="Networks.SwinUnetr"/>.</summary>
    SwinUnetr,
}

/// <summary>Which network to build.</summary>
internal sealed record NetworkPlan
{
    /// <summary>The kind of network.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>Channels out: classes, with the background as the first of them where a softmax follows.</summary>
    public required int Outputs { get; init; }

    /// <summary>Whether the head is the CLIP-driven one of <see cref="Networks.Universal"/>.</summary>
    public bool IsUniversal { get; init; }

    /// <summary>
    /// Channels of the first level; null for the published 32 (U-Net), 16 (SegResNet, multiples of 8) and 48 (Swin UNETR,
    /// multiples of 12).
    /// </summary>
    public int? Width { get; init; }

    /// <summary>Sides of windows must be multiples of this.</summary>
    public int Divisor => Backbone switch
    {
        Backbone.UNet => UNet.Divisor,
        Backbone.SegResNet => SegResNet.Divisor,
        Backbone.SwinUnetr => SwinUnetr.Divisor,
    };

    /// <summary>The network as data.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public ModuleDefinition Define()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Outputs, 1);
        var width = Width ?? Backbone switch { Backbone.UNet => 32, Backbone.SegResNet => 16, Backbone.SwinUnetr => 48 };
        var step = Backbone switch { Backbone.UNet => 1, Backbone.SegResNet => 8, Backbone.SwinUnetr => 12 };
        if (width < step || width % step != 0)
        {
            throw new ArgumentException($"The width of {Backbone} is a multiple of {step}, not {width}.");
        }

        return (Backbone, IsUniversal) switch
        {
            (Backbone.UNet, false) => UNet.Define(Outputs, width),
            (Backbone.UNet, true) => Universal.Define(UNet.Define(0, width), 16 * width, 2 * width, Outputs),
            (Backbone.SegResNet, false) => SegResNet.Define(Outputs, width),
            (Backbone.SwinUnetr, false) => SwinUnetr.Define(Outputs, width),
            (Backbone.SwinUnetr, true) => Universal.Define(SwinUnetr.Define(0, width), 16 * width, width, Outputs),
            (Backbone.SegResNet, true) => throw new ArgumentException("SegResNet has no universal head: SuPreM publishes none."),
        };
    }
}
