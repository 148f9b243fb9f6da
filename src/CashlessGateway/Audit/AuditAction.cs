using System.Collections.Frozen;
using System.Reflection;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>What somebody did. The name is kept for ever and filtered by; the words are read by people, and name the deed as a noun: who refused it or failed stands beside it.</summary>
public sealed record AuditAction(string Name, Words Deed);

/// <summary>Every deed that the trail knows. A name never changes; docs/audit.md lists them, and a test compares.</summary>
public static class AuditActions
{
    public static readonly AuditAction SignIn = new("sign-in", new("サインイン", "sign-in"));
    public static readonly AuditAction SignInRefused = new("sign-in-refused", new("サインイン", "sign-in"));
    public static readonly AuditAction SignOut = new("sign-out", new("サインアウト", "sign-out"));
    public static readonly AuditAction OperatorChanged = new("operator-changed", new("担当者の交代", "change of the operator at a counter"));
    public static readonly AuditAction PasswordAdded = new("password-added", new("パスワードの登録", "new password"));
    public static readonly AuditAction PasswordRemoved = new("password-removed", new("パスワードの削除", "removal of a password"));
    public static readonly AuditAction TotpAdded = new("totp-added", new("認証アプリの登録", "new authenticator app"));
    public static readonly AuditAction TotpRemoved = new("totp-removed", new("認証アプリの削除", "removal of an authenticator app"));
    public static readonly AuditAction PasskeyAdded = new("passkey-added", new("パスキーの登録", "new passkey"));
    public static readonly AuditAction PasskeyRemoved = new("passkey-removed", new("パスキーの削除", "removal of a passkey"));
    public static readonly AuditAction RecoveryCodeUsed = new("recovery-code-used", new("回復コードの使用", "use of a recovery code"));
    public static readonly AuditAction PinSet = new("pin-set", new("交代用PINの登録", "new PIN for a counter's session"));
    public static readonly AuditAction PinGone = new("pin-gone", new("交代用PINの無効化", "end of a PIN after wrong tries"));
    public static readonly AuditAction SessionEnded = new("session-ended", new("サインインの終了", "end of a signed-in session"));
    public static readonly AuditAction PersonCreated = new("person-created", new("職員の登録", "registration of a member of staff"));
    public static readonly AuditAction PersonChanged = new("person-changed", new("職員の変更", "change of a member of staff"));
    public static readonly AuditAction PersonDisabled = new("person-disabled", new("職員の停止", "disabling of a member of staff"));
    public static readonly AuditAction RoleGranted = new("role-granted", new("役割の付与", "grant of a role"));
    public static readonly AuditAction RoleEnded = new("role-ended", new("役割の終了", "end of a role"));
    public static readonly AuditAction AppointmentMade = new("appointment-made", new("任命", "appointment"));
    public static readonly AuditAction AppointmentEnded = new("appointment-ended", new("任命の終了", "end of an appointment"));
    public static readonly AuditAction ProposalMade = new("proposal-made", new("申請", "proposal"));
    public static readonly AuditAction ProposalApproved = new("proposal-approved", new("申請の承認", "approval of a proposal"));
    public static readonly AuditAction ProposalRejected = new("proposal-rejected", new("申請の差戻し", "rejection of a proposal"));
    public static readonly AuditAction ProposalWithdrawn = new("proposal-withdrawn", new("申請の取下げ", "withdrawal of a proposal"));
    public static readonly AuditAction ProposalExpired = new("proposal-expired", new("期限切れの申請の終了", "end of a proposal that nobody decided"));
    public static readonly AuditAction ApiClientCreated = new("api-client-created", new("APIクライアントの登録", "registration of an API client"));
    public static readonly AuditAction ApiClientChanged = new("api-client-changed", new("APIクライアントの変更", "change of an API client"));
    public static readonly AuditAction ApiKeyCreated = new("api-key-created", new("APIキーの発行", "issue of an API key"));
    public static readonly AuditAction ApiKeyRotated = new("api-key-rotated", new("APIキーの更新", "rotation of an API key"));
    public static readonly AuditAction ApiKeyRevoked = new("api-key-revoked", new("APIキーの失効", "revocation of an API key"));
    public static readonly AuditAction WebhookEndpointCreated = new("webhook-endpoint-created", new("通知の送り先の登録", "registration of a webhook endpoint"));
    public static readonly AuditAction WebhookSecretRotated = new("webhook-secret-rotated", new("通知の署名鍵の更新", "rotation of a webhook endpoint's secret"));
    public static readonly AuditAction WebhookEndpointDeleted = new("webhook-endpoint-deleted", new("通知の送り先の削除", "deletion of a webhook endpoint"));
    public static readonly AuditAction SettingChanged = new("setting-changed", new("設定の変更", "change of a setting"));
    public static readonly AuditAction PaymentsStopped = new("payments-stopped", new("支払いの停止", "stop of payments"));
    public static readonly AuditAction PaymentsResumed = new("payments-resumed", new("支払いの再開", "end of a stop"));
    public static readonly AuditAction MaintenanceAnnounced = new("maintenance-announced", new("メンテナンスの登録", "announcement of maintenance"));
    public static readonly AuditAction MaintenanceWithdrawn = new("maintenance-withdrawn", new("メンテナンスの取消し", "withdrawal of announced maintenance"));
    public static readonly AuditAction DesignationAdded = new("designation-added", new("指定の登録", "registration of a designation"));
    public static readonly AuditAction DesignationEnded = new("designation-ended", new("指定の終了", "end of a designation"));
    public static readonly AuditAction TerminalPaired = new("terminal-paired", new("端末と決済事業者の登録", "pairing of a terminal"));
    public static readonly AuditAction PlaceAdded = new("place-added", new("収納場所の登録", "registration of a place"));
    public static readonly AuditAction PlaceChanged = new("place-changed", new("収納場所の変更", "change of a place"));
    public static readonly AuditAction FeesChanged = new("fees-changed", new("料金表の変更", "change of the fee catalogue"));
    public static readonly AuditAction FavouritesChanged = new("favourites-changed", new("窓口のお気に入りの変更", "change of a counter's favourites"));
    public static readonly AuditAction TerminalAdded = new("terminal-added", new("端末の登録", "registration of a terminal"));
    public static readonly AuditAction TerminalChanged = new("terminal-changed", new("端末の変更", "change of a terminal"));
    public static readonly AuditAction UnfinishedSlip = new("unfinished-slip", new("処理未了票の番号の記録", "number of a terminal's slip about an unfinished payment"));
    public static readonly AuditAction ReceiptSpoilt = new("receipt-spoilt", new("領収書などの書損", "spoiling of a printed receipt"));
    public static readonly AuditAction PaymentFinding = new("payment-finding", new("結果不明の決済の所見（1人目）", "first finding about a payment in doubt"));
    public static readonly AuditAction PaymentResolved = new("payment-resolved", new("結果不明の決済の確定", "decision on a payment in doubt"));
    public static readonly AuditAction ReceivableCancelled = new("receivable-cancelled", new("請求の取消", "cancellation of a receivable"));
    public static readonly AuditAction RefundOrdered = new("refund-ordered", new("返金の申請", "order of a refund"));
    public static readonly AuditAction RefundApproved = new("refund-approved", new("返金の承認", "approval of a refund"));
    public static readonly AuditAction RefundRejected = new("refund-rejected", new("返金の差戻し", "rejection of a refund"));
    public static readonly AuditAction RefundPaidOut = new("refund-paid-out", new("還付金の振込の記録", "record of a refund's bank transfer"));
    public static readonly AuditAction SessionClosedWithDifference = new("session-closed-with-difference", new("過不足のある精算", "close of a session with a difference"));
    public static readonly AuditAction SessionClosedForOthers = new("session-closed-for-others", new("代行締め", "close for somebody else"));
    public static readonly AuditAction CashReportConfirmed = new("cash-report-confirmed", new("現金の過不足の確認", "confirmation of a cash difference"));
    public static readonly AuditAction PayInRecorded = new("pay-in-recorded", new("払込書の領収日の記録", "record of the bank's date of a pay-in"));
    public static readonly AuditAction ExceptionProposed = new("exception-proposed", new("差異の説明", "explanation of an exception"));
    public static readonly AuditAction ExceptionApproved = new("exception-approved", new("差異の解消の承認", "approval of an exception's explanation"));
    public static readonly AuditAction ExceptionRejected = new("exception-rejected", new("差異の説明の差戻し", "rejection of an exception's explanation"));
    public static readonly AuditAction PlaceClosingChanged = new("place-closing-changed", new("締めの設定の変更", "change of a place's closing"));
    public static readonly AuditAction Exported = new("exported", new("書き出し", "export"));
    public static readonly AuditAction PersonalDataRead = new("personal-data-read", new("個人情報の閲覧", "reading of personal data"));
    public static readonly AuditAction Redacted = new("redacted", new("保存期間を過ぎた記載の消去", "redaction of what was past its time"));
    public static readonly AuditAction AccessRefused = new("access-refused", new("アクセス", "access"));

    public static IReadOnlyList<AuditAction> All { get; } = [.. typeof(AuditActions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(static field => field.FieldType == typeof(AuditAction))
        .Select(static field => (AuditAction)field.GetValue(null)!)];

    private static readonly FrozenDictionary<string, AuditAction> ByName = All.ToFrozenDictionary(static action => action.Name, StringComparer.Ordinal);

    /// <summary>Null for a name of another release.</summary>
    public static AuditAction? Find(string name) => ByName.GetValueOrDefault(name);
}
