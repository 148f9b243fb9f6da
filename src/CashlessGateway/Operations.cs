using CashlessGateway.Audit;
using CashlessGateway.Counter;
using CashlessGateway.Drawers;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Fees;
using CashlessGateway.Ledger;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receipts;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Statistics;
using CashlessGateway.Web;

namespace CashlessGateway;

/// <summary>Every operation of the API. A new one is a class beside its capability and a line here.</summary>
public static class Operations
{
    private static readonly Type[] Classes =
    [
        typeof(CreateReceivable), typeof(ReadReceivables), typeof(CancelReceivable), typeof(AmendReceivable), typeof(HandOver), typeof(AttachPayment),
        typeof(TakePayment), typeof(ReadPayments), typeof(CancelPayment), typeof(ResolvePayment), typeof(NoteUnfinishedSlip), typeof(MakeSale),
        typeof(ReadReceipt), typeof(PrintReceipt), typeof(SpoilPrint),
        typeof(RequestRefund), typeof(ReadRefund), typeof(DecideRefund), typeof(PayOutRefund),
        typeof(ReadPlaces), typeof(ReadBrands), typeof(Terminals), typeof(ReadFees), typeof(ReadGrounds), typeof(ArrangeFavourites), typeof(ReadCode), typeof(BeginSession), typeof(InspectSession), typeof(CloseSession), typeof(ReadSession), typeof(ReadDay), typeof(ReadUnfinished), typeof(ConfirmCashReport), typeof(RecordPayIn),
        typeof(ReadTimes), typeof(ReadJournal), typeof(ReadExceptions), typeof(ResolveException), typeof(ReadPaymentCode), typeof(ReadAudit), typeof(ExportAudit),
        typeof(ReadWebhookEndpoints), typeof(CreateWebhookEndpoint), typeof(RotateWebhookSecret), typeof(DeleteWebhookEndpoint), typeof(ReadWebhookDeliveries), typeof(RedeliverWebhook),
    ];

    public static void Register(IServiceCollection services)
    {
        foreach (var type in Classes) services.AddSingleton(type);
    }

    public static IReadOnlyList<Operation> All(IServiceProvider services)
    {
        T Of<T>() where T : notnull => services.GetRequiredService<T>();
        return
        [
            Of<ReadPlaces>().List, Of<ReadPlaces>().One, Of<ReadBrands>().List, Of<ReadFees>().List, Of<ReadGrounds>().List, Of<ArrangeFavourites>().Route, Of<ReadCode>().Route, Of<Terminals>().List, Of<Terminals>().Add,
            Of<BeginSession>().Route, Of<InspectSession>().Route, Of<CloseSession>().Route, Of<ReadSession>().Route, Of<ReadDay>().Route,
            Of<ReadUnfinished>().Route, Of<ConfirmCashReport>().Route, Of<RecordPayIn>().Route,
            Of<CreateReceivable>().Route, Of<ReadReceivables>().List, Of<ReadReceivables>().One, Of<CancelReceivable>().Route, Of<AmendReceivable>().Route,
            Of<HandOver>().Route, Of<AttachPayment>().Route, Of<ReadReceipt>().OfReceivable,
            Of<TakePayment>().Route, Of<ReadPayments>().List, Of<ReadPayments>().One, Of<ReadPayments>().History, Of<CancelPayment>().Route, Of<ResolvePayment>().Route, Of<NoteUnfinishedSlip>().Route, Of<ReadReceipt>().OfPayment,
            Of<ReadPaymentCode>().Route, Of<MakeSale>().Route, Of<ReadExceptions>().List, Of<ResolveException>().Propose, Of<ResolveException>().Approve, Of<ResolveException>().Reject, Of<ReadTimes>().Route,
            Of<ReadReceipt>().OfRefund, Of<PrintReceipt>().OfPayment, Of<PrintReceipt>().OfReceivable, Of<PrintReceipt>().OfRefund, Of<PrintReceipt>().Document, Of<SpoilPrint>().Route, Of<SpoilPrint>().OfDay,
            Of<RequestRefund>().Route, Of<ReadRefund>().Route, Of<DecideRefund>().Approve, Of<DecideRefund>().Reject, Of<PayOutRefund>().Route,
            Of<ReadJournal>().Entries, Of<ReadJournal>().Sums, Of<ReadJournal>().Verify,
            Of<ReadAudit>().List, Of<ExportAudit>().Route, Of<ReadAudit>().Verify,
            Of<ReadWebhookEndpoints>().List, Of<ReadWebhookEndpoints>().One, Of<CreateWebhookEndpoint>().Route, Of<RotateWebhookSecret>().Route, Of<DeleteWebhookEndpoint>().Route,
            Of<ReadWebhookDeliveries>().List, Of<ReadWebhookDeliveries>().One, Of<RedeliverWebhook>().Route,
        ];
    }
}
