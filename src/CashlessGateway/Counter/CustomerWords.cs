using System.Collections.Frozen;

namespace CashlessGateway.Counter;

/// <summary>What the customer's screen says in one language. Names of fees stay Japanese: they are what stands on the paper.</summary>
/// <param name="Tag">Of the html element; やさしい日本語 is Japanese to a screen reader.</param>
public sealed record CustomerWords(
    string Code, string Tag, string Name, string Welcome, string Check, string Total, string Choose, string ScanCode, string Tap, string Confirm, string Wait, string Doubt, string Paid, string Free, string Change, string NotPaid, string Reduced, string Receipt, string Notes)
{
    public const string Default = "ja";

    /// <summary>In the order of the buttons.</summary>
    public static readonly IReadOnlyList<CustomerWords> All =
    [
        new("ja", "ja", "日本語", "いらっしゃいませ", "内容をご確認ください", "合計", "お支払い方法を係員にお伝えください", "スマートフォンでこのコードを読み取ってください", "決済端末にタッチ、または差し込んでください", "スマートフォンの画面で確認してください", "しばらくお待ちください", "確認しています。もう一度支払わないで、お待ちください", "お支払いが終わりました", "お支払いはありません", "おつり", "支払われていません。お金は動いていません", "減免", "領収書はこのコードから受け取れます", "お渡しした後の取消・一部の返金はできません。機械が止まったときは現金でお願いします。"),
        new("easy", "ja", "やさしい日本語", "こんにちは", "これで いいですか。 見てください", "ぜんぶの お金", "どうやって 払うか、係の人に 言ってください", "スマホで この コードを 読んでください", "カードか スマホを 機械に あててください", "スマホの 画面を 見て、OKを おしてください", "少し 待ってください", "今、調べています。 もう一度 払わないでください。 待ってください", "お金を 払いました。 終わりました", "お金は いりません", "おつり", "まだ 払っていません。 お金は 動いていません", "安くなっています", "この コードを スマホで 読むと、領収書が 見られます", "紙を もらった あとは、お金を 返すことが できません。 機械が 動かないときは、現金で 払ってください。"),
        new("en", "en", "English", "Welcome", "Please check the items", "Total", "Please tell the clerk how you would like to pay", "Scan this code with your phone", "Tap or insert at the card terminal", "Please confirm on your phone", "Please wait", "We are checking. Please do not pay again, and wait", "Payment complete", "Nothing to pay", "Change", "Not paid. No money was taken", "reduced", "Scan this code for your receipt", "Once handed over, a certificate cannot be cancelled or partly refunded. If the system is down, please pay in cash."),
        new("zh", "zh-Hans", "中文", "欢迎光临", "请确认内容", "合计", "请告诉工作人员您的付款方式", "请用手机扫描此二维码", "请在终端上刷卡、插卡或感应", "请在手机上确认", "请稍候", "正在确认。请勿再次付款，请稍候", "付款完成", "无需付款", "找零", "未付款，没有扣款", "减免", "扫描此二维码即可获取收据", "领取后不能取消或部分退款。系统故障时请用现金支付。"),
        new("ko", "ko", "한국어", "어서 오십시오", "내용을 확인해 주세요", "합계", "결제 방법을 직원에게 말씀해 주세요", "스마트폰으로 이 코드를 스캔해 주세요", "단말기에 터치하거나 카드를 넣어 주세요", "스마트폰에서 확인해 주세요", "잠시만 기다려 주세요", "확인 중입니다. 다시 결제하지 마시고 기다려 주세요", "결제가 완료되었습니다", "결제할 금액이 없습니다", "거스름돈", "결제되지 않았습니다. 금액이 빠져나가지 않았습니다", "감면", "이 코드를 스캔하면 영수증을 받을 수 있습니다", "발급 후에는 취소나 일부 환불이 되지 않습니다. 시스템 장애 시 현금으로 결제해 주세요."),
        new("pt", "pt", "Português", "Bem-vindo", "Confira os itens", "Total", "Diga ao atendente como deseja pagar", "Leia este código com o celular", "Aproxime ou insira no terminal", "Confirme no celular", "Aguarde um momento", "Estamos verificando. Não pague novamente e aguarde", "Pagamento concluído", "Nada a pagar", "Troco", "Não foi pago. Nenhum valor foi cobrado", "reduzido", "Leia este código para obter o recibo", "Depois da entrega, não é possível cancelar nem reembolsar em parte. Se o sistema parar, pague em dinheiro."),
        new("vi", "vi", "Tiếng Việt", "Xin chào", "Vui lòng kiểm tra nội dung", "Tổng cộng", "Vui lòng cho nhân viên biết cách thanh toán", "Quét mã này bằng điện thoại", "Chạm hoặc đưa thẻ vào máy", "Vui lòng xác nhận trên điện thoại", "Vui lòng chờ", "Đang kiểm tra. Vui lòng không thanh toán lại và chờ", "Đã thanh toán xong", "Không phải trả tiền", "Tiền thối lại", "Chưa thanh toán. Không có tiền bị trừ", "được giảm", "Quét mã này để nhận biên lai", "Sau khi nhận giấy, không thể hủy hoặc hoàn tiền một phần. Khi hệ thống gặp sự cố, vui lòng trả tiền mặt."),
    ];

    private static readonly FrozenDictionary<string, CustomerWords> ByCode = All.ToFrozenDictionary(static words => words.Code);

    public static CustomerWords Of(string? code) => ByCode.GetValueOrDefault(code ?? Default) ?? ByCode[Default];

    public static bool Knows(string? code) => code is not null && ByCode.ContainsKey(code);
}
