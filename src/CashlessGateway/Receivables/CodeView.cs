using System.Text.Json.Serialization;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>As the API calls the kinds of codes.</summary>
public enum KindOfCode
{
    /// <summary>料金代理収納のバーコード.</summary>
    Slip,

    /// <summary>eL-QR.</summary>
    Elqr,

    /// <summary>eL番号, typed.</summary>
    ElNumber,

    /// <summary>ペイジー.</summary>
    Payeasy,

    /// <summary>お客様の支払コード.</summary>
    CustomerCode,

    /// <summary>店舗のコード.</summary>
    StoreCode,

    Unknown,
}

/// <summary>What a code is. Only its two ends are shown: it may be a customer's.</summary>
public sealed record CodeView(KindOfCode Kind, CodeFieldsView? Fields, IReadOnlyList<CodeProblemView> Problems, string? Receivable, string Masked)
{
    public static CodeView Of(CodeReading reading, IReadOnlyList<SlipPart> parts, ReceivableView? bill, BusinessDate today, Language language)
    {
        var problems = CodeProblems.Of(reading, bill, today).Select(problem => CodeProblemView.Of(problem, language)).ToList();
        var (kind, fields) = Told(reading, parts);
        return new CodeView(kind, fields, problems, bill?.Id, reading.Masked);
    }

    private static (KindOfCode Kind, CodeFieldsView? Fields) Told(CodeReading reading, IReadOnlyList<SlipPart> parts) => reading switch
    {
        SlipCode slip => (KindOfCode.Slip, SlipFieldsView.Of(slip, parts)),
        ElQr elQr => (KindOfCode.Elqr, ElQrFieldsView.Of(elQr)),
        ElNumber number => (KindOfCode.ElNumber, PaymentNumberView.Of(number)),
        PayEasy payEasy => (KindOfCode.Payeasy, PaymentNumberView.Of(payEasy)),
        CustomerCode customer => (KindOfCode.CustomerCode, CustomerCodeFieldsView.Of(customer)),
        StoreCode store => (KindOfCode.StoreCode, StoreCodeFieldsView.Of(store)),
        Unreadable => (KindOfCode.Unknown, null),
        _ => throw new InvalidOperationException("CodeReading is a closed set."),
    };
}

/// <summary>What a code says: which members there are depends on its kind.</summary>
[JsonDerivedType(typeof(SlipFieldsView))]
[JsonDerivedType(typeof(ElQrFieldsView))]
[JsonDerivedType(typeof(PaymentNumberView))]
[JsonDerivedType(typeof(CustomerCodeFieldsView))]
[JsonDerivedType(typeof(StoreCodeFieldsView))]
public abstract record CodeFieldsView;

/// <summary>Of a slip. Parts are named by the issuer's layout, where it names any.</summary>
public sealed record SlipFieldsView(string Company, string Free, int Reissue, BusinessDate? PayBy, bool Stamp, Yen Amount, IReadOnlyList<SlipPartView> Parts) : CodeFieldsView
{
    public static SlipFieldsView Of(SlipCode slip, IReadOnlyList<SlipPart> parts) => new(
        slip.Company, slip.Free, slip.Reissue, slip.PayBy is { } day ? new BusinessDate(day) : null, slip.Stamp, new Yen(slip.Amount), parts.Select(part => new SlipPartView(part.Name, part.Value)).ToList());
}

public sealed record SlipPartView(string Name, string Value);

/// <summary>Of an eL-QR.</summary>
public sealed record ElQrFieldsView(PaymentNumberView Number, string Organisation, string Office, Yen Amount, int AssessmentYear, int TaxYear, string Term, BusinessDate DueDate, BusinessDate PayBy) : CodeFieldsView
{
    public static ElQrFieldsView Of(ElQr code) => new(
        PaymentNumberView.Of(code.Number), code.Organisation, code.Office, new Yen(code.Amount), code.AssessmentYear, code.TaxYear, code.Term, new BusinessDate(code.DueDate), new BusinessDate(code.PayBy));
}

/// <summary>収納機関番号, 納付番号, 確認番号, 納付区分: of an eL番号 or of Pay-easy.</summary>
public sealed record PaymentNumberView(string Institution, string Number, string Confirmation, string? Division) : CodeFieldsView
{
    public static PaymentNumberView Of(ElNumber number) => new(number.Institution, number.CaseKey, number.Confirmation, number.Item);

    public static PaymentNumberView Of(PayEasy number) => new(number.Institution, number.Number, number.Confirmation, number.Division);
}

/// <summary>Of a customer's code: never the code. The brand is null when the table does not know it.</summary>
public sealed record CustomerCodeFieldsView(string Form, string? Brand, IReadOnlyList<string> Applications) : CodeFieldsView
{
    public static CustomerCodeFieldsView Of(CustomerCode code) => new(Storage.Names.Of(code.Form), code.Brand, code.Applications);
}

/// <summary>Of a store's code. Jpqr is its unified store code, where it has one.</summary>
public sealed record StoreCodeFieldsView(string? Name, string? LocalName, string? City, string? Country, string? Currency, string? Amount, bool? Dynamic, string? Jpqr) : CodeFieldsView
{
    public static StoreCodeFieldsView Of(StoreCode code) => new(
        code.Name, code.Local?.Name, code.City, code.Country, code.Currency, code.Amount, code.IsDynamic,
        code.Jpqr is { } store ? $"{store.Level1}-{store.Level2}-{store.Level3}-{store.Level4}" : null);
}

public sealed record CodeProblemView(string Code, string Message)
{
    public static CodeProblemView Of(CodeProblem problem, Language language) => new(problem.Code, problem.Message.In(language));
}
