using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// What a customer shows on the telephone. The table of prefixes tells the brand; a code whose prefix nobody knows goes to a contract
/// that takes several brands and finds out. Money can be taken with such a code: it is sent on, and kept nowhere.
/// </summary>
public static class CodeOfCustomer
{
    private const string Member = "/customerCode";

    public static Result<PaymentRequest> Read(PaymentRequest request, CustomerCodeTable table, BusinessDate today)
    {
        if (request.Presentation != Presentation.CustomerCode)
            return request.CustomerCode is null ? request : Refused("not-allowed", new Words("お客様のコードは presentation が customerCode のときだけ送れます。", "Only with presentation customerCode."));
        if (request.CustomerCode is not { Length: > 0 } code) return Refused("missing", new Words("お客様のコードを読み取ってください。", "Scan the customer's code."));
        return CodeReader.Read(code, table, today.Day) switch
        {
            CustomerCode { Brand: { } brand } when request.Brand is { } wanted && wanted != brand =>
                Refused("brand-differs", new Words("お客様のコードは選んだブランドのものではありません。", "The code is of another brand than the one that was chosen.")),
            CustomerCode known => request with { Brand = known.Brand ?? request.Brand },
            Unreadable { Why: UnreadableReason.CardNumber } => Refused("card-number", new Words("カード番号は受け付けません。お客様の支払いコードを読み取ってください。", "This is a card number: scan the customer's payment code.")),
            Unreadable => request,
            _ => Refused("not-a-customers-code", new Words("お客様の支払いコードではありません（納付書などのコードです）。", "This is no customer's code, but one of a slip or a bill.")),
        };
    }

    private static Problem Refused(string code, Words why) => Problem.At(Errors.Invalid, Member, code, why);
}
