using PosTerminal;
using PosTerminal.Api;
using PosTerminal.Operations;
using PosTerminal.Record;
using PosTerminal.Show;

const string Usage = """
    pos-terminal [--url http://localhost:5080] [--key cgk_…] [--place shimin-1] [--terminal pos-03] [--operator c102] [コマンド]
      （なし）                                         メニュー
      fees                                             手数料の一覧
      sell juminhyo=2 inkan=1 --pay qr|cash [--tendered 1000] [--wait] [--cancel-other]
      pay rcv_… --pay qr|cash [--tendered 1000] [--wait] [--cancel-other]
      status pay_…        cancel pay_…        receipt pay_…
      refund pay_… --reason 理由 [--amount 300 --line 0] [--way cash|bankTransfer] [--order 還付-1]
      resume [--wait]                                  中断した処理の再開（起動のたびに自動でも行う）
      open 10000=3 1000=5                              開局（釣銭準備金を金種で）
      inspect 10000=3 1000=9                           点検　　close 10000=3 1000=9 [--reason 理由] [--close-day]　精算
      day [--date 2026-11-21]                          日計
    --columns 32|48 領収書の桁数　--journal ファイル 記録の置き場所
    終了コード: 0 済み　1 成立せず　2 使い方　3 結果不明　4 支払い待ち
    """;

try
{
    var options = Options.Read(args);
    if (options.Has("help"))
    {
        Console.WriteLine(Usage);
        return Exit.Done;
    }

    var command = options.Words is [var first, ..] ? first : null;
    var screen = new Screen(interactive: command is null);
    using var journal = JournalFile.Open(options.Journal);
    using var api = new ApiClient(options.Url, options.Key, why => screen.Progress($"待っています: {why}"));
    var till = new Till(options, api, journal, screen);
    if (command != "resume") await new Resume(till).Run(wait: false, isCommand: false);

    string Id() => options.Words.ElementAtOrDefault(1) ?? throw new PosException("決済番号（pay_…）がありません。");
    return command switch
    {
        null => await new Menu(till).Run(),
        "fees" => await new ShowFees(till).Run(),
        "sell" => await new Sell(till).Run(),
        "pay" => await new Pay(till).Run(),
        "status" => await new ShowStatus(till).Run(Id()),
        "cancel" => await new Cancel(till).Run(Id()),
        "refund" => await new Refund(till).Run(Id()),
        "receipt" => await new PrintReceipt(till).Run(Id()),
        "resume" => await new Resume(till).Run(options.Has("wait"), isCommand: true),
        "open" => await new Drawer(till).Open(),
        "inspect" => await new Drawer(till).Inspect(),
        "close" => await new Drawer(till).Close(),
        "day" => await new ShowDay(till).Run(),
        _ => throw new PosException($"{command} というコマンドはありません。--help で使い方を表示します。"),
    };
}
catch (PosException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return Exit.Usage;
}
