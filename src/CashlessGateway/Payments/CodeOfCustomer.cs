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
    public static Result<PaymentRequest> Read(PaymentRequest request, CustomerCodeTable table, BusinessDate today)
    {
        if (request.Presentation != Presentation.CustomerCode) return request;
        return CodeReader.Read(request.CustomerCode, table, today.Day) switch
        {
            CustomerCode { Brand: { } brand } when request.Brand is { } wanted && wanted != brand =>
                Refused("brand-differs", new Words("お客様のコードは選んだブランドのものではありません。", "The code is of another brand than the one that was chosen.")),
            CustomerCode known => request with { CustomerCode = known.Code, Brand = known.Brand ?? request.Brand },
            Unreadable { Why: UnreadableReason.CardNumber } => Refused("card-number", new Words("カード番号は受け付けません。お客様の支払いコードを読み取ってください。", "This is a card number: scan the customer's payment code.")),
            _ => Refused("not-a-customer-code", new Words("お客様の支払いコードとして読めません。お客様に画面を更新してもらい、読み直してください。", "Not readable as a customer's payment code. Ask the customer to refresh it and scan again.")),
        };
    }

    private static Problem Refused(string code, Words why) => Problem.At(Errors.Invalid, "/customerCode", code, why);
}
