namespace CashlessGateway.Web;

/// <summary>A stable code of the API with its status and title. The catalogue is <see cref="Errors"/>.</summary>
public sealed record ErrorCode(string Code, int Status, Words Title);

/// <summary>Every problem the API can answer. A test compares this list with docs/api.md and with the OpenAPI document.</summary>
public static class Errors
{
    public static readonly ErrorCode MalformedJson = new("malformed-json", 400, new("JSONとして読めません", "The body is not readable JSON"));
    public static readonly ErrorCode UnknownMember = new("unknown-member", 400, new("知らない項目があります", "The body has members this API does not know"));
    public static readonly ErrorCode InvalidParameter = new("invalid-parameter", 400, new("問い合わせの条件が正しくありません", "A query parameter is not valid"));
    public static readonly ErrorCode IdempotencyKeyMissing = new("idempotency-key-missing", 400, new("Idempotency-Key がありません", "The Idempotency-Key header is missing or not 1–64 printable ASCII characters"));
    public static readonly ErrorCode KeyMissing = new("key-missing", 401, new("APIキーがありません", "No API key was sent"));
    public static readonly ErrorCode KeyMalformed = new("key-malformed", 401, new("APIキーが欠けているか写し間違いです", "The API key is truncated or mistyped"));
    public static readonly ErrorCode KeyUnknown = new("key-unknown", 401, new("このAPIキーは使えません", "This API key is not valid"));
    public static readonly ErrorCode KeyExpired = new("key-expired", 401, new("APIキーの期限が切れています", "This API key has expired"));
    public static readonly ErrorCode KeyOfOtherEnvironment = new("key-other-environment", 401, new("別の環境のAPIキーです", "This API key belongs to another environment"));
    public static readonly ErrorCode ScopeMissing = new("scope-missing", 403, new("このキーには許されていない操作です", "This key lacks the scope"));
    public static readonly ErrorCode PlaceNotAllowed = new("place-not-allowed", 403, new("このキーでは扱えない収納場所です", "This key is limited to other places"));
    public static readonly ErrorCode AddressNotAllowed = new("address-not-allowed", 403, new("このキーでは使えないネットワークからの呼び出しです", "This key is limited to other addresses"));
    public static readonly ErrorCode SamePrincipal = new("same-principal", 403, new("申請した人は承認できません", "Whoever asked cannot approve"));
    public static readonly ErrorCode OtherOffice = new("other-office", 403, new("別の機関（命令機関・出納機関）が行う操作です", "Another office has to do this"));
    public static readonly ErrorCode NotFound = new("not-found", 404, new("見つかりません", "Not found"));
    public static readonly ErrorCode MethodNotAllowed = new("method-not-allowed", 405, new("この宛先では使えない操作です", "The HTTP method is not available here"));
    public static readonly ErrorCode IdempotencyKeyReused = new("idempotency-key-reused", 409, new("同じ Idempotency-Key が別の内容で使われています", "The same Idempotency-Key was used with another request"));
    public static readonly ErrorCode IdempotencyKeyInUse = new("idempotency-key-in-use", 409, new("同じ Idempotency-Key の処理が続いています", "A request with the same Idempotency-Key is still running"));
    public static readonly ErrorCode AliasInUse = new("alias-in-use", 409, new("この番号は別の請求のものです", "This alias belongs to another receivable"));
    public static readonly ErrorCode PaymentInProgress = new("payment-in-progress", 409, new("支払いの途中です", "A payment is in progress"));
    public static readonly ErrorCode AlreadyPaid = new("already-paid", 409, new("納付済みです", "Already paid"));
    public static readonly ErrorCode PaidByAlternative = new("paid-by-alternative", 409, new("同じ債務の別の納付書で納付済み、または支払い中です", "Another slip of the same debt is paid or being paid"));
    public static readonly ErrorCode ReceivableClosed = new("receivable-closed", 409, new("この請求は終わっています", "The receivable can no longer be paid"));
    public static readonly ErrorCode ReceivableExpired = new("receivable-expired", 409, new("支払いの期限を過ぎています", "The receivable's time to pay is over"));
    public static readonly ErrorCode VersionChanged = new("version-changed", 409, new("別の人が先に変更しました", "Someone else changed it first"));
    public static readonly ErrorCode AlreadyCaptured = new("already-captured", 409, new("支払いは完了しています（返金で扱います）", "Already captured: give it back by a refund"));
    public static readonly ErrorCode NotCancellable = new("not-cancellable", 409, new("この決済は取り消せる状態ではありません", "The payment is not in a state that can be cancelled"));
    public static readonly ErrorCode NotInDoubt = new("not-in-doubt", 409, new("結果不明の決済ではありません", "The payment is not in doubt"));
    public static readonly ErrorCode TerminalBusy = new("terminal-busy", 409, new("この端末は別の決済の途中です", "The terminal is busy with another payment"));
    public static readonly ErrorCode DayNotOpen = new("day-not-open", 409, new("開局していません", "The place's day is not open"));
    public static readonly ErrorCode DrawerOpen = new("drawer-open", 409, new("このドロワは開局中です", "This drawer already has an open session"));
    public static readonly ErrorCode SessionClosed = new("session-closed", 409, new("この開局は精算済みです", "The session is closed"));
    public static readonly ErrorCode SessionUnfinished = new("session-unfinished", 409, new("終わっていない決済があります", "The session has unfinished payments"));
    public static readonly ErrorCode ExceptionNotOpen = new("exception-not-open", 409, new("この差異はその段階ではありません", "The exception is at another stage"));
    public static readonly ErrorCode CashReportConfirmed = new("cash-report-confirmed", 409, new("この報告は確認済みです", "The report has already been confirmed"));
    public static readonly ErrorCode PayInRecorded = new("pay-in-recorded", 409, new("この払込書は領収日を記録済みです", "The bank's date of this pay-in is already recorded"));
    public static readonly ErrorCode CountAgain = new("count-again", 409, new("数えている間に取引がありました。もう一度数えてください", "A transaction came in between: count again"));
    public static readonly ErrorCode RefundableChanged = new("refundable-changed", 409, new("返せる額が変わっています", "What is left to refund has changed"));
    public static readonly ErrorCode RefundDecided = new("refund-decided", 409, new("この返金はすでに決裁されています", "The refund has already been decided"));
    public static readonly ErrorCode CodeInUse = new("code-in-use", 409, new("このコードは使われています", "This code is already used"));
    public static readonly ErrorCode NotHandOver = new("handover-not-allowed", 409, new("お渡しできる状態ではありません", "It cannot be handed over now"));
    public static readonly ErrorCode NoReceipt = new("no-receipt", 409, new("受領していないので領収書は出せません", "Nothing was received, so there is no receipt"));
    public static readonly ErrorCode WebhookEndpointDisabled = new("webhook-endpoint-disabled", 409, new("この送り先は止まっているか削除されています", "The webhook endpoint is disabled or deleted"));
    public static readonly ErrorCode WebhookEndpointsFull = new("webhook-endpoints-full", 409, new("送り先が上限に達しています", "No more webhook endpoints can be added"));
    public static readonly ErrorCode BodyTooLarge = new("body-too-large", 413, new("本文が大きすぎます", "The body is too large"));
    public static readonly ErrorCode WrongMediaType = new("wrong-media-type", 415, new("Content-Type は application/json にしてください", "The body must be application/json"));
    public static readonly ErrorCode Invalid = new("invalid-request", 422, new("内容に誤りがあります", "The request has errors"));
    public static readonly ErrorCode UnknownPlace = new("unknown-place", 422, new("この収納場所はありません", "There is no such place"));
    public static readonly ErrorCode OperatorNotRegistered = new("operator-not-registered", 422, new("その日にその収納場所に任命されていない担当者です", "The operator is not appointed at the place on that day"));
    public static readonly ErrorCode PlaceNotOpenYet = new("place-not-in-use", 422, new("この収納場所は今日は使えません", "The place is not in use today"));
    public static readonly ErrorCode MethodNotAvailable = new("method-not-available", 422, new("ここでは使えない支払い方法です", "This method is not available here"));
    public static readonly ErrorCode CashTooLittle = new("cash-too-little", 422, new("預かり金が足りません", "The tendered cash is less than the amount"));
    public static readonly ErrorCode NothingToPay = new("nothing-to-pay", 422, new("支払う額がありません", "There is nothing to pay"));
    public static readonly ErrorCode MixedOwners = new("mixed-owners", 422, new("お金の持ち主が違う明細は一緒に請求できません", "Lines whose money belongs to different owners cannot be in one receivable"));
    public static readonly ErrorCode RefundLinesMissing = new("refund-lines-missing", 422, new("明細ごとの返金額が必要です", "Say the amount per line"));
    public static readonly ErrorCode RefundNotAllowed = new("refund-not-allowed", 422, new("返金できません", "The refund is not allowed"));
    public static readonly ErrorCode SessionUnclear = new("session-unclear", 422, new("どの開局の取引か分かりません", "It is not clear which session this belongs to"));
    public static readonly ErrorCode MethodStopped = new("method-stopped", 409, new("この支払い方法は止められています", "This way to pay has been stopped"));
    public static readonly ErrorCode MethodClosed = new("method-closed", 409, new("この支払い方法はいま使えません", "This way to pay is closed now"));
    public static readonly ErrorCode WrongContractHolder = new("wrong-contract-holder", 422, new("契約者とお金の持ち主が違います", "The contract belongs to somebody else than the money"));
    public static readonly ErrorCode NotDesignated = new("not-designated", 422, new("この歳入について指定されていない決済事業者です", "The provider is not designated for this revenue"));
    public static readonly ErrorCode TerminalNotPaired = new("terminal-not-paired", 422, new("端末が決済事業者に登録されていません", "The terminal is not paired with the provider"));
    public static readonly ErrorCode AmountNotAllowed = new("amount-not-allowed", 422, new("この方法では扱えない金額です", "This method does not take this amount"));
    public static readonly ErrorCode TooManyRequests = new("too-many-requests", 429, new("要求が多すぎます", "Too many requests"));
    public static readonly ErrorCode Internal = new("internal-error", 500, new("内部の誤りです", "Internal error"));
    public static readonly ErrorCode ProviderUnavailable = new("provider-unavailable", 503, new("決済事業者が応答していません", "The provider does not answer"));
    public static readonly ErrorCode PrinterUnavailable = new("printer-unavailable", 503, new("プリンターに送れません", "The printer cannot be reached"));
    public static readonly ErrorCode Recovering = new("recovering", 503, new("復元後の照会が終わるまで受け付けられません", "Recovering from a restore"));
    public static readonly ErrorCode NotReady = new("not-ready", 503, new("ただいま受け付けられません", "Not ready"));

    public static IReadOnlyList<ErrorCode> All { get; } = typeof(Errors)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Where(field => field.FieldType == typeof(ErrorCode))
        .Select(field => (ErrorCode)field.GetValue(null)!)
        .ToList();
}
