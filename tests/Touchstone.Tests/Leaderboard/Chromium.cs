using Microsoft.Playwright;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Debian's Chromium, and what its pages are held to.</summary>
internal static class Chromium
{
    /// <summary>Script: every text whose contrast with the first opaque background behind it is below AA of WCAG 2.1.</summary>
    public const string LowContrast = """
        () => {
          const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * x + .7152 * y + .0722 * z;
          };
          const behind = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const colour = getComputedStyle(e).backgroundColor;
              const parts = parse(colour);
              if (colour.startsWith('rgb') && parts.length >= 3 && (parts.length < 4 || parts[3] === 1)) return parts;
            }
            return [255, 255, 255];
          };
          const found = new Set();
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
            if (!own || element.closest('svg, script, .unseen') || !element.getClientRects().length) continue;
            const style = getComputedStyle(element);
            const [a, b] = [light(parse(style.color)), light(behind(element))].sort((x, y) => y - x);
            const contrast = (a + .05) / (b + .05);
            const large = parseFloat(style.fontSize) >= 24
              || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
            if (contrast < (large ? 3 : 4.5)) {
              found.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)} "${element.textContent.trim().slice(0, 30)}"`);
            }
          }
          return [...found];
        }
        """;

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = "/usr/bin/chromium",
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
}
