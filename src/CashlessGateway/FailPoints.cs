namespace CashlessGateway;

/// <summary>
/// Numbered places at which the process can be made to die as if the plug were pulled, so that a test can show what is left at each of
/// them. Armed by a setting that only Development reads; otherwise each is one comparison.
/// </summary>
public sealed class FailPoints(int armed)
{
    public const int BeforeIntent = 1;
    public const int AfterIntent = 2;
    public const int AfterStart = 3;
    public const int AfterStartWritten = 4;
    public const int AfterAnswerKept = 5;
    public const int AfterCancelIntent = 11;
    public const int AfterCancel = 12;
    public const int AfterCancelWritten = 13;
    public const int AfterRefundIntent = 21;
    public const int AfterRefund = 22;
    public const int AfterRefundWritten = 23;
    public const int AfterAskClaimed = 31;
    public const int AfterAsk = 32;
    public const int AfterNotice = 41;

    public static readonly IReadOnlyList<int> All =
        [BeforeIntent, AfterIntent, AfterStart, AfterStartWritten, AfterAnswerKept, AfterCancelIntent, AfterCancel, AfterCancelWritten, AfterRefundIntent, AfterRefund, AfterRefundWritten, AfterAskClaimed, AfterAsk, AfterNotice];

    public void Reach(int point)
    {
        if (point != armed) return;
        // SIGKILL: no finally, no flush, nothing that a power cut would not leave either.
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
