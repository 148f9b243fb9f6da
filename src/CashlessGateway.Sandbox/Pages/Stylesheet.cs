namespace CashlessGateway.Sandbox.Pages;

/// <summary>All colours pass AA on their ground; every target is at least 44 px high.</summary>
internal static class Stylesheet
{
    public const string Text = """
        * { box-sizing: border-box }
        body { margin: 0; color: #1a1a1a; background: #fff; line-height: 1.7; font-family: "Noto Sans JP", "BIZ UDPGothic", "Yu Gothic UI", Meiryo, sans-serif }
        main { max-width: 48rem; margin: 0 auto; padding: 0 1rem 3rem }
        h1 { font-size: 1.6rem; line-height: 1.4 }
        a { color: #0017c1; display: inline-block; min-height: 44px; padding: .4rem 0 }
        .practice { margin: 0; padding: .75rem 1rem; background: #fff3bf; color: #3d2f00; border-bottom: 3px solid #927200; font-weight: bold; text-align: center }
        .result { padding: 1rem; border: 2px solid #1a1a1a; border-radius: 8px; font-size: 1.2rem; font-weight: bold }
        dl { display: grid; grid-template-columns: 5rem 1fr; gap: .5rem 1rem }
        dt { color: #4d4d4d }
        dd { margin: 0; overflow-wrap: anywhere }
        .amount { font-size: 2rem; font-weight: bold; line-height: 1.2 }
        form { display: grid; gap: 1rem; margin: 2rem 0 }
        .button { display: inline-block; min-height: 56px; padding: .75rem 1.5rem; border: 2px solid #0017c1; border-radius: 8px; background: #0017c1; color: #fff; font: inherit; font-size: 1.2rem; font-weight: bold; text-align: center; text-decoration: none; cursor: pointer }
        .second { background: #fff; color: #0017c1 }
        .button:hover { background: #00118f; border-color: #00118f; color: #fff }
        :focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d }
        .code { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top }
        .code a { padding: 1rem; border: 1px solid #767676; border-radius: 8px; text-align: center; max-width: 15rem }
        table { width: 100%; border-collapse: collapse }
        caption { text-align: left; font-weight: bold }
        th, td { padding: .4rem; border-bottom: 1px solid #949494; text-align: left; overflow-wrap: anywhere }
        .yen { text-align: right; white-space: nowrap }
        """;
}
